package org.sightline.edge.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.pipeline.WatchedView;

/** Who looks sees what was hidden before, and nothing else; nobody looks, nothing is done. */
class PreviewsTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final CameraId CAMERA = new CameraId("mast-1");
  private static final Preview PICTURE =
      new Preview(new Jpeg(new byte[] {1}), "", List.of(), 48, null);

  private final AtomicInteger hidden = new AtomicInteger();
  private @AutoClose Previews previews;

  private void hiding(Hider hider) {
    previews = new Previews(List.of(CAMERA), () -> hider, 1);
  }

  private Hider hider(Preview result) {
    return new Hider() {
      @Override
      public Preview hide(FrameCopy copy) {
        hidden.incrementAndGet();
        return result;
      }

      @Override
      public void close() {}
    };
  }

  private void frame() {
    BgrPicture picture = BgrPicture.allocate(64, 48);
    try (Frame frame = new Frame(CAMERA, 0, Duration.ZERO, System.nanoTime(), picture, () -> {})) {
      previews.searched(frame, List.of(), new WatchedView(null));
    }
  }

  @Test
  void whileNobodyLooksNothingIsDone() {
    hiding(hider(PICTURE));

    frame();

    assertThat(previews.last(CAMERA)).isNull();
    previews.close();
    assertThat(hidden).hasValue(0);
  }

  @Test
  void whoLooksSeesTheNextFrameOnceItsFacesAreHidden() {
    hiding(hider(PICTURE));
    assertThat(previews.look(CAMERA)).isNull();

    frame();

    await().atMost(SOON).until(() -> PICTURE.equals(previews.look(CAMERA)));
  }

  @Test
  void framesThatComeFasterThanTheyAreShownAreLeftAlone() {
    hiding(hider(PICTURE));
    previews.look(CAMERA);

    for (int i = 0; i < 100; i++) {
      frame();
    }

    await().atMost(SOON).until(() -> PICTURE.equals(previews.look(CAMERA)));
    assertThat(hidden.get()).isLessThan(3);
  }

  @Test
  void aFrameThatCannotBeSearchedIsNotShown() {
    hiding(
        new Hider() {
          @Override
          public Preview hide(FrameCopy copy) {
            throw new IllegalStateException("no");
          }

          @Override
          public void close() {}
        });
    previews.look(CAMERA);

    frame();

    await().atMost(SOON).until(() -> previews.look(CAMERA) != null);
    assertThat(previews.look(CAMERA).jpeg()).isNull();
    assertThat(previews.look(CAMERA).why()).isEqualTo("the picture cannot be searched");
  }

  @Test
  void whatWasTakenBeforeTheCamerasClosedIsNotShownAfterwards() {
    PreviewSlot slot = new PreviewSlot();
    long taken = System.nanoTime();
    slot.look(taken);
    assertThat(slot.takes(taken)).isTrue();

    slot.clear();
    slot.show(PICTURE, taken);

    assertThat(slot.last(System.nanoTime())).isNull();
  }

  @Test
  void aCopyIsWipedOnceItIsHidden() {
    BgrPicture[] copied = new BgrPicture[1];
    hiding(
        new Hider() {
          @Override
          public Preview hide(FrameCopy copy) {
            copied[0] = copy.small();
            copy.small().data().put(0, (byte) 7);
            return PICTURE;
          }

          @Override
          public void close() {}
        });
    previews.look(CAMERA);

    frame();

    await().atMost(SOON).until(() -> copied[0] != null && copied[0].data().get(0) == 0);
  }
}
