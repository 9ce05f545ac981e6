package org.sightline.edge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.publish.Alerts;

class UnstoredAlertsTest {
  private final List<Alert> stored = new ArrayList<>();
  private final PipelineCounters counters = new PipelineCounters();
  private boolean full;
  private final UnstoredAlerts unstored = new UnstoredAlerts(this::store, counters);

  private void store(Alert alert) throws SightlineException {
    if (full) {
      throw new FullDisk();
    }
    stored.add(alert);
  }

  private List<Alert> add(int count) {
    List<Alert> alerts =
        IntStream.range(0, count).mapToObj(number -> Alerts.about("S-" + number)).toList();
    alerts.forEach(unstored::add);
    return alerts;
  }

  @Test
  void whatCannotBeStoredIsHeldInOrder() {
    full = true;
    List<Alert> alerts = add(3);
    assertThat(counters.snapshot(0).alerts().inMemory()).isEqualTo(3);

    full = false;
    unstored.storeOrGiveUp();

    assertThat(stored).containsExactlyElementsOf(alerts);
    assertThat(counters.snapshot(0).alerts().inMemory()).isZero();
  }

  @Test
  void whatComesLaterDoesNotOvertakeWhatIsHeld() {
    full = true;
    List<Alert> alerts = new ArrayList<>(add(1));
    full = false;

    alerts.addAll(add(1));
    unstored.storeOrGiveUp();

    assertThat(stored).containsExactlyElementsOf(alerts);
  }

  @Test
  void beyondTheBoundTheOldestIsLostAndCounted() {
    full = true;
    List<Alert> alerts = add(UnstoredAlerts.MOST_HELD + 2);
    full = false;

    unstored.storeOrGiveUp();

    assertThat(stored).containsExactlyElementsOf(alerts.subList(2, alerts.size()));
    assertThat(counters.snapshot(0).alerts().lost()).isEqualTo(2);
  }

  private static final class FullDisk extends SightlineException {
    private static final long serialVersionUID = 1L;

    FullDisk() {
      super(ErrorKind.TEMPORARY, "the disk is full", "test", "make room");
    }
  }
}
