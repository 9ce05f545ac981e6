package org.sightline.edge.board.room;

import java.util.List;
import java.util.UUID;

/** Nobody looks at what changes. */
class Silence implements RoomListener {
  @Override
  public void changed(OpenAlert shown) {}

  @Override
  public void gone(UUID gone) {}

  @Override
  public void discarded(UUID gone) {}

  @Override
  public void putAway(UUID alert) {}

  @Override
  public void stored(Stored stored) {}

  @Override
  public void changed(Van van) {}

  @Override
  public void changed(Reception reception) {}

  @Override
  public void refused(List<Refused> refused) {}

  @Override
  public void attended(Attended attended) {}

  @Override
  public void escalated(Escalations escalations) {}

  @Override
  public void sighted(Sight sight) {}

  @Override
  public void engaged(Engaged engaged) {}

  @Override
  public void tested(TestAlert test) {}
}
