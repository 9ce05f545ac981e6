package org.sightline.edge.board.room;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.publish.ReceivedAlert;

/**
 * An alert as the control room has it. Immutable.
 *
 * @param content null where nothing but its outcome is known
 * @param sent when its van sent it, by this board's clock
 * @param expires when it is deleted, with all that is known of it
 */
public record OpenAlert(
    UUID id, @Nullable ReceivedAlert content, Instant sent, Instant expires, Judgement judgement) {

  OpenAlert with(Judgement judged) {
    return new OpenAlert(id, content, sent, expires, judged);
  }

  /** The same without its pictures: once it is done with, nobody needs to look at them. */
  OpenAlert withoutPictures() {
    return content == null
        ? this
        : new OpenAlert(id, content.withoutPictures(), sent, expires, judgement);
  }

  /** Whether the keys of this control room have opened it. */
  public boolean isReadable() {
    return content != null && content.match() != null;
  }
}
