package org.sightline.edge.publish.mqtt;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.Inbound;
import org.sightline.edge.publish.Publication;
import org.sightline.edge.publish.Recipients;
import org.sightline.edge.relay.OutboxAlertSink;
import org.sightline.edge.relay.Relay;
import org.sightline.edge.relay.RelayListener;
import org.sightline.edge.store.Database;
import org.sightline.edge.testing.SampleAlert;
import org.sightline.edge.testing.SteppedClock;

/**
 * A process that raises alerts which were decided one after another over a time, going on after the
 * last one that an earlier process has stored, and relays them. It says {@code stored N} and {@code
 * published N} as it goes, and runs until it is killed.
 */
public final class StormAgent {
  private static final int EVERY = 20;

  private StormAgent() {}

  /** Arguments: data folder, key file, broker, time of the first alert, between two, how many. */
  public static void main(String[] args) throws Exception {
    Database database = Database.open(Path.of(args[0]));
    Outbox outbox = new Outbox(database, DeviceKeys.read(Path.of(args[1])).storage());
    Instant first = Instant.parse(args[3]);
    Duration between = Duration.parse(args[4]);
    int count = Integer.parseInt(args[5]);
    SteppedClock clock = new SteppedClock(first);
    AtomicInteger published = new AtomicInteger((int) outbox.tally().published());
    Relay relay =
        Relay.start(
            database,
            outbox,
            new MqttPublisher(
                BrokerSettings.plain(URI.create(args[2])),
                Alerts.VAN,
                Alerts.DEVICE,
                "1",
                clock,
                Inbound.NONE),
            new RelayListener() {
              @Override
              public void published(Publication publication) {
                say("published", published.incrementAndGet());
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
    for (int number = stored(database, count); number < count; number++) {
      clock.set(first.plus(between.multipliedBy(number)));
      sink.raise(alert(number, clock));
      say("stored", number + 1);
    }
    Thread.sleep(Duration.ofMinutes(10).toMillis());
  }

  private static void say(String what, int number) {
    if (number % EVERY == 0) {
      System.out.println(what + " " + number);
    }
  }

  /** How many of the row are stored: the first that is not, found by halves. */
  private static int stored(Database database, int count) throws Exception {
    int from = 0;
    int to = count;
    while (from < to) {
      int middle = (from + to) / 2;
      if (database.read(tx -> Outbox.find(tx, id(middle))).isPresent()) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  static UUID id(int number) {
    return new UUID(0x7000L, 0x8000_0000_0000_0000L | number);
  }

  static int number(UUID id) {
    return (int) (id.getLeastSignificantBits() & 0xffff_ffffL);
  }

  static String camera(int number) {
    return "mast-" + (number % 3);
  }

  private static Alert alert(int number, Clock clock) {
    return SampleAlert.about("S-" + number)
        .id(id(number))
        .camera(camera(number))
        .strength(null)
        .captured(clock.instant())
        .decided(clock.instant())
        .probe(new Jpeg(new byte[] {1, 2, 3}))
        .withoutPortrait()
        .build();
  }
}
