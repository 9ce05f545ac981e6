package org.sightline.edge.record;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Engagement;
import org.sightline.edge.domain.Engagement.Action;
import org.sightline.edge.domain.Engagement.Attempt;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.record.Engagements.Correction;
import org.sightline.edge.record.Engagements.Group;
import org.sightline.edge.record.Engagements.Result;
import org.sightline.edge.record.Engagements.Result.Reason;
import org.sightline.edge.record.Engagements.Statement;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.testing.AuditLines;

class EngagementsTest {
  private static final DeploymentId DEPLOYMENT = new DeploymentId("D-7");
  private static final Instant START = Instant.parse("2026-11-24T10:00:00Z");
  private static final Duration KEPT = Duration.ofHours(24);
  private static final Actor OFFICER = Actor.officer("1234");
  private static final Actor OTHER = Actor.officer("5678");
  private static final Engagement NOT_THEM = Engagement.stopped(Outcome.FALSE, Action.NO_ACTION, 4);
  private static final Engagement ARRESTED = Engagement.stopped(Outcome.TRUE, Action.ARRESTED, 20);

  @TempDir Path folder;
  private final Map<UUID, KnownAlert> alerts = new HashMap<>();
  private Instant now = START;
  private final InstantSource clock = () -> now;
  private Database database;
  private Engagements engagements;

  @BeforeEach
  void open() throws StoreException {
    database = Database.open(folder);
    engagements =
        new Engagements(
            database, new AuditLog(clock), (tx, id) -> Optional.ofNullable(alerts.get(id)), clock);
    startAgent().close();
    database.update(
        """
        INSERT INTO deployment_life
          (deployment, state, authorisation_digest, list_digest, list_version, entries, ends_millis,
           list_expires_millis, since_millis, end_reason, ended_by, ended_millis)
        VALUES (?, 'destroyed', '', '', 1, 1, 0, 0, 0, 'closed', 'officer', 1)
        """,
        DEPLOYMENT.value());
    engagements.allowGroups(DEPLOYMENT, List.of("A1", "B2"));
  }

  @AfterEach
  void close() throws StoreException {
    database.close();
  }

  private DeploymentRecord startAgent() throws StoreException {
    return DeploymentRecord.open(
        database,
        new DeploymentFacts(
            DEPLOYMENT,
            new VanId("van-1"),
            new Place("High Street"),
            501,
            "retail-0095",
            "1.2.3",
            null),
        new Similarity(0.62),
        "derived",
        () -> new DeploymentCounts(100, 50, 40, 30, new TreeMap<>()),
        Clock.fixed(START, ZoneOffset.UTC));
  }

  private UUID alert() {
    UUID id = UUID.randomUUID();
    alerts.put(id, new KnownAlert(id, DEPLOYMENT, START.plus(KEPT), false));
    return id;
  }

  private UUID judgedAlert() throws StoreException {
    UUID id = alert();
    new Outcomes(
            database,
            new AuditLog(clock),
            (tx, each) -> Optional.ofNullable(alerts.get(each)),
            clock)
        .record(id, Outcome.TRUE, OFFICER);
    return id;
  }

  /** As if each were sealed on its own. */
  private static Group group(String code) {
    return new Group(code, "digest of " + code + " " + UUID.randomUUID());
  }

  private static Statement of(UUID alert, Engagement found, @Nullable Group group) {
    return new Statement(UUID.randomUUID(), alert, OFFICER, found, group, null);
  }

  private static Statement correction(
      Statement before, Actor by, boolean supervisor, Engagement found, @Nullable Group group) {
    return new Statement(
        UUID.randomUUID(),
        before.alert(),
        by,
        found,
        group,
        new Correction(before.id(), supervisor, before.group()));
  }

  private Statement recorded(Statement statement) throws StoreException {
    assertThat(engagements.record(statement)).isInstanceOf(Result.Recorded.class);
    return statement;
  }

  private void assertRefused(Statement statement, Reason reason) throws StoreException {
    assertThat(engagements.record(statement)).isEqualTo(new Result.Refused(reason));
  }

  private EngagementFigures figures() throws Exception {
    EngagementFigures figures = PublicRecord.read(database, DEPLOYMENT).street();
    assertThat(figures).isNotNull();
    return figures;
  }

  @Test
  void whatWasStatedIsInTheRecordOfTheDeployment() throws Exception {
    recorded(of(judgedAlert(), NOT_THEM, null));
    recorded(of(judgedAlert(), ARRESTED, null));
    recorded(of(judgedAlert(), Engagement.none(Attempt.LOST), null));

    assertThat(figures().engagements()).isEqualTo(new EngagementFigures.Attempts(2, 1, 0));
    assertThat(figures().confirmed()).isEqualTo(new EngagementFigures.Confirmed(1, 1, 0));
    assertThat(figures().actions()).isEqualTo(new EngagementFigures.Actions(1, 1, 0));
  }

  @Test
  void aRecordOfADeploymentOfWhichNothingWasStatedSaysNothingOfIt() throws Exception {
    judgedAlert();

    assertThat(PublicRecord.read(database, DEPLOYMENT).street()).isNull();
  }

  @Test
  void anAlertThatNobodyHasJudgedCannotBeEngaged() throws Exception {
    assertRefused(of(alert(), NOT_THEM, null), Reason.NOT_JUDGED);
  }

  @Test
  void anAlertThatIsNotKeptCannotBeEngaged() throws Exception {
    UUID alert = judgedAlert();
    assertRefused(of(UUID.randomUUID(), NOT_THEM, null), Reason.UNKNOWN_ALERT);
    now = START.plus(KEPT);

    assertRefused(of(alert, NOT_THEM, null), Reason.UNKNOWN_ALERT);
  }

  @Test
  void whatIsStatedOverAndOverIsCountedOnce() throws Exception {
    Statement statement = recorded(of(judgedAlert(), NOT_THEM, null));

    recorded(statement);

    assertThat(figures().engagements().stopped()).isEqualTo(1);
  }

  @Test
  void aSecondStatementThatCorrectsNothingIsRefused() throws Exception {
    Statement first = recorded(of(judgedAlert(), NOT_THEM, null));

    assertRefused(of(first.alert(), ARRESTED, null), Reason.NOT_THE_LAST);
    assertThat(figures().confirmed().wrong()).isEqualTo(1);
  }

  @Test
  void aCorrectionCountsInsteadOfWhatItCorrectsAndBothAreKept() throws Exception {
    Statement first = recorded(of(judgedAlert(), NOT_THEM, null));
    Statement second = recorded(correction(first, OFFICER, false, ARRESTED, null));

    assertThat(figures().confirmed()).isEqualTo(new EngagementFigures.Confirmed(1, 0, 0));
    assertThat(figures().corrections()).isEqualTo(1);
    assertThat(database.query("SELECT id FROM engagement ORDER BY rowid", row -> row.uuid("id")))
        .containsExactly(first.id(), second.id());
  }

  @Test
  void whatHasBeenCorrectedIsNotCorrectedAgain() throws Exception {
    Statement first = recorded(of(judgedAlert(), NOT_THEM, null));
    recorded(correction(first, OFFICER, false, ARRESTED, null));

    assertRefused(correction(first, OFFICER, false, NOT_THEM, null), Reason.NOT_THE_LAST);
  }

  @Test
  void anotherOfficerCorrectsNothingUnlessTheyAreASupervisor() throws Exception {
    Statement first = recorded(of(judgedAlert(), NOT_THEM, null));

    assertRefused(correction(first, OTHER, false, ARRESTED, null), Reason.NOT_THEIRS);
    recorded(correction(first, OTHER, true, ARRESTED, null));
  }

  @Test
  void whatIsRefusedIsInTheAuditLogWithTheReason() throws Exception {
    Statement first = recorded(of(judgedAlert(), NOT_THEM, null));
    assertRefused(correction(first, OTHER, false, ARRESTED, null), Reason.NOT_THEIRS);

    assertThat(AuditLines.of(database))
        .anyMatch(line -> line.contains("engagement-refused") && line.contains("not-theirs"));
  }

  @Test
  void aGroupThatTheAuthorisationDoesNotNameIsRefused() throws Exception {
    assertRefused(of(judgedAlert(), NOT_THEM, group("C3")), Reason.UNKNOWN_GROUP);
    assertRefused(
        of(judgedAlert(), NOT_THEM, new Group(null, "of another device")), Reason.UNKNOWN_GROUP);
  }

  @Test
  void aGroupIsNeitherBesideItsAlertNorInTheAuditLog() throws Exception {
    recorded(of(judgedAlert(), NOT_THEM, new Group("A1", "digest")));

    assertThat(AuditLines.of(database)).noneMatch(line -> line.contains("A1"));
    assertThat(
            database.query(
                "SELECT * FROM engagement WHERE 'A1' IN"
                    + " (attempt, result, action, group_digest, actor, corrects)",
                row -> 1))
        .isEmpty();
  }

  private void stop(int number, Engagement found, @Nullable String code) throws Exception {
    for (int i = 0; i < number; i++) {
      recorded(of(judgedAlert(), found, code == null ? null : group(code)));
    }
  }

  @Test
  void groupsAreCountedByWhoWasFoundAndSmallCountsAreNotShown() throws Exception {
    stop(6, NOT_THEM, "A1");
    stop(2, NOT_THEM, "B2");
    stop(1, NOT_THEM, null);
    stop(5, ARRESTED, "A1");

    assertThat(figures().groups())
        .containsEntry("false", Map.of("A1", "6", "B2", "<5", "not-stated", "<5"))
        .containsEntry(
            "true", Map.of("A1", "withheld", "B2", "withheld", "not-stated", "withheld"));
  }

  @Test
  void groupsAreNotShownWhileTheDeploymentIsOpen() throws Exception {
    stop(6, NOT_THEM, "A1");
    database.update(
        """
        UPDATE deployment_life
        SET state = 'open', end_reason = NULL, ended_by = NULL, ended_millis = NULL
        """);
    try (DeploymentRecord agent = startAgent()) {
      agent.flush();

      assertThat(figures().groups()).isEmpty();
    }
  }

  @Test
  void aCorrectionTakesTheGroupWithItToTheOtherResult() throws Exception {
    Statement first = recorded(of(judgedAlert(), ARRESTED, group("A1")));
    stop(5, NOT_THEM, "A1");
    stop(5, NOT_THEM, "B2");
    stop(5, NOT_THEM, null);

    recorded(correction(first, OFFICER, false, NOT_THEM, first.group()));

    assertThat(figures().groups().get("false"))
        .isEqualTo(Map.of("A1", "6", "B2", "5", "not-stated", "5"));
  }

  @Test
  void aCorrectionThatTakesBackAnotherGroupThanWasStatedIsRefused() throws Exception {
    Statement first = recorded(of(judgedAlert(), NOT_THEM, group("A1")));

    for (Group before : new Group[] {group("B2"), group("A1"), null}) {
      assertRefused(
          new Statement(
              UUID.randomUUID(),
              first.alert(),
              OFFICER,
              NOT_THEM,
              null,
              new Correction(first.id(), false, before)),
          Reason.UNKNOWN_GROUP);
    }
  }

  @Test
  void theMinutesOfFewerThanFiveAreNotPublished() throws Exception {
    stop(4, NOT_THEM, null);
    assertThat(figures().medianMinutesStopped()).isNull();
    stop(1, ARRESTED, null);

    assertThat(figures().medianMinutesStopped()).isEqualTo(4);
  }

  @Test
  void whatWasStatedGoesWithItsAlertAndTheCountsStay() throws Exception {
    recorded(of(judgedAlert(), NOT_THEM, group("A1")));

    int deleted = database.write(tx -> Engagements.deleteExpired(tx, START.plus(KEPT)));

    assertThat(deleted).isEqualTo(1);
    assertThat(database.query("SELECT 1 FROM engagement", row -> 1)).isEmpty();
    assertThat(figures().confirmed().wrong()).isEqualTo(1);
  }
}
