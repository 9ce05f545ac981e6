package org.sightline.edge.board;

import java.time.Duration;
import java.time.Instant;
import org.sightline.edge.board.room.Escalations;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What pages are sent of a second desk. */
final class DesksJson {
  private DesksJson() {}

  static ObjectNode of(Escalations escalations, Instant now) {
    ObjectNode node = RoomJson.object();
    Escalations.Second second = escalations.second();
    if (second != null) {
      node.putObject("second")
          .put("desk", second.desk())
          .put("connected", second.connected())
          .put("attended", second.attended());
    }
    ArrayNode alerts = node.putArray("alerts");
    escalations
        .alerts()
        .forEach(
            each ->
                alerts
                    .addObject()
                    .put("id", each.alert().toString())
                    .put("state", each.state().word())
                    .put("desk", each.desk())
                    .put(
                        "sinceMillis",
                        Math.max(0, Duration.between(each.since(), now).toMillis())));
    return node;
  }
}
