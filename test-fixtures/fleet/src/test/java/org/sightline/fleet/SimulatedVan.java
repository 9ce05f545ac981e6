package org.sightline.fleet;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.FacePicture;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.publish.Inbound;
import org.sightline.edge.publish.Publication;
import org.sightline.edge.publish.Recipients;
import org.sightline.edge.publish.mqtt.MqttPublisher;
import org.sightline.edge.relay.OutboxAlertSink;
import org.sightline.edge.relay.Relay;
import org.sightline.edge.relay.RelayListener;
import org.sightline.edge.store.Database;

/** A van from the decision on: the agent's own outbox, relay and line to the broker. */
final class SimulatedVan implements AutoCloseable {
  private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();
  private static final int PICTURE_BYTES = 10_000;

  private final VanId name;
  private final Database database;
  private final Relay relay;
  private final OutboxAlertSink sink;
  private final Set<UUID> acknowledged;

  private SimulatedVan(
      VanId name, Database database, Relay relay, OutboxAlertSink sink, Set<UUID> acknowledged) {
    this.name = name;
    this.database = database;
    this.relay = relay;
    this.sink = sink;
    this.acknowledged = acknowledged;
  }

  /**
   * Starts one.
   *
   * @param nodes of the broker, the one to try first in front
   */
  static SimulatedVan start(String name, Path folder, List<URI> nodes, DeviceKeys keys) {
    try {
      VanId van = new VanId(name);
      Clock clock = Clock.systemUTC();
      Set<UUID> acknowledged = ConcurrentHashMap.newKeySet();
      Database database = Database.open(Files.createDirectories(folder.resolve(name)));
      Outbox outbox = new Outbox(database, keys.storage());
      Relay relay =
          Relay.start(
              database,
              outbox,
              new MqttPublisher(
                  new BrokerSettings(nodes, null, null, null, null, null),
                  van,
                  keys,
                  "1",
                  clock,
                  Inbound.NONE),
              new RelayListener() {
                @Override
                public void published(Publication publication) {
                  acknowledged.add(publication.id());
                }
              },
              List::of,
              Recipients.AS_AUTHORISED,
              clock);
      OutboxAlertSink sink =
          new OutboxAlertSink(
              database,
              outbox,
              new AuditLog(clock),
              relay,
              AlertTerms.DEFAULT,
              DeploymentClass.EXERCISE);
      return new SimulatedVan(van, database, relay, sink, acknowledged);
    } catch (SightlineException e) {
      throw new AssertionError(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Raises an alert about nobody; returns when it is in the outbox. */
  UUID raise() {
    Instant now = Instant.now();
    Alert alert =
        new Alert(
            IDS.generate(),
            new Alert.Origin(
                new DeploymentId("D-2026-001"),
                name,
                new CameraId("mast-1"),
                new Place("High Street")),
            new Alert.Match(
                new SubjectRef("S-0001"),
                "exercise",
                new FacePicture(picture(), null),
                new FacePicture(picture(), null),
                null,
                null,
                List.of()),
            new Alert.Comparison(new Similarity(0.83), new Similarity(0.62), null, 501, "builtin"),
            new Alert.Times(now, now, System.nanoTime()),
            null);
    try {
      sink.raise(alert);
    } catch (SightlineException e) {
      throw new AssertionError(e);
    }
    return alert.id();
  }

  private static Jpeg picture() {
    byte[] bytes = new byte[PICTURE_BYTES];
    ThreadLocalRandom.current().nextBytes(bytes);
    return new Jpeg(bytes);
  }

  /** The ids that a broker has acknowledged. */
  Set<UUID> acknowledged() {
    return acknowledged;
  }

  @Override
  public void close() {
    relay.close();
    try {
      database.close();
    } catch (SightlineException e) {
      throw new AssertionError(e);
    }
  }
}
