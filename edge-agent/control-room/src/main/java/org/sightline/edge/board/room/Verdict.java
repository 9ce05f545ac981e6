package org.sightline.edge.board.room;

import org.sightline.edge.audit.Actor;

/** What became of an officer's word on an alert. */
public sealed interface Verdict {
  /** It in a word, for the page and the log. */
  String word();

  /** It counts; this is how the alert stands now. */
  record Taken(OpenAlert alert) implements Verdict {
    @Override
    public String word() {
      return "taken";
    }
  }

  /** There is no such alert, or none any more. */
  record Unknown() implements Verdict {
    @Override
    public String word() {
      return "unknown";
    }
  }

  /** The alert has its outcome already; this is how it stands. */
  record Closed(OpenAlert alert) implements Verdict {
    @Override
    public String word() {
      return "closed";
    }
  }

  /** It is another officer's to judge, who has claimed it. */
  record Claimed(Actor by) implements Verdict {
    @Override
    public String word() {
      return "claimed";
    }
  }

  /** In two-person mode nobody confirms himself. */
  record SameOfficer() implements Verdict {
    @Override
    public String word() {
      return "same-officer";
    }
  }

  /** Two officers disagree: a supervisor who is neither of them decides. */
  record Disputed() implements Verdict {
    @Override
    public String word() {
      return "disputed";
    }
  }

  /** An authority has taken the subject off the list: it is not judged true any more. */
  record Withdrawn() implements Verdict {
    @Override
    public String word() {
      return "withdrawn";
    }
  }

  /** Of what cannot be looked at, nobody can say that it is true or false. */
  record Unreadable() implements Verdict {
    @Override
    public String word() {
      return "unreadable";
    }
  }
}
