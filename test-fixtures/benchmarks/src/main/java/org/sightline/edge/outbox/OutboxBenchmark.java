package org.sightline.edge.outbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.store.Database;

/** An alert with its two pictures made safe on disk, and taken out once it is acknowledged. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class OutboxBenchmark {
  private static final DeploymentId DEPLOYMENT = new DeploymentId("bench");
  private static final CameraId CAMERA = new CameraId("mast-1");
  private static final int PAYLOAD_BYTES = 40_000;

  private final byte[] payload = new byte[PAYLOAD_BYTES];
  private Path folder = Path.of("");
  private List<AutoCloseable> open = List.of();
  private Step step = () -> {};

  private interface Step {
    void run() throws SightlineException;
  }

  @Setup(Level.Iteration)
  public void openDatabase() throws IOException, SightlineException {
    folder = Files.createTempDirectory("sightline-bench-");
    DeviceKeys keys = DeviceKeys.generate();
    Database database = Database.open(folder);
    open = List.of(database, keys);
    Outbox outbox = new Outbox(database, keys.storage());
    step =
        () -> {
          Instant now = Instant.now();
          database.write(
              transaction ->
                  outbox.enqueue(
                      transaction,
                      new KnownAlert(
                          UUID.randomUUID(), DEPLOYMENT, now.plus(Duration.ofHours(1)), false),
                      CAMERA,
                      payload,
                      now));
          OutboxEvent event = outbox.next(0).orElseThrow();
          outbox.payload(event);
          outbox.acknowledge(event.id(), now);
        };
  }

  @TearDown(Level.Iteration)
  public void closeDatabase() throws Exception {
    for (AutoCloseable each : open) {
      each.close();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  @Benchmark
  public void enqueueAndAcknowledge() throws SightlineException {
    step.run();
  }
}
