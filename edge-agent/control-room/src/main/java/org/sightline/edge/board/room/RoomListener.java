package org.sightline.edge.board.room;

import java.util.List;
import java.util.UUID;

/** Is notified of every change, one after another, in order. It must not wait for anything. */
public interface RoomListener {
  /** An alert is new, or something was found of it. */
  void changed(OpenAlert alert);

  /** An alert has expired: nothing is known of it any more. */
  void gone(UUID alert);

  /** A judged alert is stored, and shown no more. */
  void putAway(UUID alert);

  /** How many alerts are stored and not shown is another number than before. */
  void stored(Stored stored);

  void changed(Van van);

  /** The board hears the broker again, or no longer. */
  void changed(Reception reception);

  /** An alert is gone because its deployment was refused. */
  void discarded(UUID alert);

  /** What was not taken of what came in the name of vans is another than before. */
  void refused(List<Refused> refused);

  /** An officer at another board looks at an alert, or does so no longer. */
  void attended(Attended attended);

  /** What this board and another one have before them for each other is another than before. */
  void escalated(Escalations escalations);

  /** A van has said whether the person of an open alert is in view. */
  void sighted(Sight sight);

  /** An alert has come further in the street. */
  void engaged(Engaged engaged);

  /** A test alert has come back, or was given up. */
  void tested(TestAlert test);
}
