package org.sightline.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.signing.BundleWriter;
import org.sightline.edge.watchlist.BundleTerms;
import org.sightline.edge.watchlist.EntryTerms;

/**
 * The agent in a process of its own, as it is installed: how soon it has worked on a frame, and how
 * much memory it holds while two cameras run. Its authority and its list are made for it.
 */
final class AgentProcess {
  private static final Pattern STARTED = Pattern.compile("First frame processed after ([0-9.]+) s");
  private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");
  private static final Duration VALID = Duration.ofHours(12);
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final double MOST_START_SECONDS = 3;
  private static final double MOST_RESIDENT_MIB = 700;
  private static final double MIB_IN_KB = 1024;

  /** What is derived for the 10,000 entries of the list is 0.661. */
  private static final String THRESHOLD_FLOOR = "0.67";

  private final Workplace workplace;
  private final Path launch;
  private final Path home;
  private final Path folder;

  AgentProcess(Path root, Workplace workplace) {
    this.workplace = workplace;
    this.launch = root.resolve("scripts/launch");
    this.home = root.resolve("edge-agent/target/sightline");
    this.folder = workplace.folder().resolve("deployment");
  }

  /** A started agent. */
  private record Started(Process process, double wallSeconds, double machineSeconds) {
    long residentKb() throws IOException {
      Path status = Path.of("/proc/" + process.pid() + "/status");
      Matcher resident = RESIDENT.matcher(Files.readString(status));
      return resident.find() ? Long.parseLong(resident.group(1)) : 0;
    }

    void end() throws InterruptedException {
      process.destroy();
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  /**
   * Starts it a few times, and lets it run once.
   *
   * @param starts of which the median counts
   * @param length of the time that its memory is watched for
   */
  void measure(Street street, LongList list, int starts, Duration length, PrintStream out)
      throws Exception {
    deploy(street, list);
    List<Started> started = new ArrayList<>();
    for (int i = 0; i < starts; i++) {
      Started each = start("one.yaml");
      each.end();
      started.add(each);
    }
    out.printf(
        "%d starts with 1 camera of 1080p and %d entries; of it %.2f s from the Java machine on%n",
        starts, list.entries().size(), Medians.of(started, Started::machineSeconds));
    Figures.print(
        out,
        "s from the command to the first processed frame",
        Medians.of(started, Started::wallSeconds),
        MOST_START_SECONDS,
        Figures.AT_MOST);
    watch(length, out);
  }

  private void watch(Duration length, PrintStream out) throws Exception {
    Started agent = start("two.yaml");
    List<Long> samples = new ArrayList<>();
    try {
      long end = System.nanoTime() + length.toNanos();
      while (System.nanoTime() < end) {
        Thread.sleep(1000);
        samples.add(agent.residentKb());
      }
    } finally {
      agent.end();
    }
    List<Long> late = samples.subList(samples.size() / 2, samples.size());
    out.printf(
        "2 cameras of 1080p for %d s: resident after a quarter %.0f, a half %.0f, at the end %.0f MiB%n",
        length.toSeconds(),
        samples.get(samples.size() / 4) / MIB_IN_KB,
        late.get(0) / MIB_IN_KB,
        late.get(late.size() - 1) / MIB_IN_KB);
    Figures.print(
        out,
        "MiB resident at most",
        samples.stream().mapToLong(Long::longValue).max().orElse(0) / MIB_IN_KB,
        MOST_RESIDENT_MIB,
        Figures.AT_MOST);
  }

  private Started start(String settings) throws Exception {
    Path log = folder.resolve("agent.log");
    ProcessBuilder command =
        new ProcessBuilder(
            launch.toString(), "run", "--config", folder.resolve(settings).toString());
    command.environment().put("SIGHTLINE_HOME", home.toString());
    command.environment().put("SIGHTLINE_LOG_LEVEL", "INFO");
    command.redirectErrorStream(true).redirectOutput(log.toFile());
    long began = System.nanoTime();
    Process process = command.start();
    while (System.nanoTime() - began < PATIENCE.toNanos() && process.isAlive()) {
      Matcher started = STARTED.matcher(Files.readString(log));
      if (started.find()) {
        return new Started(
            process, (System.nanoTime() - began) / 1e9, Double.parseDouble(started.group(1)));
      }
      Thread.sleep(10);
    }
    process.destroy();
    throw new IOException("the agent did not start: " + Files.readString(log));
  }

  private void deploy(Street street, LongList list) throws Exception {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    Files.createDirectories(folder);
    Workplace.command(
        List.of("device", "init", "--out", file("device.key"), "--identity-out", file("identity")));
    Workplace.command(
        List.of("authority", "init", "--out", file("a.key"), "--public-out", file("a.public")));
    write(list);
    Workplace.command(
        List.of(
            "deployment", "authorise",
            "--authority", file("a.key"),
            "--device", file("identity"),
            "--watchlist", file("list.bundle"),
            "--van", "bench",
            "--class", "exercise",
            "--start", "now",
            "--for", VALID.toString(),
            "--officer", "bench",
            "--purpose", "benchmark on generated footage",
            "--legal-basis", "none",
            "--place", "nowhere",
            "--public-notice", "none",
            "--threshold-floor", THRESHOLD_FLOOR,
            "--out", file("authorisation.json")));
    String camera =
        "  - {id: mast-%d, source: \"" + street.clip().toAbsolutePath() + "\", loop: true}\n";
    String settings =
        """
        van: bench
        data: data
        models: "%s"
        deviceKey: device.key
        authorities: [a.public]
        authorisation: authorisation.json
        watchlist: list.bundle
        modelPack: %s
        broker: {uri: "mqtt://127.0.0.1:1"}
        cameras:
        """
                .formatted(workplace.models(), Street.PACK)
            + camera.formatted(1);
    Files.writeString(folder.resolve("one.yaml"), settings);
    Files.writeString(folder.resolve("two.yaml"), settings + camera.formatted(2));
    for (String step : List.of("watchlist import", "deployment open")) {
      List<String> arguments = new ArrayList<>(List.of(step.split(" ")));
      arguments.addAll(List.of("--config", file("one.yaml"), "--by", "bench"));
      Workplace.command(arguments);
    }
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private void write(LongList list) throws Exception {
    Instant start = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    BundleTerms terms =
        new BundleTerms(
            new DeploymentId("bench"),
            list.pack().manifest().name(),
            list.pack().manifest().version(),
            list.pack().manifest().embedder().dimension(),
            1,
            start,
            start.plus(VALID).plus(VALID));
    try (BundleWriter writer =
        BundleWriter.create(
            folder.resolve("list.bundle"),
            terms,
            DeviceIdentity.read(folder.resolve("identity")),
            List.of(AuthorityKey.read(folder.resolve("a.key"))))) {
      LocalDate lastDay = LocalDate.ofInstant(start, ZoneOffset.UTC).plusDays(3);
      for (WatchlistEntry entry : list.entries()) {
        writer.add(entry, new EntryTerms(lastDay, false));
      }
      writer.finish();
    }
  }
}
