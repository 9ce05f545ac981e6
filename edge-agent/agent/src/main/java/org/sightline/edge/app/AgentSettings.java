package org.sightline.edge.app;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.metrics.MetricsAddress;
import org.sightline.edge.capture.CameraKeys;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.config.KeyFile;
import org.sightline.edge.config.SettingsException;
import org.sightline.edge.config.SettingsReader;
import org.sightline.edge.deployment.EndedFolder;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.inference.InferenceDevice;

/**
 * Settings of the agent, as {@code run --config FILE} reads them; docs/configuration.md lists the
 * keys. Nothing here can widen what the authorisation allows.
 */
public record AgentSettings(
    VanId van,
    Folders folders,
    Trust trust,
    DeploymentFiles deployment,
    Recognition recognition,
    Inference inference,
    Network network,
    List<CameraSettings> cameras) {
  public static final String DEFAULT_MODEL_PACK = "retail-0095";

  /** Less would change nothing that is seen; more than the highest would lose the subject. */
  private static final double LEAST_RAISE = 0.005;

  private static final double MOST_RAISE = 0.2;
  private static final String DEFAULT_REVOCATION_FILE = "revocation.json";
  private static final String DEFAULT_TRUST_FOLDER = "trust";
  private static final String DEFAULT_WITHDRAWALS_FOLDER = "withdrawals";
  private static final String DEFAULT_RULINGS_FOLDER = "rulings";

  /**
   * What this machine keeps, and where.
   *
   * @param data database and state
   * @param ended which deployments are over on this device: the machine's, and no key of the
   *     settings, so that no settings bring one back
   * @param models installed model packs; null for the user's default
   */
  public record Folders(Path data, Path ended, @Nullable Path models) {}

  /**
   * Who this device is, and whom it trusts.
   *
   * @param deviceKey secrets of this device
   * @param authorities public keys of the authorities that are trusted
   * @param statements folder of signed trust statements, if there is one
   */
  public record Trust(KeyFile deviceKey, List<Path> authorities, Path statements) {
    public Trust {
      authorities = List.copyOf(authorities);
    }
  }

  /**
   * Where the files of a deployment are put.
   *
   * @param authorisation signed authorisation
   * @param watchlist signed and encrypted bundle, for import
   * @param revocation signed revocation, if there is one
   * @param withdrawals folder of signed withdrawals, if there is one
   * @param rulings folder of signed rulings on urgent authorisations, if there is one
   */
  public record DeploymentFiles(
      Path authorisation, Path watchlist, Path revocation, Path withdrawals, Path rulings) {}

  /**
   * How faces are found and compared.
   *
   * @param modelPack name of the model pack
   * @param attackPack name of the pack that looks for presentation attacks; null for none
   * @param calibration population whose calibration derives the threshold; null for the pack's
   *     first
   * @param threshold set by hand; null for the derived one. Never used below the authorised floor
   * @param raiseAfterFalse by how much the threshold of a subject rises after each alert about them
   *     that was found to be false, in cosine; null for not at all
   * @param smallestFacePx height in camera pixels of the smallest face that is searched for; null
   *     for a share of the frame's height
   */
  public record Recognition(
      String modelPack,
      @Nullable String attackPack,
      @Nullable String calibration,
      @Nullable Similarity threshold,
      @Nullable Double raiseAfterFalse,
      @Nullable Integer smallestFacePx) {
    public Recognition(
        String modelPack,
        @Nullable String attackPack,
        @Nullable String calibration,
        @Nullable Similarity threshold,
        @Nullable Integer smallestFacePx) {
      this(modelPack, attackPack, calibration, threshold, null, smallestFacePx);
    }
  }

  /**
   * What the networks run on.
   *
   * @param device if it works; else the CPU
   * @param threads of one network run on the CPU
   */
  public record Inference(InferenceDevice device, int threads) {}

  /**
   * Whom the agent talks to, but for its cameras.
   *
   * @param metrics where figures are served, an address of this machine alone; null for nowhere
   */
  public record Network(BrokerSettings broker, @Nullable InetSocketAddress metrics) {}

  public AgentSettings {
    cameras = List.copyOf(cameras);
  }

  /** The broker. */
  public BrokerSettings broker() {
    return network.broker();
  }

  /**
   * Reads and checks a settings file. Paths in it are relative to the file.
   *
   * @throws SettingsException naming the key, if anything is missing, unknown or out of range
   */
  public static AgentSettings read(Path file) throws SettingsException {
    return read(file, System.getenv());
  }

  /**
   * The same for what opens no keys, as a program that the service manager did not start: sealed
   * ones are taken to lie, by the credential's name, beside the settings.
   */
  public static AgentSettings readWithoutKeys(Path file) throws SettingsException {
    Path folder = Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
    return read(file, Map.of(KeyFile.CREDENTIALS_DIRECTORY, folder.toString()));
  }

  /**
   * Reads and checks a settings file.
   *
   * @param environment of the process: {@code CREDENTIALS_DIRECTORY} is read
   */
  public static AgentSettings read(Path file, Map<String, String> environment)
      throws SettingsException {
    SettingsReader reader = reader(file);
    Keys keys = reader.keys(Keys.class);
    ConsoleSettings.read(reader, keys.console());
    return new AgentSettings(
        reader.checked("van", keys.van(), VanId::new),
        new Folders(
            reader.path("data", keys.data()),
            machinesEndedFolder(),
            reader.optionalPath("models", keys.models())),
        new Trust(
            reader.keyFile(
                "deviceKey", keys.deviceKey(), environment.get(KeyFile.CREDENTIALS_DIRECTORY)),
            reader.paths("authorities", keys.authorities()),
            reader.path("trust", keys.trust() == null ? DEFAULT_TRUST_FOLDER : keys.trust())),
        new DeploymentFiles(
            reader.path("authorisation", keys.authorisation()),
            reader.path("watchlist", keys.watchlist()),
            reader.path(
                "revocation",
                keys.revocation() == null ? DEFAULT_REVOCATION_FILE : keys.revocation()),
            reader.path(
                "withdrawals",
                keys.withdrawals() == null ? DEFAULT_WITHDRAWALS_FOLDER : keys.withdrawals()),
            reader.path(
                "rulings", keys.rulings() == null ? DEFAULT_RULINGS_FOLDER : keys.rulings())),
        new Recognition(
            keys.modelPack() == null ? DEFAULT_MODEL_PACK : keys.modelPack(),
            keys.attackPack(),
            keys.calibration(),
            keys.threshold() == null
                ? null
                : reader.checked("threshold", keys.threshold(), Similarity::new),
            keys.raiseAfterFalse() == null
                ? null
                : reader.checked(
                    "raiseAfterFalse", keys.raiseAfterFalse(), AgentSettings::raiseAfterFalse),
            reader.smallestFacePx(keys.smallestFacePx())),
        new Inference(
            reader.choice("inferenceDevice", keys.inferenceDevice(), InferenceDevice.CPU),
            reader.range(
                "inferenceThreads",
                keys.inferenceThreads(),
                1,
                256,
                Math.min(4, Runtime.getRuntime().availableProcessors()))),
        new Network(
            reader.broker(keys.broker()),
            keys.metrics() == null
                ? null
                : reader.checked("metrics.listen", keys.metrics().listen(), MetricsAddress::parse)),
        CameraKeys.read(reader, keys.cameras()));
  }

  /**
   * The console that a settings file asks for; empty if it asks for none.
   *
   * @throws SettingsException naming the key, if anything is missing, unknown or out of range
   */
  public static Optional<ConsoleSettings> console(Path file) throws SettingsException {
    SettingsReader reader = reader(file);
    return ConsoleSettings.read(reader, reader.keys(Keys.class).console());
  }

  /**
   * The data folder that a settings file names, also when the file cannot be used; empty if that is
   * not known either.
   */
  public static Optional<Path> dataFolder(Path file) {
    return reader(file).pathAlone("data");
  }

  private static SettingsReader reader(Path file) {
    return new SettingsReader(file, "docs/configuration.md");
  }

  private static double raiseAfterFalse(double cosine) {
    if (!(cosine >= LEAST_RAISE && cosine <= MOST_RAISE)) {
      throw new IllegalArgumentException(
          "must be between %s and %s".formatted(LEAST_RAISE, MOST_RAISE));
    }
    return cosine;
  }

  private static Path machinesEndedFolder() {
    String forTests = System.getProperty("sightline.ended", "");
    return forTests.isEmpty() ? EndedFolder.ofThisMachine() : Path.of(forTests);
  }

  private record Keys(
      @Nullable String van,
      @Nullable String data,
      @Nullable String models,
      @Nullable String deviceKey,
      @Nullable List<String> authorities,
      @Nullable String trust,
      @Nullable String authorisation,
      @Nullable String watchlist,
      @Nullable String revocation,
      @Nullable String withdrawals,
      @Nullable String rulings,
      @Nullable String modelPack,
      @Nullable String attackPack,
      @Nullable String calibration,
      @Nullable Double threshold,
      @Nullable Double raiseAfterFalse,
      @Nullable Integer smallestFacePx,
      @Nullable String inferenceDevice,
      @Nullable Integer inferenceThreads,
      SettingsReader.@Nullable BrokerKeys broker,
      @Nullable MetricsKeys metrics,
      @Nullable List<CameraKeys> cameras,
      ConsoleSettings.@Nullable Keys console) {}

  private record MetricsKeys(@Nullable String listen) {}
}
