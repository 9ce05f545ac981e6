package org.sightline.edge.lens;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.domain.Frame;

class LensWatchTest {
  private static final double FRAMES_PER_SECOND = 4;

  /** An alarm is to be at the board within 10 s; a second or two are the way there. */
  private static final double SOON_SECONDS = 8;

  private final GeneratedStreet street = new GeneratedStreet(1);
  private final LensWatch watch = new LensWatch();
  private double now;

  /** What was shown after each frame. */
  private List<LensFault> watchFor(double seconds, UnaryOperator<Grey> change) {
    List<LensFault> shown = new ArrayList<>();
    for (double end = now + seconds; now < end; now += 1 / FRAMES_PER_SECOND) {
      Duration at = Duration.ofMillis(Math.round(1000 * now));
      try (Frame frame = change.apply(street.at(now)).frame(at)) {
        watch.see(frame);
      }
      watch.fault().ifPresent(shown::add);
    }
    return shown;
  }

  private List<LensFault> watchFor(double seconds) {
    return watchFor(seconds, seen -> seen);
  }

  private UnaryOperator<Grey> fault(LensFault fault) {
    Grey before = street.at(now);
    return seen -> seen.with(Fault.of(fault, seen, before));
  }

  @Test
  void aStreetWithPeopleInItHasNoFault() {
    assertThat(watchFor(120)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aFaultIsRaisedByItsNameWithinSeconds(LensFault fault) {
    watchFor(20);

    watchFor(SOON_SECONDS, fault(fault));

    assertThat(watch.fault()).contains(fault);
  }

  @ParameterizedTest
  @EnumSource
  void aFaultStaysWhileItsCauseDoes(LensFault fault) {
    watchFor(20);
    UnaryOperator<Grey> broken = fault(fault);
    watchFor(SOON_SECONDS, broken);

    assertThat(watchFor(40, broken)).containsOnly(fault).hasSize((int) (40 * FRAMES_PER_SECOND));
  }

  @ParameterizedTest
  @EnumSource
  void aFaultIsClearedWithinSecondsOnceItsCauseIsGone(LensFault fault) {
    watchFor(20);
    watchFor(60, fault(fault));

    watchFor(SOON_SECONDS);

    assertThat(watch.fault()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatPassesWithinTwoSecondsRaisesNothing(LensFault fault) {
    watchFor(20);

    assertThat(watchFor(2, fault(fault))).isEmpty();
    assertThat(watchFor(20)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"COVERED", "BLINDED", "DARK", "FROZEN"})
  void aCameraThatWasNeverWellIsFoundToo(LensFault fault) {
    watchFor(SOON_SECONDS, fault(fault));

    assertThat(watch.fault()).contains(fault);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.25, 0.5})
  void aCameraThatIsTurnedByATenthOfItsViewIsTurned(double share) {
    watchFor(20);

    watchFor(SOON_SECONDS, seen -> seen.with(Fault.shifted(seen, share)));

    assertThat(watch.fault()).contains(LensFault.TURNED);
  }

  @Test
  void aMastThatSwaysIsNotTurned() {
    watchFor(20);

    assertThat(watchFor(60, seen -> seen.with(Fault.shifted(seen, 0.01 * Math.sin(now)))))
        .isEmpty();
  }

  @Test
  void duskIsNoFaultUntilItIsTooDarkForFaces() {
    watchFor(20);
    double dusk = now;

    List<LensFault> shown =
        watchFor(
            600,
            seen -> {
              byte[] dimmed = seen.pixels().clone();
              double light = 1 - 0.7 * (now - dusk) / 600;
              for (int i = 0; i < dimmed.length; i++) {
                dimmed[i] = (byte) ((dimmed[i] & 0xff) * light);
              }
              return seen.with(dimmed);
            });

    assertThat(shown).isEmpty();
  }

  @Test
  void anotherViewIsTheViewOnceItHasLastedLong() {
    watchFor(20);

    watchFor(LensWatch.ADOPTED.toSeconds() + 2 * SOON_SECONDS, fault(LensFault.TURNED));

    assertThat(watch.fault()).isEmpty();
  }

  @Test
  void whatWasSeenAtTheStartOnlyIsNotTheViewForLong() {
    watchFor(6, fault(LensFault.TURNED));

    watchFor(60);

    assertThat(watch.fault()).isEmpty();
  }

  @Test
  void anotherViewIsAFaultAlthoughTheOneBeforeWasKnownForSecondsOnly() {
    watchFor(6, fault(LensFault.TURNED));

    watchFor(20);

    assertThat(watch.fault()).contains(LensFault.TURNED);
  }

  @ParameterizedTest
  @EnumSource
  void theFirstLookAfterAnOutageRaisesNothing(LensFault fault) {
    watchFor(20);
    UnaryOperator<Grey> broken = fault(fault);
    now += 60;

    assertThat(watchFor(2, broken)).isEmpty();
  }

  @Test
  void aLensOutOfFocusIsOneForAsLongAsItIs() {
    watchFor(20);
    UnaryOperator<Grey> broken = fault(LensFault.DEFOCUSED);

    watchFor(LensWatch.ADOPTED.plusMinutes(1).toMillis() / 1e3, broken);

    assertThat(watch.fault()).contains(LensFault.DEFOCUSED);
  }

  @Test
  void aCameraThatSendsLargerPicturesIsNotOutOfFocus() {
    watchFor(20);

    assertThat(watchFor(12, LensWatchTest::enlarged)).isEmpty();
  }

  @Test
  void aFaultThatIsHeldAgainstPicturesOfAnotherSizeIsCleared() {
    watchFor(20);
    watchFor(SOON_SECONDS, fault(LensFault.TURNED));

    watchFor(1, LensWatchTest::enlarged);

    assertThat(watch.fault()).isEmpty();
  }

  /** Four times as wide and high: an edge is spread over four times as many pixels. */
  private static Grey enlarged(Grey seen) {
    int times = 4;
    int width = times * seen.widthPx();
    int height = times * seen.heightPx();
    byte[] pixels = new byte[width * height];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        pixels[y * width + x] = between(seen, x / (float) times, y / (float) times);
      }
    }
    return new Grey(width, height, pixels);
  }

  private static byte between(Grey seen, float x, float y) {
    int left = (int) x;
    int top = (int) y;
    int right = Math.min(left + 1, seen.widthPx() - 1);
    int bottom = Math.min(top + 1, seen.heightPx() - 1);
    float across = x - left;
    float down = y - top;
    float upper = (1 - across) * at(seen, left, top) + across * at(seen, right, top);
    float lower = (1 - across) * at(seen, left, bottom) + across * at(seen, right, bottom);
    return (byte) Math.round((1 - down) * upper + down * lower);
  }

  private static int at(Grey seen, int x, int y) {
    return seen.pixels()[y * seen.widthPx() + x] & 0xff;
  }

  @Test
  void aCoverThatIsReplacedByALampIsCalledWhatItIsNow() {
    watchFor(20);
    watchFor(SOON_SECONDS, fault(LensFault.COVERED));

    watchFor(SOON_SECONDS, fault(LensFault.BLINDED));

    assertThat(watch.fault()).contains(LensFault.BLINDED);
  }

  @Test
  void aPictureSmallerThanTheSampleIsReadToo() {
    byte[] pixels = new byte[16 * 9];
    try (Frame frame = new Grey(16, 9, pixels).frame(Duration.ZERO)) {
      watch.see(frame);
    }

    assertThat(watch.fault()).isEmpty();
  }
}
