package org.sightline.edge.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.authorisation.StatedGroup;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.Engagement;
import org.sightline.edge.domain.Engagement.Action;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.publish.EngagementMessage;
import org.sightline.edge.publish.EngagementMessage.Correction;
import org.sightline.edge.publish.EngagementReceipt;
import org.sightline.edge.publish.SealedGroup;

/** How the golden files of engagements were made, once, by the keys of the others. */
final class GoldenEngagements {
  static final List<StatedGroup> GROUPS =
      List.of(new StatedGroup("A1", "Asian – Indian"), new StatedGroup("W9", "White – any other"));

  static final UUID FIRST = UUID.fromString("019ac9f0-0000-7000-8000-0000000000e1");
  static final UUID SECOND = UUID.fromString("019ac9f0-0000-7000-8000-0000000000e2");

  private static final AuditHead HEAD = new AuditHead(18, Sha256.of(new byte[] {18}));

  private GoldenEngagements() {}

  static void make(Path folder, DeviceKeys device, ControlRoomKeys room) throws Exception {
    SealedGroup group = SealedGroup.of("A1", Golden.ALERT, device.identity());
    Files.write(
        folder.resolve("engagement.v1.jose"),
        new EngagementMessage(
                FIRST,
                Golden.ALERT,
                Actor.officer("1234"),
                Golden.START,
                Engagement.stopped(Outcome.TRUE, Action.ARRESTED, 12),
                group,
                null,
                null)
            .sign(room));
    Files.write(
        folder.resolve("engagement-correction.v1.jose"),
        new EngagementMessage(
                SECOND,
                Golden.ALERT,
                Actor.officer("7"),
                Golden.REVOKED,
                Engagement.stopped(Outcome.FALSE, Action.NO_ACTION, 9),
                group,
                null,
                new Correction(FIRST, true, group))
            .sign(room));
    Files.write(
        folder.resolve("engagement-receipt-signed.v1.json"),
        device.signMessage(
            EngagementReceipt.SIGNED_TYPE,
            new EngagementReceipt(Golden.ALERT, FIRST, EngagementReceipt.Result.RECORDED, HEAD)
                .encode(Golden.VAN)));
  }
}
