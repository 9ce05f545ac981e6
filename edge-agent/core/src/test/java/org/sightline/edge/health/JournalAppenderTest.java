package org.sightline.edge.health;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.newsclub.net.unix.AFUNIXSocketAddress;

class JournalAppenderTest {
  private final LoggerContext context = new LoggerContext();
  private final Logger log = context.getLogger("org.sightline.edge.app.Alarms");
  private final ListAppender<ILoggingEvent> otherwise = new ListAppender<>();

  @TempDir private Path folder;
  private Path socket;
  private ServiceManager journal;
  private JournalAppender appender;

  @BeforeEach
  void attach() throws Exception {
    socket = folder.resolve("journal");
    journal = new ServiceManager(AFUNIXSocketAddress.of(socket));
    PatternLayoutEncoder lines = new PatternLayoutEncoder();
    lines.setContext(context);
    lines.setPattern("%-5level %logger{0} %msg%n%ex");
    lines.start();
    otherwise.start();
    appender = new JournalAppender(socket, lines, otherwise);
    appender.setContext(context);
    appender.start();
    log.addAppender(appender);
  }

  @AfterEach
  void close() {
    appender.stop();
    journal.close();
  }

  /** As in the journal's protocol: the length of eight bytes, the lowest first. */
  private static String field(String name, String value) {
    return name + "\n" + (char) value.length() + "\0".repeat(7) + value + "\n";
  }

  @Test
  void aLineArrivesWithItsPriorityAndWhatItIsAbout() throws Exception {
    log.atWarn().addKeyValue("CAMERA", "mast-1").addKeyValue("ALARM", "camera-dark").log("Dark");

    assertThat(journal.next())
        .startsWith(field("MESSAGE", "WARN  Alarms Dark"))
        .contains(
            field("PRIORITY", "4"),
            field("SYSLOG_IDENTIFIER", "sightline"),
            field("LOGGER", "org.sightline.edge.app.Alarms"),
            field("CAMERA", "mast-1"),
            field("ALARM", "camera-dark"));
  }

  @Test
  void aTextOfSeveralLinesMakesNoFieldOfItsOwn() throws Exception {
    log.warn("It said:\nPRIORITY=0");

    assertThat(journal.next()).contains(field("MESSAGE", "WARN  Alarms It said:\nPRIORITY=0"));
  }

  @Test
  void aKeyThatIsNoNameOfAFieldIsLeftOut() throws Exception {
    log.atWarn().addKeyValue("_PID", "1").addKeyValue("camera", "mast-1").log("Dark");

    assertThat(journal.next()).doesNotContain("_PID", "camera");
  }

  @Test
  void whatTheJournalDoesNotTakeGoesWhereLinesWentBefore() {
    journal.close();

    log.error("Dark");

    assertThat(otherwise.list).extracting(ILoggingEvent::getMessage).containsExactly("Dark");
  }
}
