package org.sightline.edge.board.room;

import java.util.List;

/**
 * All that the control room knows at a moment. Immutable.
 *
 * @param alerts oldest first
 */
public record Situation(
    List<OpenAlert> alerts, List<Van> vans, Reception reception, List<Refused> refused) {
  public Situation {
    refused = List.copyOf(refused);
    alerts = List.copyOf(alerts);
    vans = List.copyOf(vans);
  }
}
