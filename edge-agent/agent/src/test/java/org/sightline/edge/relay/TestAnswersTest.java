package org.sightline.edge.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.ReportedWaits;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.outbox.OutboxEvent;
import org.sightline.edge.publish.AlertEvent;
import org.sightline.edge.publish.Recipients;
import org.sightline.edge.publish.TestAlertEvent;
import org.sightline.edge.publish.TestRequest;
import org.sightline.edge.record.Judges;
import org.sightline.edge.record.Outcomes;
import org.sightline.edge.store.Database;
import org.sightline.edge.testing.AuditLines;
import org.sightline.edge.testing.SampleAuthorisation;
import org.sightline.edge.testing.SteppedClock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class TestAnswersTest {
  private static final Actor OFFICER = Actor.officer("1234");

  @TempDir private Path folder;
  private final ControlRoomKeys room = ControlRoomKeys.generate();
  private final DeviceKeys device = DeviceKeys.generate();
  private final SteppedClock clock = new SteppedClock(Clock.systemUTC());
  private Database database;
  private Outbox outbox;
  private boolean permitted = true;
  private int woken;
  private TestAnswers answers;

  @BeforeEach
  void open() throws Exception {
    database = Database.open(folder);
    outbox = new Outbox(database, device.storage());
    answers = answers(AlertTerms.DEFAULT.sealedFor(room.identity()));
  }

  @AfterEach
  void close() throws Exception {
    database.close();
  }

  private TestAnswers answers(AlertTerms terms) {
    Authorisation authorisation = new SampleAuthorisation().alerts(terms).build();
    return new TestAnswers(
        new TestAnswers.Way(database, outbox, new AuditLog(clock), () -> woken++),
        authorisation,
        new Jpeg(new byte[] {1, 2, 3}),
        () -> permitted,
        clock);
  }

  private TestRequest request() {
    return request(SampleAuthorisation.VAN, Duration.ofSeconds(30));
  }

  private TestRequest request(VanId van, Duration left) {
    return new TestRequest(UUID.randomUUID(), van, OFFICER, clock.instant().plus(left));
  }

  private UUID ask() {
    TestRequest request = request();
    assertThat(answers.take(request.sign(room), room.identity())).isTrue();
    return request.id();
  }

  private int waiting() throws Exception {
    int count = 0;
    for (Optional<OutboxEvent> next = outbox.next(0);
        next.isPresent();
        next = outbox.next(next.get().sequence())) {
      count++;
    }
    return count;
  }

  @Test
  void aRequestIsAnsweredByATestAlertThatIsSealedAndAboutNobody() throws Exception {
    UUID id = ask();

    OutboxEvent event = outbox.next(0).orElseThrow();
    byte[] payload =
        AlertEvent.published(outbox.payload(event), clock.instant(), Recipients.AS_AUTHORISED)
            .orElseThrow();
    assertThat(event.id()).isEqualTo(id);
    assertThat(event.test()).isTrue();
    assertThat(TestAlertEvent.isOne(payload)).isTrue();
    JsonNode data = new JsonMapper().readTree(payload).required("data");
    assertThat(data.propertyNames())
        .containsExactlyInAnyOrder(
            "statement",
            "deployment",
            "van",
            "staleAt",
            "expiresAt",
            "auditHead",
            "sealed",
            "publishedAt",
            "stale");
    JsonNode sealed = new JsonMapper().readTree(room.open(data.required("sealed").stringValue()));
    assertThat(sealed.required("alert").stringValue()).isEqualTo(id.toString());
    assertThat(sealed.required("test").booleanValue()).isTrue();
    assertThat(woken).isEqualTo(1);
  }

  @Test
  void whoAskedIsInTheAuditLog() throws Exception {
    UUID id = ask();

    assertThat(AuditLines.of(database))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line)
                    .contains("\"event\":\"test-alert\"", "officer:1234", id.toString()));
  }

  @Test
  void aTestIsCountedAsNoAlert() throws Exception {
    UUID id = ask();
    assertThat(outbox.tally().waiting()).isZero();

    outbox.acknowledge(id, clock.instant());

    assertThat(outbox.tally().published()).isZero();
    assertThat(database.read(transaction -> Outbox.waiting(transaction, clock.instant())).none())
        .isTrue();
  }

  @Test
  void aTestThatNobodyTookIsGoneSoonAndCountedNowhere() throws Exception {
    ask();

    clock.shift(Duration.ofMinutes(3));
    int deleted = database.write(transaction -> Outbox.deleteExpired(transaction, clock.instant()));

    assertThat(deleted).isZero();
    assertThat(outbox.tally().expired()).isZero();
    assertThat(waiting()).isZero();
  }

  @Test
  void nobodyRecordsAnOutcomeOfATest() throws Exception {
    UUID id = ask();
    Outcomes outcomes = new Outcomes(database, new AuditLog(clock), Outbox::find, clock);

    Outcomes.Result result =
        outcomes.recordSigned(
            id, Outcome.TRUE, new Judges(OFFICER, null, List.of(), false), ReportedWaits.UNKNOWN);

    assertThat(result).isInstanceOf(Outcomes.Result.UnknownAlert.class);
  }

  @Test
  void aRequestThatIsDeliveredAgainIsNotAnsweredAgain() throws Exception {
    byte[] message = request().sign(room);
    answers.take(message, room.identity());
    outbox.acknowledge(outbox.next(0).orElseThrow().id(), clock.instant());

    assertThat(answers.take(message, room.identity())).isTrue();

    assertThat(waiting()).isZero();
    assertThat(answers.ignored()).isZero();
  }

  @Test
  void aRequestOfBeforeARestartIsNotAnsweredAgain() throws Exception {
    byte[] message = request().sign(room);
    answers.take(message, room.identity());
    outbox.acknowledge(outbox.next(0).orElseThrow().id(), clock.instant());

    answers(AlertTerms.DEFAULT.sealedFor(room.identity())).take(message, room.identity());

    assertThat(waiting()).isZero();
    assertThat(AuditLines.of(database)).hasSize(1);
  }

  @Test
  void aRequestForAnotherVanIsNotAnswered() throws Exception {
    answers.take(request(new VanId("van-8"), Duration.ofSeconds(30)).sign(room), room.identity());

    assertThat(waiting()).isZero();
    assertThat(answers.ignored()).isEqualTo(1);
  }

  @Test
  void aRequestWhoseTimeIsOverIsNotAnswered() throws Exception {
    answers.take(request(SampleAuthorisation.VAN, Duration.ZERO).sign(room), room.identity());

    assertThat(waiting()).isZero();
  }

  @Test
  void aRequestThatWouldBeOfUseForLongIsNotAnswered() throws Exception {
    answers.take(
        request(SampleAuthorisation.VAN, TestRequest.LONGEST.plusSeconds(1)).sign(room),
        room.identity());

    assertThat(waiting()).isZero();
  }

  @Test
  void nothingIsAnsweredWhileNoAlertMayBeRaised() throws Exception {
    permitted = false;

    ask();

    assertThat(waiting()).isZero();
    assertThat(answers.answers()).isFalse();
  }

  @Test
  void nothingIsAnsweredWhereNoControlRoomIsAuthorised() throws Exception {
    TestAnswers none = answers(AlertTerms.DEFAULT);

    assertThat(none.answers()).isFalse();
  }

  @Test
  void whatAnotherRoomSignsIsNotTaken() throws Exception {
    assertThat(answers.take(request().sign(ControlRoomKeys.generate()), room.identity())).isFalse();

    assertThat(waiting()).isZero();
  }

  @Test
  void aFloodOfRequestsIsAnsweredAFewTimesAMinute() throws Exception {
    for (int i = 0; i < 200; i++) {
      ask();
    }
    assertThat(waiting()).isEqualTo(TestAnswers.MOST_IN_A_MINUTE);
    assertThat(AuditLines.of(database)).hasSize(TestAnswers.MOST_IN_A_MINUTE);

    clock.shift(Duration.ofMinutes(1));
    ask();

    assertThat(waiting()).isEqualTo(TestAnswers.MOST_IN_A_MINUTE + 1);
  }

  @Test
  void aDiskThatFailsEndsNothing() throws Exception {
    database.update("PRAGMA query_only = ON");

    ask();

    assertThat(waiting()).isZero();
    assertThat(AuditLines.of(database)).isEmpty();
  }

  @Test
  void aTestIsOfNoUseAfterTwoMinutes() throws Exception {
    Instant before = clock.instant();

    ask();

    assertThat(outbox.next(0).orElseThrow().expires())
        .isBetween(before.plus(TestRequest.LONGEST), clock.instant().plusSeconds(120));
  }
}
