package org.sightline.edge.enrol;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.sightline.edge.enrol.EnrolmentResult.Reason;
import org.sightline.edge.enrol.EnrolmentResult.Refused;
import org.sightline.edge.enrol.EnrolmentWorkers.Enrolments;

class EnrolmentWorkersTest {
  private static final List<Path> PICTURES =
      IntStream.range(0, 100).mapToObj(i -> Path.of(i + ".jpg")).toList();

  @Test
  void resultsComeInTheOrderOfThePicturesWhicheverIsDoneFirst() throws Exception {
    CountDownLatch aLaterOneIsDone = new CountDownLatch(1);
    Function<Path, EnrolmentResult> enroller =
        picture -> {
          if (picture.equals(PICTURES.get(0))) {
            await(aLaterOneIsDone);
          } else if (picture.equals(PICTURES.get(2))) {
            aLaterOneIsDone.countDown();
          }
          return refused(picture);
        };
    List<Path> inOrder = new ArrayList<>();
    try (EnrolmentWorkers workers = new EnrolmentWorkers(List.of(enroller, enroller), List.of())) {
      Enrolments enrolments = workers.enrol(PICTURES);
      while (enrolments.hasNext()) {
        EnrolmentWorkers.Enrolment enrolment = enrolments.next();
        assertThat(enrolment.result()).isEqualTo(refused(enrolment.picture()));
        inOrder.add(enrolment.picture());
      }
    }
    assertThat(inOrder).isEqualTo(PICTURES);
  }

  @Test
  void onlyAFewPicturesAreEnrolledBeforeTheyAreAskedFor() throws Exception {
    AtomicInteger enrolled = new AtomicInteger();
    Function<Path, EnrolmentResult> enroller =
        picture -> {
          enrolled.incrementAndGet();
          return refused(picture);
        };
    try (EnrolmentWorkers workers = new EnrolmentWorkers(List.of(enroller), List.of())) {
      workers.enrol(PICTURES).next();
    }
    assertThat(enrolled.get()).isBetween(1, 8);
  }

  @Test
  void anEnrollerIsUsedByOneThreadAtATime() throws Exception {
    AtomicInteger users = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Function<Path, EnrolmentResult> enroller =
        picture -> {
          most.accumulateAndGet(users.incrementAndGet(), Math::max);
          users.decrementAndGet();
          return refused(picture);
        };
    Function<Path, EnrolmentResult> other = EnrolmentWorkersTest::refused;
    try (EnrolmentWorkers workers = new EnrolmentWorkers(List.of(enroller, other), List.of())) {
      Enrolments enrolments = workers.enrol(PICTURES);
      while (enrolments.hasNext()) {
        enrolments.next();
      }
    }
    assertThat(most.get()).isEqualTo(1);
  }

  private static EnrolmentResult refused(Path picture) {
    return new Refused(Reason.NO_FACE, picture.toString());
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
