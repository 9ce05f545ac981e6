package org.sightline.edge.board.room;

import java.util.List;

/**
 * All that the control room knows at a moment. Immutable.
 *
 * @param alerts oldest first
 * @param engaged what becomes of them in the street
 */
public record Situation(
    List<OpenAlert> alerts,
    List<Engaged> engaged,
    List<Attended> attended,
    List<Van> vans,
    Reception reception,
    List<Refused> refused,
    List<Sight> sights,
    Escalations escalations) {
  public Situation {
    refused = List.copyOf(refused);
    sights = List.copyOf(sights);
    alerts = List.copyOf(alerts);
    engaged = List.copyOf(engaged);
    attended = List.copyOf(attended);
    vans = List.copyOf(vans);
  }
}
