package org.sightline.edge.board.room;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.publish.EngagementMessage;
import org.sightline.edge.publish.EngagementReceipt.Result;

/**
 * What an officer stated, and how far it has come on its way to the van. Immutable.
 *
 * @param sent whether the broker has taken it
 * @param answer what the van has said of it; null if it has not
 */
public record Statement(EngagementMessage message, boolean sent, @Nullable Result answer) {
  /** How far it has come, in a word: {@code waiting}, {@code sent}, or the van's answer. */
  public String delivery() {
    return answer != null ? answer.word() : sent ? "sent" : "waiting";
  }

  /** Whether the van will say nothing else. */
  boolean isAnswered() {
    return answer != null && answer != Result.NOT_STORED && answer != Result.NOT_JUDGED;
  }

  /** Whether the van never records it. */
  boolean isRefused() {
    return isAnswered() && answer != Result.RECORDED;
  }

  Statement whenSent() {
    return new Statement(message, true, answer);
  }

  Statement answered(Result result) {
    return new Statement(message, true, result);
  }
}
