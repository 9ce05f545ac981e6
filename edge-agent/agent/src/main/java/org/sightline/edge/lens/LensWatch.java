package org.sightline.edge.lens;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.Picture;

/**
 * Watches whether one camera can see. It looks at a frame four times a second, and raises or clears
 * a fault only after it has looked otherwise for some seconds on end, so that nobody who passes by
 * raises one and none comes and goes. {@link #see} is of one thread; {@link #fault} of any.
 *
 * <p>What is absolute (covered, blinded, dark, frozen) is known from the first second on; what is
 * relative (turned, out of focus) is compared with what this camera saw since it was opened: its
 * first seconds, and from then on, slowly, what it sees while it is well. So the light may change,
 * and a view that has been another one for {@link #ADOPTED}, or for several times as long as the
 * one before was known, is the view; one out of focus never is. Where pictures come in another
 * size, what it saw counts no more. A camera that is badly aimed or out of focus from the beginning
 * is not found here.
 */
public final class LensWatch {
  private static final long LOOK_NANOS = Duration.ofMillis(250).toNanos();

  /** How long it has to look otherwise on end. */
  private static final Duration ONSET = Duration.ofSeconds(4);

  /** How long the same picture comes before it counts as frozen: encoders repeat a still scene. */
  private static final Duration SAME = Duration.ofSeconds(2);

  /** After so long another view is no fault any more, however long the one before was known. */
  static final Duration ADOPTED = Duration.ofMinutes(10);

  /**
   * A view that was known for a short time, such as that of a lorry that stood there at the start,
   * counts for less: another one that lasts so many times as long, and so long at least, is the
   * view.
   */
  private static final int TIMES_AS_LONG = 3;

  private static final Duration ADOPTED_AT_LEAST = Duration.ofSeconds(30);

  /** Time without a look after which what was before says nothing of what is now. */
  private static final Duration OUTAGE = Duration.ofSeconds(2);

  private static final long NEVER = Long.MAX_VALUE;

  private final View view = new View();
  private final Baseline baseline = new Baseline();
  private long dueNanos;
  private long otherwiseSinceNanos;
  private long changedNanos;
  private long lookedNanos;
  private long turnedSinceNanos = NEVER;
  private int widthPx;
  private int heightPx;
  private boolean begun;
  private volatile @Nullable LensFault shown;

  /** Why the camera cannot see; empty while it can, as far as is known. */
  public Optional<LensFault> fault() {
    return Optional.ofNullable(shown);
  }

  /** Takes note of a frame, which is only read; most are not looked at. */
  public void see(Frame frame) {
    long at = frame.streamTime().toNanos();
    if (begun && at < dueNanos) {
      return;
    }
    dueNanos = at + LOOK_NANOS;
    compareAfresh(frame.picture());
    view.take(frame.picture());
    if (!begun || at - lookedNanos > OUTAGE.toNanos()) {
      begun = true;
      otherwiseSinceNanos = at;
      changedNanos = at;
    }
    lookedNanos = at;
    if (view.change() > LensLimits.SAME_CHANGE) {
      changedNanos = at;
    }
    LensFault found = judge(at);
    if (found == null && shown == null) {
      baseline.learn(view, at);
    }
    settle(found, at);
  }

  /** Edges of pictures of another size say nothing of sharpness: their pixels are other ones. */
  private void compareAfresh(Picture picture) {
    if (picture.widthPx() == widthPx && picture.heightPx() == heightPx) {
      return;
    }
    widthPx = picture.widthPx();
    heightPx = picture.heightPx();
    baseline.forget();
    if (shown == LensFault.TURNED || shown == LensFault.DEFOCUSED) {
      shown = null;
      turnedSinceNanos = NEVER;
    }
  }

  private void settle(@Nullable LensFault found, long at) {
    if (found == shown) {
      otherwiseSinceNanos = at;
      if (at - turnedSinceNanos >= adoptedAfter().toNanos()) {
        baseline.forget();
      }
    } else if (at - otherwiseSinceNanos >= ONSET.toNanos()) {
      shown = found;
      otherwiseSinceNanos = at;
      // Another view may be less sharp now and then, and is the same other view all the while.
      if (found == LensFault.TURNED) {
        turnedSinceNanos = Math.min(turnedSinceNanos, at);
      } else if (found != LensFault.DEFOCUSED) {
        turnedSinceNanos = NEVER;
      }
    }
  }

  private Duration adoptedAfter() {
    Duration known = baseline.learnt().multipliedBy(TIMES_AS_LONG);
    Duration needed = known.compareTo(ADOPTED_AT_LEAST) < 0 ? ADOPTED_AT_LEAST : known;
    return needed.compareTo(ADOPTED) < 0 ? needed : ADOPTED;
  }

  /** The first that holds; the later ones cannot be judged where an earlier one holds. */
  private @Nullable LensFault judge(long at) {
    if (view.clipped() > LensLimits.CLIPPED.of(shown == LensFault.BLINDED)) {
      return LensFault.BLINDED;
    }
    if (view.structure() < LensLimits.flat(view.mean(), shown == LensFault.COVERED)) {
      return LensFault.COVERED;
    }
    if (view.mean() < LensLimits.DIM.of(shown == LensFault.DARK)) {
      return LensFault.DARK;
    }
    if (at - changedNanos >= SAME.toNanos()) {
      return LensFault.FROZEN;
    }
    baseline.follow(view, at);
    if (baseline.likeness() < LensLimits.LIKENESS.of(shown == LensFault.TURNED)) {
      return LensFault.TURNED;
    }
    if (baseline.sharpness() < LensLimits.SHARPNESS.of(shown == LensFault.DEFOCUSED)) {
      return LensFault.DEFOCUSED;
    }
    return null;
  }
}
