package org.sightline.edge.board;

import java.time.Clock;
import java.util.UUID;
import org.sightline.edge.board.room.ControlRoom;
import org.sightline.edge.board.room.OpenAlert;
import org.sightline.edge.board.room.RoomListener;
import org.sightline.edge.board.room.Van;
import org.sightline.edge.web.EventStreams;
import org.sightline.edge.web.Exchange;
import org.sightline.edge.web.login.Session;

/** Sends every change in the room to all pages that are open. Thread-safe. */
public final class RoomEvents implements RoomListener {
  private final EventStreams streams;
  private final Clock clock;

  public RoomEvents(EventStreams streams, Clock clock) {
    this.streams = streams;
    this.clock = clock;
  }

  /** Responds with a snapshot of the room and then with every change. */
  void open(Session session, ControlRoom room, Exchange exchange) {
    streams.open(
        session,
        exchange,
        first ->
            room.look(
                (alerts, vans) -> first.accept(RoomJson.snapshot(alerts, vans, clock.instant()))));
  }

  @Override
  public void changed(OpenAlert alert) {
    streams.send("alert", RoomJson.alert(alert, clock.instant()));
  }

  @Override
  public void gone(UUID alert) {
    streams.send("gone", RoomJson.object().put("id", alert.toString()).put("reason", "expired"));
  }

  @Override
  public void changed(Van van) {
    streams.send("van", RoomJson.van(van, clock.instant()));
  }
}
