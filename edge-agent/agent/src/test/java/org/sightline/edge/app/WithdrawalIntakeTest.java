package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.store.Database;
import org.slf4j.LoggerFactory;

/** Withdrawals as messages: what is kept of a flood, and what is said of it. */
class WithdrawalIntakeTest {
  private static final byte GENUINE = 7;

  @TempDir private Path folder;
  private Database database;
  private WithdrawalIntake intake;

  @BeforeEach
  void open() throws Exception {
    database = Database.open(folder);
    intake = new WithdrawalIntake(document -> document[0] == GENUINE, database);
  }

  @AfterEach
  void close() throws Exception {
    database.close();
  }

  private static byte[] genuine(int number) {
    return ByteBuffer.allocate(5).put(GENUINE).putInt(number).array();
  }

  @Test
  void whatIsGenuineIsHandedOverOnce() {
    intake.take(genuine(1));
    intake.take(genuine(1));
    assertThat(intake.arrived()).containsExactly(genuine(1));
    intake.take(genuine(1));
    assertThat(intake.arrived()).isEmpty();
  }

  @Test
  void junkTakesNoPlaceOfAGenuineOne() {
    for (int i = 0; i < 100_000; i++) {
      intake.take(new byte[] {0, (byte) i});
    }
    intake.take(genuine(1));
    assertThat(intake.arrived()).containsExactly(genuine(1));
    assertThat(intake.ignored()).isEqualTo(100_000);
  }

  @Test
  void aFloodOfGenuineOnesIsBounded() {
    for (int i = 0; i < 10_000; i++) {
      intake.take(genuine(i));
    }
    assertThat(intake.arrived()).hasSize(WithdrawalIntake.MOST_WAITING);
    assertThat(intake.ignored()).isEqualTo(10_000 - WithdrawalIntake.MOST_WAITING);
  }

  @Test
  void oneThatFoundNoPlaceIsTakenWhenItComesAgain() {
    for (int i = 0; i <= WithdrawalIntake.MOST_WAITING; i++) {
      intake.take(genuine(i));
    }
    intake.arrived();
    intake.take(genuine(WithdrawalIntake.MOST_WAITING));
    assertThat(intake.arrived()).containsExactly(genuine(WithdrawalIntake.MOST_WAITING));
  }

  @Test
  void aFloodIsOneLineOfTheLog() {
    Logger logger = (Logger) LoggerFactory.getLogger(GenuineDocuments.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      for (int i = 0; i < 1000; i++) {
        intake.take(new byte[] {0, 1});
      }
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .containsExactly(
            "Ignoring message: not a withdrawal that an authority trusted here has signed");
  }
}
