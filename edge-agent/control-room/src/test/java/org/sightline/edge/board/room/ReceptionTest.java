package org.sightline.edge.board.room;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What the program's log says of a room that no alert can reach. */
class ReceptionTest {
  @Test
  void aBrokerThatIsNotHeardAnyMoreIsOneWarning(@TempDir Path folder) throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(ControlRoom.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    try (TwoRooms rooms = new TwoRooms(folder)) {
      rooms.north.hears(true);
      log.start();
      logger.addAppender(log);

      rooms.north.hears(false);
      rooms.north.hears(false);
    } finally {
      logger.detachAppender(log);
    }

    assertThat(log.list)
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.getLevel()).isEqualTo(Level.WARN);
              assertThat(line.getFormattedMessage()).startsWith("NO ALERT ARRIVES");
            });
  }
}
