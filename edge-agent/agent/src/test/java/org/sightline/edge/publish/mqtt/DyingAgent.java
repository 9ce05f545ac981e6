package org.sightline.edge.publish.mqtt;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.outbox.OutboxEvent;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.Inbound;
import org.sightline.edge.store.Database;

/**
 * A process that commits one alert, runs to a given moment of its way, says so and waits to be
 * killed.
 */
public final class DyingAgent {
  /** Where on the way of an alert it stops. */
  enum Moment {
    COMMITTED,
    PUBLISHED
  }

  private DyingAgent() {}

  /** Arguments: moment, data folder, key file, broker, id of the alert. */
  public static void main(String[] args) throws Exception {
    Moment moment = Moment.valueOf(args[0]);
    Database database = Database.open(Path.of(args[1]));
    Outbox outbox = new Outbox(database, DeviceKeys.read(Path.of(args[2])).storage());
    Alert alert = Alerts.about(UUID.fromString(args[4]), "S-0001");
    database.write(
        transaction ->
            outbox.enqueue(
                transaction,
                new KnownAlert(
                    alert.id(),
                    alert.origin().deployment(),
                    alert.times().decided().plus(Duration.ofHours(24)),
                    false),
                alert.origin().camera(),
                Alerts.event(alert),
                alert.times().decided()));
    if (moment == Moment.PUBLISHED) {
      MqttPublisher publisher =
          new MqttPublisher(
              BrokerSettings.plain(URI.create(args[3])),
              Alerts.VAN,
              Alerts.DEVICE,
              "1",
              Clock.systemUTC(),
              Inbound.NONE);
      publisher.connect();
      OutboxEvent event = outbox.next(0).orElseThrow();
      publisher.publish(event.id(), outbox.payload(event), Duration.ofHours(24));
    }
    System.out.println(moment);
    Thread.sleep(Duration.ofMinutes(5).toMillis());
  }
}
