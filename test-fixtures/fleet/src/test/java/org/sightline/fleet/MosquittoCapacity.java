package org.sightline.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.testkit.LoopbackBroker;

/**
 * Measures how many vans one Mosquitto carries on this machine, with the load of the vans and of
 * the one receiver on the same cores; docs/many-vans.md has the command and what came out. No part
 * of the ordinary tests.
 *
 * <p>System properties: {@code vans} (numbers, separated by commas), {@code tls}, and {@code
 * settings} (lines of mosquitto.conf, separated by semicolons).
 */
// What is never acknowledged is counted.
@SuppressWarnings("FutureReturnValueIgnored")
class MosquittoCapacity {
  private static final int ALERT_BYTES = 60_000;
  private static final long STATUS_SECONDS = 30;
  private static final long BUSY_SECONDS = 30;

  /** Alerts of a van in an hour of its busiest; real ones raise a few a day. */
  private static final int BUSY_ALERTS_AN_HOUR = 60;

  /** What is raised at once, by all vans together, at least. */
  private static final int BURST_ALERTS = 3000;

  private static final Duration PATIENCE = Duration.ofMinutes(3);

  @TempDir Path folder;
  private final ByteBuf filler =
      Unpooled.unreleasableBuffer(Unpooled.directBuffer().writeZero(ALERT_BYTES - Long.BYTES));
  private final List<Long> latenciesNanos = new ArrayList<>();
  private final AtomicLong acknowledged = new AtomicLong();
  private volatile long lastNanos;

  @Test
  void noAlertIsLost() throws Exception {
    boolean tls = Boolean.getBoolean("tls");
    List<String> lines = new ArrayList<>(List.of("allow_anonymous true"));
    lines.addAll(List.of(System.getProperty("settings", "max_queued_messages 0").split(";", -1)));
    Path certificate = null;
    if (tls) {
      certificate = folder.resolve("broker.pem");
      Path key = folder.resolve("broker.key");
      selfSigned(certificate, key);
      lines.addAll(List.of("certfile " + certificate, "keyfile " + key));
    }
    System.out.println(
        "vans  load  tls    KB/van  alerts  p50 ms  p95 ms  max ms  lost"
            + "  alerts/s  MB/s  broker cores  broker MB  load of the machine");
    for (String number : System.getProperty("vans", "200,1000,2000").split(",", -1)) {
      try (LoopbackBroker broker = LoopbackBroker.prepare(lines)) {
        broker.start();
        // The receiver has a thread of its own: elsewhere it has a machine of its own.
        try (LightClients rooms = new LightClients(broker.uri(), certificate);
            LightClients vans = new LightClients(broker.uri(), certificate)) {
          measure(rooms, vans, Integer.parseInt(number), tls);
        }
      }
    }
  }

  private void measure(LightClients rooms, LightClients clients, int vans, boolean tls)
      throws Exception {
    Mosquitto broker = Mosquitto.running();
    LightClient room = rooms.connect("control-room", this::received);
    room.subscribe("sightline/v1/+/alerts");
    long emptyBytes = broker.residentBytes();
    List<LightClient> fleet = new ArrayList<>();
    for (int i = 0; i < vans; i++) {
      LightClient van = clients.connect("van-" + i, payload -> {});
      announce(clients, van, i);
      fleet.add(van);
    }
    double kilobytesEach = (broker.residentBytes() - emptyBytes) / 1024.0 / vans;

    Load busy = new Load(broker);
    long alerts = BUSY_SECONDS * vans * BUSY_ALERTS_AN_HOUR / 3600;
    for (long i = 0; i < alerts; i++) {
      int van = ThreadLocalRandom.current().nextInt(vans);
      busy.waitUntil((double) i * BUSY_SECONDS / alerts);
      raise(fleet.get(van), van);
    }
    report("busy ", vans, tls, kilobytesEach, alerts, busy);

    int each = Math.max(1, BURST_ALERTS / vans);
    Load burst = new Load(broker);
    for (int i = 0; i < vans; i++) {
      raiseInTurn(fleet.get(i), i, each);
    }
    report("burst", vans, tls, kilobytesEach, (long) each * vans, burst);
  }

  private static void announce(LightClients clients, LightClient van, int number) {
    clients
        .thread()
        .scheduleAtFixedRate(
            () ->
                van.publish(
                    "sightline/v1/van-" + number + "/status",
                    Unpooled.copiedBuffer("x".repeat(300), StandardCharsets.US_ASCII),
                    true),
            ThreadLocalRandom.current().nextLong(STATUS_SECONDS * 1000),
            STATUS_SECONDS * 1000,
            TimeUnit.MILLISECONDS);
  }

  private CompletableFuture<Void> raise(LightClient van, int number) {
    ByteBuf event =
        Unpooled.wrappedBuffer(Unpooled.copyLong(System.nanoTime()), filler.duplicate());
    return van.publish("sightline/v1/van-" + number + "/alerts", event, false)
        .thenRun(acknowledged::incrementAndGet);
  }

  /** The next when the last is acknowledged, as the relay does. */
  private void raiseInTurn(LightClient van, int number, int alerts) {
    CompletableFuture<Void> raised = raise(van, number);
    if (alerts > 1) {
      raised.thenRun(() -> raiseInTurn(van, number, alerts - 1));
    }
  }

  private void received(ByteBuf event) {
    lastNanos = System.nanoTime();
    synchronized (latenciesNanos) {
      latenciesNanos.add(lastNanos - event.readLong());
    }
  }

  private int receivedCount() {
    synchronized (latenciesNanos) {
      return latenciesNanos.size();
    }
  }

  private void report(
      String name, int vans, boolean tls, double kilobytesEach, long alerts, Load load)
      throws Exception {
    await().atMost(PATIENCE).until(() -> acknowledged.get() == alerts);
    int last = -1;
    while (receivedCount() < alerts && receivedCount() != last) {
      last = receivedCount();
      TimeUnit.SECONDS.sleep(2);
    }
    long[] nanos;
    synchronized (latenciesNanos) {
      nanos = latenciesNanos.stream().mapToLong(Long::longValue).sorted().toArray();
      latenciesNanos.clear();
    }
    acknowledged.set(0);
    double seconds = (lastNanos - load.startNanos) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%4d  %s %-5s  %6.1f  %6d  %6.0f  %6.0f  %6.0f  %4d  %8.0f  %4.0f  %12.2f  %9.0f"
            + "  %.1f%n",
        vans,
        name,
        tls,
        kilobytesEach,
        alerts,
        percentile(nanos, 0.5),
        percentile(nanos, 0.95),
        percentile(nanos, 1),
        alerts - nanos.length,
        nanos.length / seconds,
        nanos.length / seconds * ALERT_BYTES / 1e6,
        load.cpuSeconds() / seconds,
        load.broker.residentBytes() / 1e6,
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    assertThat(nanos).hasSize((int) alerts);
  }

  private static double percentile(long[] sortedNanos, double part) {
    return sortedNanos[(int) Math.ceil(part * sortedNanos.length) - 1] / 1e6;
  }

  private static void selfSigned(Path certificate, Path key) throws Exception {
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "1",
                "-subj",
                "/CN=broker",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
                "-keyout",
                key.toString(),
                "-out",
                certificate.toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    assertThat(openssl.waitFor()).isZero();
  }

  /** The broker's process, as Linux reports it. */
  private record Mosquitto(long pid) {
    static Mosquitto running() {
      return ProcessHandle.current()
          .children()
          .filter(child -> child.info().command().orElse("").endsWith("mosquitto"))
          .findFirst()
          .map(child -> new Mosquitto(child.pid()))
          .orElseThrow();
    }

    long residentBytes() throws Exception {
      try (Stream<String> lines = Files.lines(Path.of("/proc", String.valueOf(pid), "status"))) {
        return lines
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .sum()
            * 1024;
      }
    }

    double cpuSeconds() {
      return ProcessHandle.of(pid)
              .flatMap(process -> process.info().totalCpuDuration())
              .orElse(Duration.ZERO)
              .toMillis()
          / 1000.0;
    }
  }

  /** What the broker spends from a moment on. */
  private static final class Load {
    private final Mosquitto broker;
    private final long startNanos = System.nanoTime();
    private final double startCpuSeconds;

    Load(Mosquitto broker) {
      this.broker = broker;
      startCpuSeconds = broker.cpuSeconds();
    }

    double cpuSeconds() {
      return broker.cpuSeconds() - startCpuSeconds;
    }

    void waitUntil(double seconds) throws InterruptedException {
      long nanos = (long) (seconds * 1e9) - (System.nanoTime() - startNanos);
      if (nanos > 0) {
        TimeUnit.NANOSECONDS.sleep(nanos);
      }
    }
  }
}
