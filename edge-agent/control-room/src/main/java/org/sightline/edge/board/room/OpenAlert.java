package org.sightline.edge.board.room;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.ReceivedAlert;

/**
 * An alert as the control room has it. Immutable.
 *
 * @param van whose it is; null where that is not known
 * @param content null where nothing but its outcome is known; without pictures, which are on disk,
 *     unless the disk did not take them
 * @param eventBytes length of its event, with the pictures
 * @param sent when its van sent it, by this board's clock
 * @param expires when it is deleted, with all that is known of it
 * @param seen null while nobody has looked at it
 */
public record OpenAlert(
    UUID id,
    @Nullable VanId van,
    @Nullable ReceivedAlert content,
    int eventBytes,
    Instant sent,
    Instant expires,
    Judgement judgement,
    @Nullable Seen seen) {

  /** One that nobody has looked at or judged. */
  static OpenAlert of(ReceivedAlert content, int eventBytes, Instant sent, Instant expires) {
    return new OpenAlert(
        content.id(),
        content.origin().van(),
        content,
        eventBytes,
        sent,
        expires,
        Judgement.NONE,
        null);
  }

  OpenAlert with(Judgement judged) {
    return new OpenAlert(
        id, van, content, eventBytes, sent, expires, judged.following(judgement), seen);
  }

  OpenAlert with(Seen first) {
    return new OpenAlert(id, van, content, eventBytes, sent, expires, judgement, first);
  }

  /** The same without its pictures. */
  OpenAlert withoutPictures() {
    return content == null
        ? this
        : new OpenAlert(
            id, van, content.withoutPictures(), eventBytes, sent, expires, judgement, seen);
  }

  /** Whether it was put away: nothing is known of it but that it came, and was judged. */
  boolean isPutAway() {
    return content == null && judgement.equals(Judgement.NONE);
  }

  /**
   * Whether another alert of this id says nothing new: it came before, or was judged before it came
   * here, by as many as it needs. What nobody has signed keeps no signed one from being shown.
   */
  boolean isRepeatedBy(ReceivedAlert other) {
    if (content == null) {
      return other.origin().van().equals(van)
          && (!other.twoOfficers() || judgement.isOfTwoOfficers());
    }
    return content.isSigned() || !other.isSigned();
  }

  /** When it was judged; when it came if that is not known. */
  Instant judgedAt() {
    return Objects.requireNonNullElse(judgement.at(), sent);
  }

  /**
   * When it was judged, if nothing is awaited of it any more; null if something is.
   *
   * @param street what became of it there
   */
  @Nullable Instant settledAt(Engaged street) {
    return content != null && judgement.isConfirmed() && street.isSettled(judgement)
        ? judgedAt()
        : null;
  }

  /**
   * How long it may still be acted upon, by this board's clock and the van's own times: negative
   * once it may not.
   *
   * @throws NullPointerException if nothing but its outcome is known
   */
  public Duration staleIn(Instant now) {
    ReceivedAlert.Times times = Objects.requireNonNull(content).times();
    return Duration.between(times.published(), times.staleAt()).minus(Duration.between(sent, now));
  }

  /**
   * Whether it must not be acted upon any more.
   *
   * @throws NullPointerException if nothing but its outcome is known
   */
  public boolean isStale(Instant now) {
    return Objects.requireNonNull(content).times().stale()
        || staleIn(now).compareTo(Duration.ZERO) <= 0;
  }

  /** Whether the keys of this control room have opened it. */
  public boolean isReadable() {
    return content != null && content.match() != null;
  }
}
