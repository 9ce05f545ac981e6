package org.sightline.edge.board.room;

import java.time.Instant;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.MessageFault;

/**
 * Messages on a van's topic that were not taken, all for one reason. Immutable.
 *
 * @param count how many, since an officer last took note
 * @param latest when the last one came, by this board's clock
 */
public record Refused(VanId van, Kind kind, MessageFault fault, int count, Instant latest) {
  /** What the messages claim to be. */
  public enum Kind {
    ALERT("alert"),
    RECEIPT("receipt"),
    SIGHTING("sighting"),
    STATUS("status");

    private final String word;

    Kind(String word) {
      this.word = word;
    }

    public String word() {
      return word;
    }
  }

  Refused oneMore(Instant now) {
    return new Refused(van, kind, fault, count + 1, now);
  }
}
