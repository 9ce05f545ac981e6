package org.sightline.edge.board.room;

import org.sightline.edge.audit.Actor;

/** What became of an officer's word on an alert. */
public sealed interface Verdict {
  /** It counts; this is how the alert stands now. */
  record Taken(OpenAlert alert) implements Verdict {}

  /** There is no such alert, or none any more. */
  record Unknown() implements Verdict {}

  /** The alert has its outcome already; this is how it stands. */
  record Closed(OpenAlert alert) implements Verdict {}

  /** It is another officer's to judge, who has claimed it. */
  record Claimed(Actor by) implements Verdict {}

  /** In two-person mode nobody confirms himself. */
  record SameOfficer() implements Verdict {}

  /** Two officers disagree: a supervisor who is neither of them decides. */
  record Disputed() implements Verdict {}

  /** Of what cannot be looked at, nobody can say that it is true or false. */
  record Unreadable() implements Verdict {}
}
