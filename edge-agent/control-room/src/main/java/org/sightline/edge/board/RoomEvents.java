package org.sightline.edge.board;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.board.room.Attended;
import org.sightline.edge.board.room.ControlRoom;
import org.sightline.edge.board.room.Engaged;
import org.sightline.edge.board.room.Escalations;
import org.sightline.edge.board.room.OpenAlert;
import org.sightline.edge.board.room.Reception;
import org.sightline.edge.board.room.Refused;
import org.sightline.edge.board.room.RoomListener;
import org.sightline.edge.board.room.Sight;
import org.sightline.edge.board.room.Stored;
import org.sightline.edge.board.room.TestAlert;
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
                situation ->
                    first.accept(
                        RoomJson.snapshot(
                                situation, clock.instant(), Actor.officer(session.officer()))
                            .set("stored", RoomJson.stored(room.stored())))));
  }

  @Override
  public void changed(OpenAlert alert) {
    Instant now = clock.instant();
    streams.send("alert", session -> RoomJson.alert(alert, now, Actor.officer(session.officer())));
  }

  @Override
  public void gone(UUID alert) {
    gone(alert, "expired");
  }

  @Override
  public void discarded(UUID alert) {
    gone(alert, "discarded");
  }

  private void gone(UUID alert, String reason) {
    streams.send("gone", RoomJson.object().put("id", alert.toString()).put("reason", reason));
  }

  @Override
  public void putAway(UUID alert) {
    streams.send("gone", RoomJson.object().put("id", alert.toString()).put("reason", "stored"));
  }

  @Override
  public void stored(Stored stored) {
    streams.send("stored", RoomJson.stored(stored));
  }

  @Override
  public void changed(Van van) {
    streams.send("van", RoomJson.van(van, clock.instant()));
  }

  @Override
  public void changed(Reception reception) {
    streams.send("broker", RoomJson.reception(reception, clock.instant()));
  }

  @Override
  public void refused(List<Refused> refused) {
    streams.send("refused", RoomJson.refused(refused, clock.instant()));
  }

  @Override
  public void attended(Attended attended) {
    streams.send("attended", RoomJson.attended(attended));
  }

  @Override
  public void escalated(Escalations escalations) {
    streams.send("desks", DesksJson.of(escalations, clock.instant()));
  }

  @Override
  public void sighted(Sight sight) {
    streams.send("sight", SightJson.of(sight, clock.instant()));
  }

  @Override
  public void engaged(Engaged engaged) {
    streams.send("engaged", StreetJson.engaged(engaged));
  }

  @Override
  public void tested(TestAlert test) {
    streams.send(
        "test",
        RoomJson.object()
            .put("id", test.id().toString())
            .put("by", test.by().reference())
            .put("heard", test.heard())
            .put("tookMillis", test.took().toMillis()));
  }
}
