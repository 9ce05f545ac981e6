package org.sightline.edge.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.publish.AlertEvent;
import org.sightline.edge.publish.Recipients;
import org.sightline.edge.publish.TestAlertEvent;
import org.sightline.edge.publish.TestRequest;

/** How the golden files of a test alert and the request for it were made, and what is in them. */
final class GoldenTests {
  static final String REQUEST_FILE = "test-request.v1.jose";
  static final String ALERT_FILE = "test-alert-signed.v1.json";
  static final TestRequest REQUEST =
      new TestRequest(
          UUID.fromString("019ac9f0-0000-4000-8000-0000000000a1"),
          Golden.VAN,
          Actor.officer("1234"),
          Golden.START.plusSeconds(30));

  private GoldenTests() {}

  static void make(Path folder, DeviceKeys device, ControlRoomKeys room) throws Exception {
    Files.write(folder.resolve(REQUEST_FILE), REQUEST.sign(room));
    byte[] event =
        TestAlertEvent.encode(
            REQUEST,
            Golden.DEPLOYMENT,
            new AuditHead(17, Sha256.of(new byte[] {17})),
            Golden.START,
            Golden.START.plus(Duration.ofMinutes(2)),
            new Jpeg(new byte[] {1, 2, 3}),
            room.identity());
    Files.write(
        folder.resolve(ALERT_FILE),
        device.signMessage(
            TestAlertEvent.SIGNED_TYPE,
            AlertEvent.published(event, Golden.START.plusMillis(500), Recipients.AS_AUTHORISED)
                .orElseThrow()));
  }
}
