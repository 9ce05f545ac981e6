package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.LogWatch;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** An audit log that does not continue what a van has published of it. */
@Execution(ExecutionMode.CONCURRENT)
class VanLogTest {
  private static final String FOLDER = "0f".repeat(16);
  private static final String OTHER_FOLDER = "e1".repeat(16);
  private static final Instant MORNING = Instant.parse("2026-11-24T08:00:00Z");
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @AutoClose private RunningBoard room;

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    room = RunningBoard.in(folder);
  }

  private static AuditHead head(int sequence) {
    return new AuditHead(sequence, Sha256.of(new byte[] {(byte) sequence}));
  }

  private static AuditHead rewritten(int sequence) {
    return new AuditHead(sequence, Sha256.of(new byte[] {(byte) sequence, 1}));
  }

  private static String status(String instance, Instant since, AuditHead head) {
    return """
    {"van":"%s","state":"online","since":"%s","version":"1","queued":0,"ignored":0,
     "auditHead":"%s","instance":"%s"}
    """
        .formatted(Alerts.VAN, since, head, instance);
  }

  private void says(Instant since, AuditHead head) throws Exception {
    says(FOLDER, since, head);
  }

  private void says(String instance, Instant since, AuditHead head) throws Exception {
    room.status(Alerts.VAN, status(instance, since, head));
  }

  /** How the van stands on the board after all that was said; what comes last is known by it. */
  private JsonNode shown() throws Exception {
    try (Events events = room.officer().watch()) {
      events.next("snapshot");
      VanId last = new VanId("last-" + UUID.randomUUID().toString().substring(0, 8));
      room.status(last, "{\"van\":\"%s\",\"state\":\"offline\"}".formatted(last));
      events.next("van", van -> van.required("van").stringValue().equals(last.value()));
    }
    try (Events events = room.officer().watch()) {
      for (JsonNode van : events.next("snapshot").required("vans")) {
        if (van.required("van").stringValue().equals(Alerts.VAN.value())) {
          return van;
        }
      }
    }
    throw new AssertionError("nothing is known of the van");
  }

  private void assertTrouble(String trouble, int published, int found) throws Exception {
    assertThat(shown().path("log").toString())
        .isEqualTo(
            "{\"trouble\":\"%s\",\"published\":%d,\"found\":%d}"
                .formatted(trouble, published, found));
  }

  private void assertNoTrouble() throws Exception {
    assertThat(shown().has("log")).isFalse();
  }

  private int acknowledges(Officer officer) throws Exception {
    return officer
        .send(
            officer
                .to("/api/vans/" + Alerts.VAN + "/log")
                .header("X-CSRF-Token", officer.csrf())
                .POST(BodyPublishers.noBody()))
        .statusCode();
  }

  @Test
  void aLogThatGrowsIsAsItShouldBe() throws Exception {
    says(MORNING, head(12));
    says(MORNING, head(12));
    says(NOON, head(17));

    assertNoTrouble();
  }

  @Test
  void aLogThatWasSetBackIsShown() throws Exception {
    says(MORNING, head(17));
    says(NOON, head(12));

    assertTrouble("set-back", 17, 12);
  }

  @Test
  void itIsShownThoughTheClockWasSetBackToo() throws Exception {
    says(NOON, head(17));
    says(MORNING, head(12));

    assertTrouble("set-back", 17, 12);
  }

  @Test
  void aLogThatWasRewrittenIsShown() throws Exception {
    says(MORNING, head(17));
    says(NOON, rewritten(17));

    assertTrouble("rewritten", 17, 17);
  }

  @Test
  void anotherDataFolderIsShown() throws Exception {
    says(MORNING, head(17));
    says(OTHER_FOLDER, NOON, head(17));

    assertTrouble("other-folder", 17, 17);
  }

  @Test
  void whatWasPublishedIsKnownAfterARestartOfTheBoard() throws Exception {
    says(MORNING, head(17));
    shown();
    room.stop();
    room.start();
    says(NOON, head(12));

    assertTrouble("set-back", 17, 12);
  }

  @Test
  void theTroubleIsKnownAfterARestartOfTheBoard() throws Exception {
    says(MORNING, head(17));
    says(NOON, head(12));
    shown();
    room.stop();
    room.start();
    room.status(Alerts.VAN, "{\"van\":\"%s\",\"state\":\"offline\"}".formatted(Alerts.VAN.value()));

    assertTrouble("set-back", 17, 12);
  }

  @Test
  void aStatusThatIsDeliveredAgainIsNoSettingBack() throws Exception {
    says(MORNING, head(12));
    says(NOON, head(15));
    says(NOON, head(17));
    says(MORNING, head(12));
    says(NOON, head(15));

    assertNoTrouble();
  }

  @Test
  void aStatusThatIsDeliveredAgainAfterARestartOfTheBoardIsNoneEither() throws Exception {
    says(MORNING, head(12));
    says(NOON, head(17));
    shown();
    room.stop();
    room.start();
    says(MORNING, head(12));

    assertNoTrouble();
  }

  @Test
  void whatTheBrokerHasKeptFromBeforeIsNoSettingBack() throws Exception {
    room.tap.retain(
        "sightline/v1/" + Alerts.VAN + "/status",
        RunningBoard.signedStatus(Alerts.VAN, status(FOLDER, MORNING, head(1))));
    for (int link = 2; link < 20; link++) {
      says(MORNING.plusSeconds(link), head(link));
    }
    shown();
    room.stop();
    room.start();

    assertNoTrouble();
  }

  @Test
  void anAlertFromBeforeIsNoSettingBack() throws Exception {
    says(MORNING, head(40));
    room.alert("S-1"); // Its head is of record 17.

    assertNoTrouble();
  }

  @Test
  void anAlertThatContradictsTheNewestRecordIsShown() throws Exception {
    says(MORNING, rewritten(17));
    room.alert("S-1");

    assertTrouble("rewritten", 17, 17);
  }

  @Test
  void anAlertOfAnEarlierLinkContradictsNothing() throws Exception {
    says(Instant.now().plusSeconds(60), rewritten(17));
    room.alert("S-1");

    assertNoTrouble();
  }

  @Test
  void anAlertIsShownWhateverIsWrongWithTheLog() throws Exception {
    says(MORNING, head(40));
    says(NOON, head(12));

    assertThat(room.alert("S-1")).isNotNull();
  }

  @Test
  void itIsOverWhenTheLogIsThereAgainAsItWasPublished() throws Exception {
    says(MORNING, head(17));
    says(NOON, head(12));
    says(NOON.plusSeconds(60), head(17));

    assertNoTrouble();
  }

  @Test
  void thatTheLogGrowsDoesNotEndIt() throws Exception {
    says(MORNING, head(17));
    says(NOON, head(12));
    says(NOON, head(18));

    assertTrouble("set-back", 17, 12);
  }

  @Test
  void anOfficerEndsIt() throws Exception {
    says(MORNING, head(17));
    says(OTHER_FOLDER, NOON, head(3));
    assertTrouble("other-folder", 17, 3);

    assertThat(acknowledges(room.officer())).isEqualTo(204);

    assertNoTrouble();
  }

  @Test
  void whatWasFoundCountsFromThenOn() throws Exception {
    says(MORNING, head(17));
    says(OTHER_FOLDER, NOON, head(5));
    shown();
    acknowledges(room.officer());
    says(OTHER_FOLDER, NOON.plusSeconds(60), head(3));

    assertTrouble("set-back", 5, 3);
  }

  @Test
  void whereNothingIsWrongThereIsNothingToAcknowledge() throws Exception {
    says(MORNING, head(17));
    shown();

    assertThat(acknowledges(room.officer())).isEqualTo(404);
  }

  @Test
  void anotherSiteCannotAcknowledgeIt() throws Exception {
    Officer officer = room.officer();

    assertThat(
            officer
                .send(officer.to("/api/vans/" + Alerts.VAN + "/log").POST(BodyPublishers.noBody()))
                .statusCode())
        .isEqualTo(403);
  }

  @Test
  void anOlderVanThatDoesNotSayWhichLogItIsIsNotWatched() throws Exception {
    says(MORNING, head(17));
    room.status(
        Alerts.VAN, status(FOLDER, NOON, head(12)).replace(",\"instance\":\"" + FOLDER + "\"", ""));

    assertNoTrouble();
  }

  @Test
  void itIsLoggedOnce() throws Exception {
    Logger logger = (Logger) LoggerFactory.getLogger(LogWatch.class);
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    logger.addAppender(log);
    try {
      says(MORNING, head(29));
      says(NOON, head(22));
      says(NOON, head(23));
      says(NOON.plusSeconds(60), head(24));
      shown();
    } finally {
      logger.detachAppender(log);
    }
    // By its numbers, which no other test has at the same time.
    Predicate<ILoggingEvent> ofThisVan =
        event ->
            event.getLevel() == Level.WARN
                && event
                    .getFormattedMessage()
                    .matches(".* " + Alerts.VAN + " was set back: .*2[2-9].*");
    assertThat(log.list.stream().filter(ofThisVan).map(ILoggingEvent::getFormattedMessage))
        .containsExactly(
            "the audit log of van-1 was set back: record 29 was published, now it ends at 22");
  }
}
