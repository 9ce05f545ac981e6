package org.sightline.edge.setup;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.capture.CameraAddress;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.config.PathText;
import org.sightline.edge.config.SettingsException;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SystemWords;
import org.sightline.edge.domain.VanId;

/**
 * Makes a box ready: asks what is not known, makes its keys, and writes its settings. What is there
 * is kept and suggested; keys of the settings that nobody is asked for stay as they are. Until the
 * last question is answered nothing is changed, and the settings come last, whole.
 */
public final class Setup {
  private static final String EXAMPLE = "agent.yaml";

  /** Where the service keeps what it writes; elsewhere it lies beside the settings. */
  private static final Path SERVICE_SETTINGS = Path.of("/etc/sightline");

  private static final String SERVICE_STATE = "/var/lib/sightline/";

  private final Wanted wanted;
  private final Questions questions;
  private final Supplier<List<CameraSearch.Found>> search;
  private final Path file;
  private final Path folder;
  private final boolean ofTheService;
  private final BoxFiles files;

  /** Whatever the settings there say; null where there are none, or the example. */
  private final @Nullable AgentSettings before;

  private final SettingsText text;

  /** Files to be copied beside the settings, by the name that they get there. */
  private final Map<String, Path> copies = new LinkedHashMap<>();

  private final Map<String, Path> secrets = new LinkedHashMap<>();

  private Setup(Wanted wanted, Questions questions, Supplier<List<CameraSearch.Found>> search)
      throws SightlineException {
    this.search = search;
    this.wanted = wanted;
    this.questions = questions;
    this.file = wanted.settings().toAbsolutePath().normalize();
    this.folder = Objects.requireNonNull(file.getParent());
    this.ofTheService = folder.equals(SERVICE_SETTINGS);
    this.files = new BoxFiles(folder);
    String example = example();
    String there = there();
    boolean isExample = there == null || there.equals(example);
    this.before = isExample ? null : AgentSettings.readWithoutKeys(file);
    this.text =
        new SettingsText(
            there != null && !isExample
                ? there
                : ofTheService ? example : example.replace(SERVICE_STATE, ""));
  }

  /**
   * Asks, and makes the box ready.
   *
   * @param search asked once, if cameras are asked for
   * @return what it is ready with
   * @throws SightlineException if something cannot be used or made; what was there is as it was
   */
  public static AgentSettings run(
      Wanted wanted, Questions questions, Supplier<List<CameraSearch.Found>> search)
      throws SightlineException {
    Setup setup = new Setup(wanted, questions, search);
    setup.askVan();
    boolean sealed = setup.askKeys();
    setup.askAuthorities();
    setup.askBroker();
    setup.askCameras();
    setup.askModelPack();
    return setup.make(sealed);
  }

  /** Whether settings are those of this box's service, and root makes them. */
  public static boolean isForTheService(Path settings) {
    Path folder = Objects.requireNonNull(settings.toAbsolutePath().normalize().getParent());
    return SERVICE_SETTINGS.equals(folder) && new BoxFiles(folder).forTheService();
  }

  private void askVan() throws SightlineException {
    VanId van =
        questions.ask(
            "Name of the van",
            "--van",
            wanted.van(),
            before == null ? null : before.van().value(),
            VanId::new);
    if (before == null || !before.van().equals(van)) {
      text.set("van", van.value());
    }
  }

  /** Whether keys are sealed; those that are there are kept, whichever they are. */
  private boolean askKeys() throws SightlineException {
    if (before != null) {
      return before.trust().deviceKey().sealed();
    }
    boolean sealed =
        questions.ask(
            "Keys sealed to this machine, as live deployments need (yes or no)",
            "--seal or --no-seal",
            wanted.sealed() == null ? null : wanted.sealed() ? "yes" : "no",
            ofTheService ? "yes" : "no",
            Setup::yes);
    if (!sealed) {
      text.set("deviceKey", key().toString());
    }
    return sealed;
  }

  private Path key() {
    return ofTheService ? Path.of(SERVICE_STATE + "device.key") : Path.of("device.key");
  }

  private void askAuthorities() throws SightlineException {
    String suggested = before == null ? null : joined(before.trust().authorities());
    List<Path> authorities =
        questions.ask(
            "Files of the public keys of the authorities that the box trusts, with commas between",
            "--authority",
            wanted.authorities().isEmpty() ? null : joined(wanted.authorities()),
            suggested,
            Setup::authorities);
    if (before == null || !authorities.equals(before.trust().authorities())) {
      text.set(
          "authorities",
          "["
              + String.join(", ", authorities.stream().map(each -> beside(each, copies)).toList())
              + "]");
    }
  }

  private static List<Path> authorities(String answer) throws SightlineException {
    List<Path> found = new ArrayList<>();
    for (String each : answer.split(",", -1)) {
      Path path = PathText.parse(each.strip());
      AuthorityPublicKey.read(path);
      found.add(path);
    }
    return found;
  }

  private void askBroker() throws SightlineException {
    String suggested = before == null ? null : before.broker().uris().get(0).toString();
    String uri =
        questions.ask(
            "Address of the control room's broker, as mqtts://control.example:8883",
            "--broker",
            wanted.broker().uri(),
            suggested,
            answer -> BrokerSettings.address(answer).toString());
    boolean secure = uri.startsWith("mqtts:");
    BrokerSettings known = before == null ? null : before.broker();
    Path authority =
        document(
            "Certificate of the authority that signed the broker's (empty: the system's)",
            "--broker-ca",
            wanted.broker().authority(),
            known == null ? null : known.caFile(),
            secure);
    Path certificate =
        document(
            "Client certificate of the van (empty: none)",
            "--broker-certificate",
            wanted.broker().certificate(),
            known == null ? null : known.certificateFile(),
            secure);
    Path key =
        document(
            "Its private key (PKCS#8)",
            "--broker-key",
            wanted.broker().key(),
            known == null ? null : known.keyFile(),
            certificate != null);
    if (known != null
        && uri.equals(suggested)
        && Objects.equals(authority, known.caFile())
        && Objects.equals(certificate, known.certificateFile())
        && Objects.equals(key, known.keyFile())) {
      return;
    }
    StringBuilder lines = new StringBuilder("\n  uri: " + SettingsText.quoted(uri));
    entry(lines, "caFile", authority, copies);
    entry(lines, "certificateFile", certificate, copies);
    entry(lines, "keyFile", key, secrets);
    if (known != null) {
      if (known.username() != null) {
        lines.append("\n  username: ").append(SettingsText.quoted(known.username()));
      }
      entry(lines, "passwordFile", known.passwordFile(), secrets);
      lines.append(known.onvif() ? "\n  onvif: true" : "");
    }
    text.set("broker", lines.toString());
  }

  private void entry(StringBuilder lines, String key, @Nullable Path file, Map<String, Path> to) {
    if (file != null) {
      lines.append("\n  ").append(key).append(": ").append(beside(file, to));
    }
  }

  /** A file that may be left out; not asked for where it is of no use. */
  private @Nullable Path document(
      String question, String option, @Nullable Path given, @Nullable Path known, boolean useful)
      throws SightlineException {
    if (!useful && given == null) {
      return null;
    }
    String answer =
        questions.ask(
            question,
            option,
            given == null ? null : given.toString(),
            known == null ? "" : known.toString(),
            text -> {
              if (!text.isEmpty() && !Files.isReadable(PathText.parse(text))) {
                throw new IllegalArgumentException("there is no file that can be read");
              }
              return text;
            });
    return answer.isEmpty() ? null : Path.of(answer);
  }

  private void askCameras() throws SightlineException {
    Map<String, String> cameras = new LinkedHashMap<>(new TreeMap<>(wanted.cameras()));
    if (cameras.isEmpty() && questions.areAsked()) {
      askForCameras(cameras);
    }
    if (cameras.isEmpty() && before == null) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT, "no camera is named", "--camera", "give ID=SOURCE for each");
    }
    List<String> entries = new ArrayList<>();
    for (Map.Entry<String, String> each : cameras.entrySet()) {
      entries.add(camera(each.getKey(), each.getValue()));
    }
    if (before == null) {
      text.set("cameras", entries.stream().map(each -> "\n  - " + each).reduce("", String::concat));
      return;
    }
    for (String entry : entries) {
      if (!text.append("cameras", entry)) {
        throw new SightlineException(
            ErrorKind.UNUSABLE_INPUT,
            "the cameras of the settings stand on one line, to which none can be added",
            file.toString(),
            "give each camera a line of its own that begins with \"  - \"");
      }
    }
  }

  private void askForCameras(Map<String, String> cameras) throws SightlineException {
    questions.show("Looking for cameras, a few seconds ...");
    List<CameraSearch.Found> found = search.get();
    questions.show(found.isEmpty() ? "  none answered; type what there is" : "  these answered:");
    found.forEach(each -> questions.show("  " + each.host() + "  " + each.name()));
    if (before != null) {
      questions.show(
          "The settings have "
              + String.join(
                  ", ", before.cameras().stream().map(each -> each.id().value()).toList()));
    }
    for (boolean more = true; more; ) {
      boolean needed = before == null && cameras.isEmpty();
      String id =
          questions.ask(
              needed ? "Id of a camera, as mast-1" : "Id of one more camera (empty: no more)",
              "--camera",
              null,
              needed ? null : "",
              answer -> answer.isEmpty() ? answer : new CameraId(answer).value());
      more = !id.isEmpty();
      if (more) {
        cameras.put(
            id,
            questions.ask(
                "Its source, as rtsp://user@%s/stream1 or /dev/video0"
                    .formatted(found.isEmpty() ? "10.0.0.21" : found.get(0).host()),
                "--camera",
                null,
                null,
                answer -> answer));
      }
    }
  }

  private String camera(String id, String source) throws SightlineException {
    CameraId camera = checked("--camera", id, CameraId::new);
    if (before != null
        && before.cameras().stream().map(CameraSettings::id).anyMatch(camera::equals)) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "the settings have this camera already",
          id,
          "change it there: " + file);
    }
    if (CameraAddress.isRtsp(source)) {
      checked("--camera", source, CameraAddress::of);
    }
    String entry = "{id: " + id + ", source: " + SettingsText.quoted(source);
    Path password = wanted.passwords().get(id);
    if (password == null) {
      return entry + "}";
    }
    String name = id + ".password";
    secrets.put(name, password);
    return entry + ", passwordFile: " + name + "}";
  }

  private static <T> T checked(String option, String answer, Questions.Check<T> check)
      throws SightlineException {
    try {
      return check.of(answer);
    } catch (IllegalArgumentException e) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "this is no camera: " + CameraAddress.describe(answer),
          option,
          String.valueOf(e.getMessage()),
          e);
    }
  }

  private void askModelPack() throws SightlineException {
    String pack =
        questions.ask(
            "Model pack",
            "--model-pack",
            wanted.modelPack(),
            before == null ? AgentSettings.DEFAULT_MODEL_PACK : before.recognition().modelPack(),
            answer -> answer);
    if (before == null || !before.recognition().modelPack().equals(pack)) {
      text.set("modelPack", SettingsText.quoted(pack));
    }
  }

  private AgentSettings make(boolean sealed) throws SightlineException {
    for (Map.Entry<String, Path> each : copies.entrySet()) {
      files.copy(each.getValue(), folder.resolve(each.getKey()));
    }
    for (Map.Entry<String, Path> each : secrets.entrySet()) {
      files.copySecret(each.getValue(), folder.resolve(each.getKey()));
    }
    Path draft = file.resolveSibling(".setup.yaml");
    AgentSettings settings;
    try {
      files.settings(draft, text.toString());
      settings = AgentSettings.readWithoutKeys(draft);
    } catch (SettingsException e) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "the settings would not be usable: " + e.what(),
          file.toString(),
          e.remedy() + "; nothing was changed in them",
          e);
    } finally {
      delete(draft);
    }
    keys(sealed, settings);
    files.folder(settings.folders().data());
    files.folder(Objects.requireNonNull(settings.deployment().authorisation().getParent()));
    files.settings(file, text.toString());
    return settings;
  }

  private void keys(boolean sealed, AgentSettings settings) throws SightlineException {
    Path identity = BoxKeys.identity(file);
    Path key = settings.trust().deviceKey().path();
    if (sealed) {
      BoxKeys.ofThisMachine().seal(BoxKeys.sealed(file, key), identity);
      return;
    }
    BoxKeys.make(key, identity);
    files.give(key);
  }

  /** How a file is named in the settings: as it lies beside them, where it is put if need be. */
  private String beside(Path path, Map<String, Path> to) {
    Path whole = path.toAbsolutePath().normalize();
    String name = whole.getFileName().toString();
    if (!whole.startsWith(folder)) {
      to.put(name, whole);
      return SettingsText.quoted(name);
    }
    return SettingsText.quoted(folder.relativize(whole).toString());
  }

  private @Nullable String there() throws SightlineException {
    try {
      return Files.exists(file) ? Files.readString(file) : null;
    } catch (IOException e) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "the settings cannot be read",
          file.toString(),
          SystemWords.of(e) + "; run this as root",
          e);
    }
  }

  /** The settings that are installed, of which every key is explained. */
  private static String example() {
    try (InputStream in = Setup.class.getResourceAsStream(EXAMPLE)) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException("the example settings cannot be read", e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // A draft that stays is replaced by the next.
    }
  }

  private static String joined(List<Path> paths) {
    return String.join(",", paths.stream().map(Path::toString).toList());
  }

  private static boolean yes(String answer) {
    return switch (answer) {
      case "yes", "y" -> true;
      case "no", "n" -> false;
      default -> throw new IllegalArgumentException("yes or no");
    };
  }
}
