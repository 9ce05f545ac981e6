package org.sightline.edge.deployment;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.authorisation.Revocation;
import org.sightline.edge.authorisation.Ruling;
import org.sightline.edge.authorisation.Withdrawal;
import org.sightline.edge.authorisation.WithdrawalReason;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.CategoryPolicy;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.signing.BundleWriter;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.testing.SampleAuthorisation;
import org.sightline.edge.testing.SteppedClock;
import org.sightline.edge.watchlist.BundleTerms;
import org.sightline.edge.watchlist.EntryTerms;
import org.sightline.edge.watchlist.StoredWatchlist;

/** A device with two authorities, and files made for it; all real but the clocks. */
final class Box implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
  static final VanId VAN = new VanId("van-7");
  static final DeploymentId DEPLOYMENT = new DeploymentId("D-7");
  static final PackInUse PACK = new PackInUse("sample-pack", 2, false);
  static final Actor OFFICER = Actor.officer("1234");
  static final int DIMENSION = 8;
  static final int WAITING_ALERTS = 2;

  /** Cameras, but neither sealed keys nor a broker that knows the van by a certificate. */
  static final DeploymentSite.Protection FOR_EXERCISES =
      new DeploymentSite.Protection(false, true, false, true);

  static final DeploymentSite.Protection FOR_LIVE =
      new DeploymentSite.Protection(true, true, true, true);

  final SteppedClock wall = new SteppedClock(NOW);
  final FakeBoot machine = new FakeBoot();
  final AuthorityKey authority;
  final AuthorityKey second;
  final DeviceKeys device;
  final Path folder;
  final Database database;
  final DeviceClock clock;
  final Deployments deployments;

  Box(Path folder) throws Exception {
    this(folder, DeviceKeys.generate(), FOR_EXERCISES);
  }

  Box(Path folder, DeviceKeys device, DeploymentSite.Protection protection) throws Exception {
    this(folder, device, AuthorityKey.generate(), AuthorityKey.generate(), protection);
  }

  private Box(
      Path folder,
      DeviceKeys device,
      AuthorityKey authority,
      AuthorityKey second,
      DeploymentSite.Protection protection)
      throws Exception {
    this.folder = folder;
    this.device = device;
    this.authority = authority;
    this.second = second;
    this.database = Database.open(data());
    this.clock = DeviceClock.open(database, wall, machine);
    this.deployments =
        new Deployments(
            database,
            new DeploymentSite(
                new DeploymentSite.Folders(data(), folder.resolve("ended"), bundle()),
                VAN,
                device,
                protection,
                new Trust(
                    database,
                    List.of(authority.publicKey(), second.publicKey()),
                    device.identity().fingerprint(),
                    clock,
                    new AuditLog(clock))),
            clock,
            new AuditLog(clock),
            tx -> WAITING_ALERTS,
            (tx, deployment, subjects, now) -> List.of());
  }

  /** The same device and authorities again, with what is now in its folder. */
  Box again() throws Exception {
    return new Box(folder, device, authority, second, FOR_EXERCISES);
  }

  /** The same device, whose settings name another authority in place of the first. */
  Box withAuthority(AuthorityKey other) throws Exception {
    return new Box(folder, device, other, second, FOR_EXERCISES);
  }

  Path data() {
    return folder.resolve("data");
  }

  /** Where the settings have bundles put. */
  Path bundle() {
    return folder.resolve("list.bundle");
  }

  Path authorisation() {
    return folder.resolve("authorisation.json");
  }

  /** Files of lists at rest. */
  List<Path> files() throws Exception {
    Path lists = data().resolve("lists");
    if (!Files.exists(lists)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(lists)) {
      return files.toList();
    }
  }

  /** The one file of that suffix. */
  Path listFile(String suffix) throws Exception {
    return files().stream()
        .filter(file -> file.toString().endsWith(suffix))
        .findFirst()
        .orElseThrow();
  }

  DataFolderLock lock() throws Exception {
    return DataFolderLock.take(data(), Duration.ZERO);
  }

  /** A list and an authorisation for it, to be changed before they are written. */
  Papers papers() {
    return new Papers();
  }

  DeploymentStatus importList() throws Exception {
    return importList(PACK);
  }

  DeploymentStatus importList(PackInUse pack) throws Exception {
    try (DataFolderLock lock = lock()) {
      return deployments.importList(lock, authorisation(), bundle(), pack, OFFICER, () -> {});
    }
  }

  DeploymentStatus open() throws Exception {
    return deployments.open(authorisation(), PACK, OFFICER);
  }

  void finish() throws Exception {
    try (DataFolderLock lock = lock()) {
      deployments.finish(lock);
    }
  }

  DeploymentState state() throws Exception {
    return deployments.all().stream()
        .filter(status -> status.deployment().equals(DEPLOYMENT))
        .map(DeploymentStatus::state)
        .findFirst()
        .orElse(DeploymentState.CLOSED);
  }

  byte[] revocation(DeploymentId deployment) {
    return new Revocation(deployment, NOW).sign(List.of(second)).bytes();
  }

  /** What authorities say of the authorisation that lies there. */
  byte[] ruling(Ruling.Word word, AuthorityKey... signers) throws Exception {
    return new Ruling(word, DEPLOYMENT, Sha256.of(Files.readAllBytes(authorisation())), NOW)
        .sign(List.of(signers))
        .bytes();
  }

  /** A withdrawal of a subject of {@link #entries}, for this device, by one of its authorities. */
  byte[] withdrawal(int subject) {
    return withdrawal(UUID.randomUUID(), DEPLOYMENT, device.identity(), "SUBJECT-" + subject);
  }

  byte[] withdrawal(UUID id, DeploymentId deployment, DeviceIdentity device, String subject) {
    return Withdrawal.of(
            id,
            deployment,
            NOW,
            new Withdrawal.Content(new SubjectRef(subject), WithdrawalReason.FOUND.word()),
            device)
        .sign(List.of(second))
        .bytes();
  }

  /** Applies withdrawals where no list is open in memory. */
  List<Withdrawal.Reason> withdraw(byte[]... documents) throws Exception {
    return withdraw(ListInUse.NONE, documents);
  }

  List<Withdrawal.Reason> withdraw(ListInUse list, byte[]... documents) throws Exception {
    try (DataFolderLock lock = lock()) {
      return deployments.withdraw(lock, List.of(documents), list);
    }
  }

  /** Subjects of the list at rest, in its order. */
  List<String> listed() throws Exception {
    List<String> subjects = new ArrayList<>();
    try (StoredWatchlist list = deployments.list(DEPLOYMENT)) {
      list.forEach(entry -> subjects.add(entry.subject().value()));
    }
    return subjects;
  }

  /** Kinds of the records in the audit log, oldest first. */
  List<String> auditKinds() throws Exception {
    return database.query(
        "SELECT json_extract(CAST(line AS TEXT), '$.event') AS event FROM audit_record"
            + " ORDER BY sequence",
        row -> row.text("event"));
  }

  @Override
  public void close() throws StoreException {
    database.close();
    device.close();
  }

  static List<WatchlistEntry> entries(int count) {
    Random random = new Random(count);
    List<WatchlistEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] portrait = new byte[40];
      random.nextBytes(portrait);
      float[] values = new float[DIMENSION];
      for (int d = 0; d < DIMENSION; d++) {
        values[d] = (float) random.nextGaussian();
      }
      entries.add(
          new WatchlistEntry(
              new SubjectRef("SUBJECT-" + i),
              "wanted",
              List.of(Template.normalised(PACK.name(), values)),
              new Jpeg(portrait)));
    }
    return entries;
  }

  /** What an authority makes. */
  final class Papers {
    DeploymentId listDeployment = DEPLOYMENT;
    DeploymentId deployment = DEPLOYMENT;
    DeploymentClass deploymentClass = DeploymentClass.EXERCISE;
    DeviceIdentity listDevice = device.identity();
    String pack = PACK.name();
    int packVersion = PACK.version();
    long version = 1;
    Instant created = NOW.minusSeconds(3600);
    Instant expires = NOW.plus(Duration.ofHours(20));
    Optional<String> urgent = Optional.empty();
    Instant signedAt = NOW.minusSeconds(60);
    Instant start = NOW.minusSeconds(60);
    Instant end = NOW.plus(Duration.ofHours(4));
    int entries = 3;
    CategoryPolicy policy = CategoryPolicy.NONE;
    AuthorityKey listSigner = authority;
    List<AuthorityKey> signers = List.of(authority);
    Sha256 digest = Sha256.of(new byte[] {0});

    Papers write() throws Exception {
      Files.deleteIfExists(bundle());
      BundleTerms terms =
          new BundleTerms(listDeployment, pack, packVersion, DIMENSION, version, created, expires)
              .with(policy);
      try (BundleWriter writer =
          BundleWriter.create(bundle(), terms, listDevice, List.of(listSigner))) {
        for (WatchlistEntry entry : templatesOf(entries)) {
          writer.add(entry, new EntryTerms(terms.lastDay(), false));
        }
        digest = writer.finish();
      }
      return authorise(digest);
    }

    private List<WatchlistEntry> templatesOf(int count) {
      return entries(count).stream()
          .map(
              entry -> {
                float[] values = new float[DIMENSION];
                entry.templates().get(0).copyTo(values, 0);
                return new WatchlistEntry(
                    entry.subject(),
                    entry.category(),
                    List.of(Template.normalised(pack, values)),
                    entry.portrait());
              })
          .toList();
    }

    Papers authorise(Sha256 list) throws Exception {
      SampleAuthorisation sample =
          new SampleAuthorisation()
              .deployment(deployment)
              .deploymentClass(deploymentClass)
              .van(VAN)
              .device(device.identity().fingerprint())
              .start(start)
              .end(end)
              .list(list);
      urgent.ifPresent(reason -> sample.urgent(reason, signedAt));
      Files.write(authorisation(), sample.build().sign(signers).bytes());
      return this;
    }
  }
}
