package org.sightline.edge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/** How tests stand beside each other. */
class DoctorTest {
  private static final Check FINE = new Check("fine", () -> List.of(Finding.good("fine", "yes")));

  @Test
  void aTestThatHangsCostsItsOwnLineAlone() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    Check hanging =
        new Check(
            "hanging",
            () -> {
              never.await();
              return List.of();
            });

    List<Finding> findings = new Doctor(Duration.ofMillis(200)).run(List.of(hanging, FINE));

    assertThat(findings).extracting(Finding::subject).containsExactly("hanging", "fine");
    assertThat(findings).extracting(Finding::verdict).containsExactly(Verdict.BAD, Verdict.GOOD);
    assertThat(findings.get(0).measured()).contains("no result within");
  }

  @Test
  void aTestThatFailsUnexpectedlyCostsItsOwnLineAlone() throws Exception {
    Check broken =
        new Check(
            "broken",
            () -> {
              throw new IllegalStateException("secret");
            });

    List<Finding> findings = new Doctor().run(List.of(broken, FINE));

    assertThat(findings.get(0).measured())
        .contains("IllegalStateException")
        .doesNotContain("secret");
    assertThat(findings.get(1).verdict()).isEqualTo(Verdict.GOOD);
  }

  @Test
  void anExpectedFailureIsItsOwnLine() throws Exception {
    Check failing =
        new Check(
            "key",
            () -> {
              throw new SightlineException(ErrorKind.UNUSABLE_INPUT, "no key", "there", "make one");
            });

    assertThat(new Doctor().run(List.of(failing)))
        .containsExactly(new Finding("key", Verdict.BAD, "no key: there", "", "make one"));
  }

  @Test
  void testsAreMadeSideBySide() throws Exception {
    CyclicBarrier together = new CyclicBarrier(2);
    Check.Test meeting =
        () -> {
          together.await();
          return List.of(Finding.good("met", "yes"));
        };

    assertThat(
            new Doctor(Duration.ofSeconds(20))
                .run(List.of(new Check("one", meeting), new Check("other", meeting))))
        .extracting(Finding::verdict)
        .containsOnly(Verdict.GOOD);
  }

  /** 99 % full, of a disk of 32 GiB. */
  @Test
  void aDiskThatIsAlmostFullIsNamedWithWhatIsNeeded() {
    assertThat(DiskChecks.space(327, Path.of("/data")))
        .isEqualTo(
            new Finding(
                "disk space",
                Verdict.BAD,
                "327 MiB free",
                "at least 512 MiB",
                "free space on the disk of /data"));
  }
}
