package org.sightline.edge.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.signing.BundleWriter;
import org.sightline.edge.store.Database;
import org.sightline.edge.testing.SampleAuthorisation;
import org.sightline.edge.watchlist.BundleTerms;
import org.sightline.edge.watchlist.EntryTerms;
import org.sightline.edge.watchlist.StoredWatchlist;

/** A box whose process is killed while it takes in and destroys lists; and what is left then. */
final class Victim {
  /** Enough that both imports and the destruction take a while; of a different length each. */
  private static final Map<String, Integer> ENTRIES = Map.of("first", 120, "second", 170);

  private static final int PORTRAIT_BYTES = 3000;

  private final Path folder;
  private final Random random;
  private final AuthorityKey authority = AuthorityKey.generate();
  private final DeviceKeys device = DeviceKeys.generate();
  private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  /** What must not be found in the clear. */
  private final List<byte[]> secrets = new ArrayList<>();

  Victim(Path folder, long seed) throws Exception {
    this.folder = folder;
    this.random = new Random(seed);
    device.writeTo(folder.resolve("device.key"));
    authority.publicKey().writeTo(folder.resolve("authority.public"));
  }

  private void write(DeploymentId deployment, String version) throws Exception {
    Path bundle = folder.resolve(version + ".bundle");
    Path authorisation = folder.resolve(version + ".json");
    Files.deleteIfExists(bundle);
    Files.deleteIfExists(authorisation);
    BundleTerms terms =
        new BundleTerms(
            deployment,
            Box.PACK.name(),
            Box.PACK.version(),
            Box.DIMENSION,
            version.equals("first") ? 1 : 2,
            now,
            now.plus(Duration.ofHours(20)));
    Sha256 digest;
    try (BundleWriter writer =
        BundleWriter.create(bundle, terms, device.identity(), List.of(authority))) {
      for (int i = 0; i < ENTRIES.get(version); i++) {
        writer.add(entry(version, i), new EntryTerms(terms.lastDay(), false));
      }
      digest = writer.finish();
    }
    Files.write(
        authorisation,
        new SampleAuthorisation()
            .deployment(deployment)
            .van(Box.VAN)
            .device(device.identity().fingerprint())
            .start(now)
            .end(now.plus(Duration.ofHours(10)))
            .list(digest)
            .build()
            .sign(List.of(authority))
            .bytes());
  }

  private WatchlistEntry entry(String version, int number) {
    byte[] portrait = new byte[PORTRAIT_BYTES];
    random.nextBytes(portrait);
    float[] values = new float[Box.DIMENSION];
    for (int d = 0; d < values.length; d++) {
      values[d] = (float) random.nextGaussian();
    }
    Template template = Template.normalised(Box.PACK.name(), values);
    if (number % 40 == 0) {
      template.copyTo(values, 0);
      for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
        ByteBuffer bytes = ByteBuffer.allocate(16).order(order);
        for (int d = 0; d < 4; d++) {
          bytes.putFloat(values[d]);
        }
        secrets.add(bytes.array());
      }
      secrets.add(Arrays.copyOf(portrait, 32));
    }
    return new WatchlistEntry(
        new SubjectRef(version + "-subject-" + number),
        "category-of-" + version,
        List.of(template),
        new Jpeg(portrait));
  }

  /** Kills so many times, and looks each time at what is left. */
  List<DeploymentState> statesAfterKills(int kills) throws Exception {
    List<DeploymentState> states = new ArrayList<>();
    List<Double> stageMillis = stageMillis(new DeploymentId("D-whole"));
    for (int kill = 0; kill < kills; kill++) {
      DeploymentId deployment = new DeploymentId("D-" + kill);
      secrets.clear();
      secrets.add("-subject-".getBytes(StandardCharsets.UTF_8));
      secrets.add("category-of-".getBytes(StandardCharsets.UTF_8));
      write(deployment, "first");
      write(deployment, "second");
      int stage = kill % DyingBox.STAGES.size();
      kill(DyingBox.STAGES.get(stage), random.nextDouble() * stageMillis.get(stage));
      states.add(wholeOrNothing(deployment));
      cleared(deployment);
    }
    return states;
  }

  /** How long each stage takes when it is left alone; the last one none. */
  private List<Double> stageMillis(DeploymentId deployment) throws Exception {
    write(deployment, "first");
    write(deployment, "second");
    Process process = start();
    try (BufferedReader said = process.inputReader()) {
      List<Long> reached = new ArrayList<>();
      for (String stage : DyingBox.STAGES) {
        awaitStage(said, stage);
        reached.add(System.nanoTime());
      }
      List<Double> millis = new ArrayList<>();
      for (int i = 1; i < reached.size(); i++) {
        millis.add((reached.get(i) - reached.get(i - 1)) / 1e6);
      }
      millis.add(0.0);
      return millis;
    } finally {
      process.waitFor();
    }
  }

  /** By the stage, and not from the start: how fast the machine is must not choose what is seen. */
  private void kill(String stage, double millisLater) throws Exception {
    Process process = start();
    try (BufferedReader said = process.inputReader()) {
      awaitStage(said, stage);
      TimeUnit.NANOSECONDS.sleep((long) (millisLater * 1e6));
    } finally {
      process.destroyForcibly().waitFor();
    }
  }

  private static void awaitStage(BufferedReader said, String stage) throws Exception {
    String line = said.readLine();
    while (line != null && !line.equals(stage)) {
      line = said.readLine();
    }
    assertThat(line).isEqualTo(stage);
  }

  private Process start() throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx128m",
            "-cp",
            System.getProperty("java.class.path"),
            DyingBox.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private DeploymentState wholeOrNothing(DeploymentId deployment) throws Exception {
    assertThat(Leftovers.in(folder.resolve("data"), secrets)).isEmpty();
    try (DataFolderLock lock = DataFolderLock.take(folder.resolve("data"), Duration.ZERO);
        Database database = Database.open(folder.resolve("data"))) {
      Deployments deployments = DyingBox.deployments(folder, device, database);
      deployments.finish(lock);
      DeploymentState state = stateIn(deployments, deployment);
      assertThat(state).isNotIn(DeploymentState.ENDED, DeploymentState.ALARM);
      boolean here = state == DeploymentState.AUTHORISED || state == DeploymentState.OPEN;
      assertThat(listFiles()).as("lists of a deployment that is %s", state).isEqualTo(here ? 2 : 0);
      if (here) {
        isOneOfTheTwo(deployments, deployment);
      }
      return state;
    }
  }

  private static DeploymentState stateIn(Deployments deployments, DeploymentId deployment)
      throws Exception {
    return deployments.all().stream()
        .filter(status -> status.deployment().equals(deployment))
        .map(DeploymentStatus::state)
        .findFirst()
        .orElse(DeploymentState.CLOSED);
  }

  private static void isOneOfTheTwo(Deployments deployments, DeploymentId deployment)
      throws Exception {
    List<String> versions = new ArrayList<>();
    try (StoredWatchlist list = deployments.list(deployment)) {
      list.forEach(entry -> versions.add(entry.subject().value().replaceAll("-.*", "")));
      for (int i = 0; i < list.entryCount(); i++) {
        assertThat(list.of(i).bytes()).hasSize(PORTRAIT_BYTES);
      }
    }
    assertThat(versions.stream().distinct()).hasSize(1);
    assertThat(versions).hasSize(ENTRIES.get(versions.get(0)));
  }

  /** Keys and data files. */
  private long listFiles() throws Exception {
    Path lists = folder.resolve("data").resolve("lists");
    if (!Files.exists(lists)) {
      return 0;
    }
    try (Stream<Path> files = Files.list(lists)) {
      return files.count();
    }
  }

  private void cleared(DeploymentId deployment) throws Exception {
    try (DataFolderLock lock = DataFolderLock.take(folder.resolve("data"), Duration.ZERO);
        Database database = Database.open(folder.resolve("data"))) {
      Deployments deployments = DyingBox.deployments(folder, device, database);
      if (stateIn(deployments, deployment).after(DeploymentState.Step.END).isPresent()) {
        deployments.close(Box.OFFICER);
      }
      deployments.finish(lock);
    }
  }
}
