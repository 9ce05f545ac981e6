package org.sightline.edge.testing;

import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.Device;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.AuthorisedBox;
import org.sightline.edge.authorisation.AuthorisedCamera;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.authorisation.LowestRecognition;
import org.sightline.edge.authorisation.Revocation;
import org.sightline.edge.authorisation.Ruling;
import org.sightline.edge.authorisation.Withdrawal;
import org.sightline.edge.authorisation.WithdrawalReason;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.enrol.Enroller;
import org.sightline.edge.enrol.EnrolmentResult;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.pipeline.Engine;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.signing.BundleWriter;
import org.sightline.edge.store.Database;
import org.sightline.edge.watchlist.BundleTerms;
import org.sightline.edge.watchlist.ControlTerms;
import org.sightline.edge.watchlist.EntryTerms;

/**
 * A whole exercise in one folder: device, authority, list, authorisation and settings of an agent.
 */
public final class Exercise {
  public static final VanId VAN = new VanId("van-1");
  public static final DeploymentId DEPLOYMENT = new DeploymentId("exercise-1");

  private final Path folder;
  private final InstalledPack pack;
  private final DeviceKeys device;
  private final VanId van;
  private final AuthorityKey authority;
  private final DeploymentId deployment;
  private Sha256 list;
  private List<Exercise> others = List.of();
  private final List<String> trusted = new ArrayList<>(List.of("authority.public"));

  private Exercise(
      Path folder,
      InstalledPack pack,
      List<WatchlistEntry> entries,
      DeploymentId deployment,
      DeviceKeys device)
      throws Exception {
    this(folder, pack, VAN, AuthorityKey.generate(), deployment, device);
    list = write(entries, List.of(device.identity()));
  }

  private Exercise(
      Path folder,
      InstalledPack pack,
      VanId van,
      AuthorityKey authority,
      DeploymentId deployment,
      DeviceKeys device)
      throws Exception {
    this.folder = folder;
    this.device = device;
    this.pack = pack;
    this.van = van;
    this.authority = authority;
    this.deployment = deployment;
    Files.createDirectories(folder);
    device.writeTo(folder.resolve("device.key"));
    authority.publicKey().writeTo(folder.resolve("authority.public"));
  }

  private Sha256 write(List<WatchlistEntry> entries, List<DeviceIdentity> devices)
      throws Exception {
    Instant now = now();
    BundleTerms plain =
        new BundleTerms(
            deployment,
            pack.manifest().name(),
            pack.manifest().version(),
            pack.manifest().embedder().dimension(),
            1,
            now,
            now.plus(Duration.ofDays(1)));
    BundleTerms terms =
        entries.stream().anyMatch(entry -> entry.category().equals(ControlTerms.CATEGORY))
            ? plain.with(new ControlTerms("forms 1 to 12"))
            : plain;
    try (BundleWriter writer = BundleWriter.create(list(), terms, devices, List.of(authority))) {
      for (WatchlistEntry entry : entries) {
        writer.add(entry, new EntryTerms(terms.lastDay(), false));
      }
      return writer.finish();
    }
  }

  /**
   * Boxes {@code van-1}, {@code van-2} and so on of one deployment, each in a folder of its name:
   * the same list and the same authorisation, of which the first one can write another.
   */
  public static List<Exercise> ofBoxes(
      int boxes, Path folder, InstalledPack pack, List<WatchlistEntry> entries) throws Exception {
    AuthorityKey authority = AuthorityKey.generate();
    List<Exercise> all = new ArrayList<>();
    for (int i = 1; i <= boxes; i++) {
      VanId van = new VanId("van-" + i);
      all.add(
          new Exercise(
              folder.resolve(van.value()),
              pack,
              van,
              authority,
              DEPLOYMENT,
              DeviceKeys.generate()));
    }
    Exercise first = all.get(0);
    first.list = first.write(entries, all.stream().map(Exercise::identity).toList());
    first.others = all.subList(1, boxes);
    for (Exercise each : first.others) {
      each.list = first.list;
      Files.copy(first.list(), each.list());
    }
    first.permission().write();
    return all;
  }

  /** The name of the van. */
  public VanId van() {
    return van;
  }

  /** Of the device. */
  public DeviceIdentity identity() {
    return device.identity();
  }

  /** An exercise that is authorised from now on for a day. */
  public static Exercise in(Path folder, InstalledPack pack, List<WatchlistEntry> entries)
      throws Exception {
    return in(folder, pack, entries, DEPLOYMENT, DeviceKeys.generate());
  }

  private static Exercise in(
      Path folder,
      InstalledPack pack,
      List<WatchlistEntry> entries,
      DeploymentId deployment,
      DeviceKeys device)
      throws Exception {
    Exercise exercise = new Exercise(folder, pack, entries, deployment, device);
    exercise.permission().write();
    return exercise;
  }

  /**
   * The same in the folder {@code exercise} of a folder, for tests in which nobody is looked for:
   * one subject is listed, whose template is no face's.
   */
  public static Exercise ofNobody(Path folder) throws Exception {
    return ofNobody(folder, DEPLOYMENT, DeviceKeys.generate());
  }

  /** The same of another deployment, for a device that is there already. */
  public static Exercise ofNobody(Path folder, DeploymentId deployment, DeviceKeys device)
      throws Exception {
    float[] values = new float[64];
    values[0] = 1;
    return in(
        folder.resolve("exercise"),
        ModelPacks.at(folder.resolve("models")).installed("builtin"),
        List.of(
            new WatchlistEntry(
                new SubjectRef("S-0001"),
                "exercise",
                List.of(Template.normalised("builtin", values)),
                new Jpeg(new byte[] {1}))),
        deployment,
        device);
  }

  /** Enrols somebody from all of the pictures that can be used. */
  public static WatchlistEntry enrol(InstalledPack pack, SubjectRef subject, List<Path> pictures)
      throws Exception {
    List<Template> templates = new ArrayList<>();
    Jpeg portrait = null;
    try (Engine engine = Engine.open(pack, DetectionSettings.stills(Compute.cpu(1)))) {
      Enroller enroller = new Enroller(engine.detector(), engine.embedder());
      for (Path picture : pictures) {
        if (enroller.enrol(picture) instanceof EnrolmentResult.Enrolled enrolled) {
          templates.add(enrolled.template());
          portrait = enrolled.portrait();
        }
      }
    }
    return new WatchlistEntry(subject, "exercise", templates, Objects.requireNonNull(portrait));
  }

  /**
   * Writes the agent's settings.
   *
   * @param more lines of YAML, among them the cameras
   * @return the settings file
   */
  public Path settings(URI broker, String... more) throws Exception {
    return Files.writeString(
        folder.resolve("agent.yaml"),
        """
        van: %s
        data: data
        models: %s
        deviceKey: device.key
        authorities: [%s]
        authorisation: authorisation.json
        watchlist: list.bundle
        modelPack: %s
        broker: {uri: "%s"}
        """
                .formatted(
                    van,
                    pack.folder().toAbsolutePath().getParent(),
                    String.join(", ", trusted),
                    pack.manifest().name(),
                    broker)
            + String.join("\n", more)
            + "\n");
  }

  /** Writes the settings, imports the list and opens the deployment. */
  public Path opened(URI broker, String... more) throws Exception {
    Path file = settings(broker, more);
    open(AgentSettings.read(file));
    return file;
  }

  /** Imports the list and opens the deployment. */
  public static void open(AgentSettings settings) throws Exception {
    Actor technician = Actor.officer("technician");
    try (Device box = Device.open(settings, Clock.systemUTC());
        DataFolderLock lock = box.lock()) {
      box.deployments()
          .importList(
              lock,
              settings.deployment().authorisation(),
              settings.deployment().watchlist(),
              box.pack(),
              technician,
              () -> {});
      box.deployments().open(settings.deployment().authorisation(), box.pack(), technician);
    }
  }

  /** Has the settings written from now on name one more authority. */
  public void trust(AuthorityKey another) throws Exception {
    String file = "authority-%d.public".formatted(trusted.size() + 1);
    another.publicKey().writeTo(folder.resolve(file));
    trusted.add(file);
  }

  /**
   * Waits until so many decided alerts lie in the agent's outbox. What looks there leaves the
   * write-ahead log as it is, for tests that look into that.
   */
  public void awaitWaiting(int alerts) {
    await()
        .atMost(Duration.ofSeconds(90))
        .pollInterval(Duration.ofMillis(200))
        .ignoreExceptions()
        .until(() -> waiting() == alerts);
  }

  private int waiting() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + data().resolve(Database.FILE_NAME));
        Statement statement = connection.createStatement();
        ResultSet count =
            statement.executeQuery("SELECT COUNT(*) FROM outbox_event WHERE sealed IS NOT NULL")) {
      return count.getInt(1);
    }
  }

  /** A revocation of this exercise by its own authority. */
  public byte[] revocation() {
    return revocationBy(authority);
  }

  public byte[] revocationBy(AuthorityKey signer) {
    return new Revocation(deployment, now()).sign(List.of(signer)).bytes();
  }

  /** A withdrawal of a subject of this exercise by its own authority. */
  public byte[] withdrawal(String subject) {
    return withdrawalBy(authority, subject);
  }

  public byte[] withdrawalBy(AuthorityKey signer, String subject) {
    return Withdrawal.of(
            UUID.randomUUID(),
            deployment,
            now(),
            new Withdrawal.Content(new SubjectRef(subject), WithdrawalReason.FOUND.word()),
            device.identity())
        .sign(List.of(signer))
        .bytes();
  }

  /** What another authority says of the authorisation that lies there. */
  public byte[] ruling(Ruling.Word word, AuthorityKey signer) throws Exception {
    return new Ruling(word, deployment, Sha256.of(Files.readAllBytes(authorisation())), now())
        .sign(List.of(signer))
        .bytes();
  }

  public Path folder() {
    return folder;
  }

  /** Where the agent keeps its state. */
  public Path data() {
    return folder.resolve("data");
  }

  public Path list() {
    return folder.resolve("list.bundle");
  }

  public Path authorisation() {
    return folder.resolve("authorisation.json");
  }

  /** A permission for this exercise, to be changed before it is written. */
  public Permission permission() {
    return new Permission();
  }

  private static AuthorisedBox[] boxes(List<Exercise> boxes) {
    return boxes.stream()
        .map(each -> new AuthorisedBox(each.van, each.identity().fingerprint(), Optional.empty()))
        .toArray(AuthorisedBox[]::new);
  }

  private static Instant now() {
    return Instant.now().truncatedTo(ChronoUnit.SECONDS);
  }

  /** What the authorisation will say. */
  public final class Permission {
    private DeploymentClass deploymentClass = DeploymentClass.EXERCISE;
    private VanId vanNamed = van;
    private Sha256 deviceFingerprint = device.identity().fingerprint();
    private Instant start = now();
    private Instant end = now().plus(Duration.ofDays(1));
    private Sha256 watchlist = list;
    private double floor = -1;
    private AlertTerms alerts = AlertTerms.DEFAULT;
    private Optional<LowestRecognition> recognition = Optional.empty();
    private Optional<String> urgency = Optional.empty();
    private AuthorisedCamera[] cameras = {};
    private List<AuthorityKey> signers = List.of(authority);

    public Permission live(AuthorityKey... others) {
      deploymentClass = DeploymentClass.LIVE;
      signers = new ArrayList<>(List.of(others));
      signers.add(authority);
      return this;
    }

    public Permission van(String name) {
      vanNamed = new VanId(name);
      return this;
    }

    public Permission device(DeviceKeys other) {
      deviceFingerprint = other.identity().fingerprint();
      return this;
    }

    public Permission between(Instant first, Instant last) {
      start = first;
      end = last;
      return this;
    }

    public Permission list(Sha256 digest) {
      watchlist = digest;
      return this;
    }

    public Permission thresholdFloor(double cosine) {
      floor = cosine;
      return this;
    }

    /** These cameras, and no others. */
    public Permission cameras(AuthorisedCamera... named) {
      cameras = named;
      return this;
    }

    public Permission sealedFor(ControlRoomIdentity controlRoom) {
      alerts = alerts.sealedFor(controlRoom);
      return this;
    }

    public Permission judgedByTwoOfficers() {
      alerts = alerts.judgedByTwoOfficers();
      return this;
    }

    public Permission alerts(AlertTerms terms) {
      alerts = terms;
      return this;
    }

    public Permission recognition(LowestRecognition lowest) {
      recognition = Optional.of(lowest);
      return this;
    }

    /**
     * One that could not wait for a second authority, signed an hour ago: it lapses before its end.
     */
    public Permission urgent(String why) {
      urgency = Optional.of(why);
      return this;
    }

    public Permission signedBy(AuthorityKey signer) {
      signers = List.of(signer);
      return this;
    }

    /** Puts it in the place of the present authorisation, at all boxes of the deployment. */
    public void write() throws Exception {
      SampleAuthorisation sample = new SampleAuthorisation();
      if (cameras.length > 0) {
        sample.cameras(cameras);
      }
      urgency.ifPresent(why -> sample.urgent(why, now().minus(Duration.ofHours(1))));
      Authorisation authorised =
          sample
              .deployment(deployment)
              .deploymentClass(deploymentClass)
              .van(vanNamed)
              .others(boxes(others))
              .device(deviceFingerprint)
              .start(start)
              .end(end)
              .list(watchlist)
              .thresholdFloor(floor)
              .alerts(alerts)
              .recognition(recognition)
              .build();
      byte[] signed = authorised.sign(signers).bytes();
      Files.write(authorisation(), signed);
      for (Exercise other : others) {
        Files.write(other.authorisation(), signed);
      }
    }
  }
}
