package org.sightline.edge.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.publish.mqtt.MqttPublisher;
import org.sightline.edge.relay.OutboxAlertSink;
import org.sightline.edge.relay.Relay;
import org.sightline.edge.relay.RelayListener;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.testing.AuditLines;
import org.sightline.edge.testing.SmallDisk;

/** A disk that is really full: a small one of its own, which only root can mount. */
class FullDiskTest {
  @TempDir Path folder;
  private SmallDisk disk;
  private Database database;
  private Relay relay;
  private OutboxAlertSink sink;
  private Outbox outbox;

  @BeforeEach
  void mount() throws Exception {
    disk = SmallDisk.on(folder);
    database = Database.open(folder);
    outbox = new Outbox(database, DeviceKeys.generate().storage());
    relay =
        Relay.start(
            database,
            outbox,
            new MqttPublisher(
                BrokerSettings.plain(URI.create("mqtt://127.0.0.1:1")),
                Alerts.VAN,
                Alerts.DEVICE,
                "1",
                Clock.systemUTC(),
                Inbound.NONE),
            RelayListener.NONE,
            List::of,
            Recipients.AS_AUTHORISED,
            Clock.systemUTC());
    sink =
        new OutboxAlertSink(
            database,
            outbox,
            new AuditLog(Clock.systemUTC()),
            relay,
            AlertTerms.DEFAULT,
            DeploymentClass.EXERCISE);
  }

  @AfterEach
  void unmount() throws Exception {
    if (relay != null) {
      disk.free();
      relay.close();
      database.close();
    }
    if (disk != null) {
      disk.close();
    }
  }

  private Alert raiseUntilFull() throws Exception {
    Alert alert = Alerts.about("S-0");
    for (int i = 1; i < 1000; i++) {
      try {
        sink.raise(alert);
      } catch (StoreException e) {
        assertThat(e.getMessage()).hasLineCount(1);
        return alert;
      }
      alert = Alerts.about("S-" + i);
    }
    throw new AssertionError("the disk is never full");
  }

  @Test
  void anAlertThatTheFullDiskRefusedIsStoredOnceThereIsRoom() throws Exception {
    disk.fill();
    Alert refused = raiseUntilFull();
    int before = outbox.tally().waiting();

    disk.free();
    sink.raise(refused);

    assertThat(outbox.tally().waiting()).isEqualTo(before + 1);
    assertThat(AuditLines.of(database)).hasSize(before + 1);
  }

  @Test
  void theMessageSaysThatRoomIsWanted() throws Exception {
    disk.fill();
    Alert refused = raiseUntilFull();

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> sink.raise(refused))
        .satisfies(e -> assertThat(e.remedy()).contains("free space"));
  }
}
