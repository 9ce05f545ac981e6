package org.sightline.edge.app;

import java.util.List;
import java.util.Optional;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.deployment.DeviceClock;
import org.sightline.edge.deployment.Trust;
import org.sightline.edge.publish.Recipients;

/** Which control rooms hold now, by what the device knows of keys. Thread-safe. */
final class AlertRooms implements Recipients {
  private final Trust trust;
  private final DeviceClock clock;

  AlertRooms(Trust trust, DeviceClock clock) {
    this.trust = trust;
    this.clock = clock;
  }

  /** Those of a device. */
  static AlertRooms of(Device device) {
    return new AlertRooms(device.deployments().trust(), device.clock());
  }

  @Override
  public Optional<ControlRoomIdentity> of(ControlRoomIdentity authorised) {
    return trust.keys().rooms().holder(authorised, clock.instant());
  }

  @Override
  public boolean mayHave(String keyId) {
    return trust.keys().rooms().mayHave(keyId, clock.instant());
  }

  /** Whose outcomes count; none where no control room is authorised. */
  List<ControlRoomIdentity> signers(AlertTerms terms) {
    return terms
        .controlRoom()
        .map(room -> trust.keys().rooms().signers(room, clock.instant()))
        .orElse(List.of());
  }

  /** The one that the alerts are sealed for; empty if none is authorised, or none may have them. */
  Optional<ControlRoomIdentity> holding(AlertTerms terms) {
    return terms.controlRoom().flatMap(this::of);
  }

  /** That nobody may have the alerts, as words of the status message. */
  List<String> alarms(AlertTerms terms) {
    return terms.controlRoom().isPresent() && holding(terms).isEmpty()
        ? List.of("no-control-room")
        : List.of();
  }
}
