package org.sightline.edge.board;

import java.util.ArrayDeque;
import java.util.Deque;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.publish.Alerts;

/** Vans that send to a board. */
final class Fleet implements AutoCloseable {
  private final RunningBoard board;
  private final DrawnFaces faces;
  private final Deque<SendingVan> vans = new ArrayDeque<>();

  Fleet(RunningBoard board, DrawnFaces faces) {
    this.board = board;
    this.faces = faces;
  }

  /** A van that seals its alerts for this control room. */
  SendingVan van(String name) throws Exception {
    return van(name, board.keys);
  }

  /** A van that seals its alerts for another one. */
  SendingVan strayVan(String name) throws Exception {
    return van(name, ControlRoomKeys.generate());
  }

  private SendingVan van(String name, ControlRoomKeys sealedFor) throws Exception {
    board.knows(name, Alerts.DEVICE.identity());
    SendingVan van =
        new SendingVan(BrokerSettings.plain(board.broker.uri()), name, sealedFor.identity(), faces);
    vans.push(van);
    return van;
  }

  @Override
  public void close() {
    vans.forEach(SendingVan::close);
  }
}
