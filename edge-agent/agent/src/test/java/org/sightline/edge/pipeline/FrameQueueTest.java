package org.sightline.edge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Frame;

class FrameQueueTest {
  private static final CameraId LEFT = new CameraId("left");
  private static final CameraId RIGHT = new CameraId("right");
  private static final BgrPicture PICTURE = BgrPicture.allocate(2, 2);

  private final PipelineCounters counters = new PipelineCounters();
  private final FrameQueue queue = new FrameQueue(2, counters, camera -> {});
  private final List<Long> closed = new ArrayList<>();

  @Test
  void framesComeOutOldestFirstOverAllCameras() throws Exception {
    queue.offer(frame(LEFT, 0));
    queue.offer(frame(RIGHT, 1));
    queue.offer(frame(LEFT, 2));
    assertThat(List.of(take(), take(), take())).containsExactly(0L, 1L, 2L);
  }

  @Test
  void aBusyBoxGivesUpTheFrameThatHasWaitedLongest() throws Exception {
    queue.offer(frame(LEFT, 0));
    queue.offer(frame(LEFT, 1));
    queue.offer(frame(LEFT, 2));
    assertThat(closed).containsExactly(0L);
    assertThat(counters.snapshot(0).frames().dropped()).isOne();
    assertThat(take()).isEqualTo(1);
  }

  @Test
  void aCameraNeverCostsAnotherItsFrames() {
    queue.offer(frame(RIGHT, 0));
    for (int i = 1; i < 10; i++) {
      queue.offer(frame(LEFT, i));
    }
    assertThat(closed).doesNotContain(0L);
  }

  @Test
  void aClipThatMayLoseNothingWaitsForRoom() throws Exception {
    queue.put(frame(LEFT, 0));
    queue.put(frame(LEFT, 1));
    Thread waiting = new Thread(() -> putQuietly(frame(LEFT, 2)));
    waiting.start();
    Awaitility.await().until(() -> waiting.getState() == Thread.State.WAITING);
    take();
    waiting.join(Duration.ofSeconds(5).toMillis());
    assertThat(List.of(take(), take())).containsExactly(1L, 2L);
    assertThat(counters.snapshot(0).frames().dropped()).isZero();
  }

  @Test
  void framesTakenTogetherAreTheOldestOfDifferentCameras() throws Exception {
    queue.offer(frame(LEFT, 0));
    queue.offer(frame(LEFT, 1));
    queue.offer(frame(RIGHT, 2));
    assertThat(queue.take(Duration.ofSeconds(5), 8))
        .extracting(Frame::number)
        .containsExactly(0L, 2L);
    assertThat(take()).isEqualTo(1);
  }

  @Test
  void theLongestWaitOfAFrameIsKnown() throws Exception {
    long wait = Duration.ofMinutes(1).toNanos();
    queue.offer(new Frame(LEFT, 0, Duration.ZERO, System.nanoTime() - wait, PICTURE, () -> {}));
    take();
    assertThat(counters.snapshot(0).longestWait()).isGreaterThanOrEqualTo(Duration.ofNanos(wait));
  }

  @Test
  void aClosedQueueGivesWhatWaitsAndThenNothing() throws Exception {
    queue.offer(frame(LEFT, 0));
    queue.close();
    queue.offer(frame(LEFT, 1));
    assertThat(take()).isZero();
    assertThat(queue.isFinished()).isTrue();
    assertThat(closed).containsExactly(1L);
  }

  @Test
  void discardingGivesEveryFrameBack() {
    queue.offer(frame(LEFT, 0));
    queue.offer(frame(RIGHT, 1));
    queue.discard();
    assertThat(closed).containsExactly(0L, 1L);
  }

  private void putQuietly(Frame frame) {
    try {
      queue.put(frame);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long take() throws InterruptedException {
    return queue.take(Duration.ofSeconds(5), 1).get(0).number();
  }

  private Frame frame(CameraId camera, long number) {
    return new Frame(
        camera, number, Duration.ofMillis(40 * number), 0, PICTURE, () -> closed.add(number));
  }
}
