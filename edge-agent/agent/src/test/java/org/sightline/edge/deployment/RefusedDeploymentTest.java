package org.sightline.edge.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.authorisation.DiscardReceipt;
import org.sightline.edge.authorisation.Ruling;
import org.sightline.edge.authorisation.Ruling.Word;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;

/** What remains of a deployment whose urgent authorisation another authority refuses. */
class RefusedDeploymentTest {
  private static final String ALERT = "019ac9f0-0000-4000-8000-0000000000a1";
  private static final String SENT = "019ac9f0-0000-4000-8000-0000000000a2";

  @TempDir private Path folder;
  private Box box;

  @BeforeEach
  void open() throws Exception {
    box = new Box(folder);
    Box.Papers papers = box.papers();
    papers.urgent = Optional.of("a child was taken");
    papers.write();
    box.importList();
    box.open();
    fill(Box.DEPLOYMENT, ALERT, SENT);
  }

  @AfterEach
  void close() throws Exception {
    box.close();
  }

  /** One row at least in each table of what comes of a deployment. */
  private void fill(DeploymentId deployment, String waiting, String sent) throws Exception {
    String id = deployment.value();
    insert(
        "INSERT INTO deployment VALUES (?, 'van-1', 'p', 3, 'm', 's', 1, NULL, 0, 0, 0, NULL)", id);
    insert("INSERT INTO deployment_count VALUES (?, 'alerts', 2)", id);
    insert("INSERT INTO deployment_threshold VALUES (NULL, ?, 1, 0.5, 'derived')", id);
    insert(
        "INSERT INTO outbox_event (id, deployment, camera, sealed, digest, created_millis,"
            + " expires_millis) VALUES ('"
            + waiting
            + "', ?, 'c', x'01', 'd', 1, 99)",
        id);
    insert(
        "INSERT INTO outbox_event (id, deployment, camera, published_millis, digest,"
            + " created_millis, expires_millis) VALUES ('"
            + sent
            + "', ?, 'c', 2, 'd', 1, 99)",
        id);
    insert("INSERT INTO alert_subject VALUES ('" + sent + "', ?, x'01', 99)", id);
    insert("INSERT INTO alert_withdrawn VALUES ('" + sent + "', ?, 1, 99, 0)", id);
    insert("INSERT INTO alert_outcome VALUES ('" + sent + "', ?, 'true', 'officer:1', 1, 99)", id);
    insert(
        "INSERT INTO engagement VALUES ('e-"
            + sent
            + "', '"
            + sent
            + "', ?, NULL, 'stopped', 'arrest', NULL, 4, NULL, 'officer:1', 1, 99)",
        id);
    insert("INSERT INTO engagement_count VALUES (?, 'result', 'arrest', 1)", id);
    insert("INSERT INTO engagement_group VALUES (?, 'A')", id);
    insert("INSERT INTO signed_outcomes_only (deployment) VALUES (?)", id);
    insert("INSERT INTO subject_rise VALUES ('" + sent + "', ?, x'01', 0.1, 1)", id);
    insert("INSERT INTO withdrawal VALUES ('w-" + sent + "', ?, 'd', 's', x'01', 1)", id);
    insert("INSERT INTO withdrawn_entries VALUES (?, 1)", id);
    insert(
        "INSERT INTO deployment_pause (deployment, reason, paused_by, paused_millis,"
            + " resumed_millis) VALUES (?, 'break', 'officer:1', 1, 2)",
        id);
    insert(
        "INSERT INTO walk (id, deployment, camera, subject, from_millis, until_millis, passes)"
            + " VALUES ('k-"
            + sent
            + "', ?, 'c', x'01', 1, 2, 3)",
        id);
    insert("INSERT INTO control_list VALUES (?, 2, 0) ON CONFLICT DO NOTHING", id);
  }

  private void insert(String sql, String deployment) throws Exception {
    box.database.update(sql, deployment);
  }

  private Optional<Ruling.Reason> refused(AuthorityKey... signers) throws Exception {
    return box.deployments.rule(box.ruling(Word.REFUSED, signers));
  }

  private long rows(String table, DeploymentId deployment) throws Exception {
    String column = table.equals("deployment") ? "id" : "deployment";
    return box.database
        .first(
            "SELECT COUNT(*) AS n FROM " + table + " WHERE " + column + " = ?",
            row -> row.integer("n"),
            deployment.value())
        .orElseThrow();
  }

  /** Every table that names a deployment, but those of where it stands and what becomes of it. */
  private List<String> tables() throws Exception {
    return box.database.query(
        """
        SELECT DISTINCT m.name AS name FROM sqlite_master m JOIN pragma_table_info(m.name) c
        WHERE m.type = 'table' AND (c.name = 'deployment' OR m.name = 'deployment')
          AND m.name NOT IN ('deployment_life', 'destruction_receipt', 'refused_deployment',
            'revocation', 'urgent_authorisation', 'watchlist')
        """,
        row -> row.text("name"));
  }

  private DiscardReceipt receipt() throws Exception {
    return DiscardReceipt.read(
            box.deployments.discards().receipt(Box.DEPLOYMENT).orElseThrow(), box.device.identity())
        .orElseThrow();
  }

  @Test
  void itIsOverAtOnce() throws Exception {
    assertThat(refused(box.second)).isEmpty();
    assertThat(box.deployments.isOpen(Box.DEPLOYMENT)).isFalse();
    assertThat(box.deployments.all().get(0).end())
        .extracting(DeploymentStatus.End::reason)
        .isEqualTo(EndReason.REFUSED);
  }

  @Test
  void thereWasSomethingInEveryTable() throws Exception {
    for (String table : tables()) {
      assertThat(rows(table, Box.DEPLOYMENT)).as(table).isPositive();
    }
  }

  @Test
  void nothingThatCameOfItRemainsInAnyTable() throws Exception {
    refused(box.second);
    for (String table : tables()) {
      assertThat(rows(table, Box.DEPLOYMENT)).as(table).isZero();
    }
  }

  @Test
  void whatIsStillUnderWayLeavesNothingBehind() throws Exception {
    refused(box.second);
    fill(Box.DEPLOYMENT, "019ac9f0-0000-4000-8000-0000000000a3", "late");
    for (String table : tables()) {
      assertThat(rows(table, Box.DEPLOYMENT)).as(table).isZero();
    }
  }

  @Test
  void whatCameOfAnotherDeploymentStays() throws Exception {
    DeploymentId other = new DeploymentId("D-other");
    fill(other, "019ac9f0-0000-4000-8000-0000000000b1", "b2");
    refused(box.second);
    for (String table : tables()) {
      assertThat(rows(table, other)).as(table).isPositive();
    }
  }

  @Test
  void itsListIsDestroyed() throws Exception {
    refused(box.second);
    box.finish();
    assertThat(box.state()).isEqualTo(DeploymentState.DESTROYED);
    assertThat(box.files()).isEmpty();
  }

  @Test
  void theReceiptSaysHowMuchWasDiscarded() throws Exception {
    refused(box.second);
    box.finish();
    assertThat(receipt().discarded()).isEqualTo(new DiscardReceipt.Counts(2, 1, 1, 1, 1));
    assertThat(receipt().refusal().by()).isEqualTo(box.second.publicKey().fingerprint());
  }

  @Test
  void thereIsNoReceiptBeforeTheListIsGone() throws Exception {
    refused(box.second);
    assertThat(box.deployments.discards().receipt(Box.DEPLOYMENT)).isEmpty();
  }

  @Test
  void oneThatWasInterruptedIsFinishedByTheNextStart() throws Exception {
    refused(box.second);
    try (Box again = box.again()) {
      again.finish();
      assertThat(again.state()).isEqualTo(DeploymentState.DESTROYED);
      assertThat(again.deployments.discards().receipt(Box.DEPLOYMENT)).isPresent();
    }
  }

  @Test
  void oneWhoseListWasDestroyedAlreadyIsFinishedByTheNextStart() throws Exception {
    box.deployments.close(Box.OFFICER);
    box.finish();
    refused(box.second);
    try (Box again = box.again()) {
      again.finish();
      assertThat(again.deployments.discards().receipt(Box.DEPLOYMENT)).isPresent();
    }
  }

  private void refusedWhileTheDiskFails() throws Exception {
    box.database.update("PRAGMA query_only = ON");
    assertThatThrownBy(() -> refused(box.second)).isInstanceOf(StoreException.class);
    assertThat(box.deployments.isRefusalDue()).isTrue();
  }

  @Test
  void aRefusalThatTheDiskDoesNotTakeEndsIt() throws Exception {
    refusedWhileTheDiskFails();
    assertThat(box.deployments.isOpen(Box.DEPLOYMENT)).isFalse();
  }

  @Test
  void itIsAppliedOnceTheDataFileTakesIt() throws Exception {
    box.database.first("PRAGMA busy_timeout = 0", row -> 1);
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + box.data().resolve(Database.FILE_NAME));
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertThatThrownBy(() -> refused(box.second)).isInstanceOf(StoreException.class);
      statement.execute("ROLLBACK");
    }
    box.finish();
    assertThat(rows("outbox_event", Box.DEPLOYMENT)).isZero();
    assertThat(box.deployments.discards().receipt(Box.DEPLOYMENT)).isPresent();
    assertThat(box.deployments.isRefusalDue()).isFalse();
  }

  @Test
  void itIsAppliedByTheNextStartBeforeAnythingIsSent() throws Exception {
    refusedWhileTheDiskFails();
    try (Box again = box.again()) {
      again.deployments.settle();
      assertThat(rows("outbox_event", Box.DEPLOYMENT)).isZero();
      again.finish();
      assertThat(again.deployments.discards().receipt(Box.DEPLOYMENT)).isPresent();
    }
  }

  @Test
  void oneThatWasClosedBeforeIsRefusedLaterAsWell() throws Exception {
    box.deployments.close(Box.OFFICER);
    box.finish();
    refusedWhileTheDiskFails();
    try (Box again = box.again()) {
      again.deployments.settle();
      assertThat(rows("outbox_event", Box.DEPLOYMENT)).isZero();
    }
  }

  @Test
  void whatTheDiskDidNotTakeIsNotConfirmedAfterwards() throws Exception {
    refusedWhileTheDiskFails();
    try (Box again = box.again()) {
      assertThat(again.deployments.rule(box.ruling(Word.CONFIRMED, box.second)))
          .contains(Ruling.Reason.REFUSED_BEFORE);
    }
  }

  @Test
  void itIsFinishedWhileAnotherDeploymentRuns() throws Exception {
    byte[] refusal = box.ruling(Word.REFUSED, box.second);
    box.deployments.close(Box.OFFICER);
    box.finish();
    Box.Papers papers = box.papers();
    papers.deployment = new DeploymentId("D-8");
    papers.listDeployment = papers.deployment;
    papers.write();
    box.importList();
    box.open();
    assertThat(box.deployments.rule(refusal)).isEmpty();
    assertThat(box.deployments.discards().finish()).isTrue();
    assertThat(box.deployments.discards().receipt(Box.DEPLOYMENT)).isPresent();
    assertThat(box.deployments.isOpen(papers.deployment)).isTrue();
  }

  @Test
  void theReceiptIsPublishedOnce() throws Exception {
    refused(box.second);
    box.finish();
    assertThat(Discards.unpublished(box.database)).containsOnlyKeys(Box.DEPLOYMENT);
    Discards.published(box.database, Box.DEPLOYMENT);
    assertThat(Discards.unpublished(box.database)).isEmpty();
  }

  @Test
  void oneThatHasLapsedCanStillBeRefused() throws Exception {
    box.wall.set(box.wall.instant().plus(Duration.ofHours(25)));
    box.finish();
    assertThat(refused(box.second)).isEmpty();
    assertThat(rows("outbox_event", Box.DEPLOYMENT)).isZero();
  }

  @Test
  void theAuthorityThatSignedItCannotDiscardWhatCameOfIt() throws Exception {
    assertThat(refused(box.authority)).contains(Ruling.Reason.SAME_AUTHORITY);
    assertThat(box.deployments.isOpen(Box.DEPLOYMENT)).isTrue();
  }

  @Test
  void anAuthorityThatIsNotTrustedCannotRefuseIt() throws Exception {
    assertThat(refused(AuthorityKey.generate())).contains(Ruling.Reason.UNKNOWN_AUTHORITY);
    assertThat(box.deployments.isOpen(Box.DEPLOYMENT)).isTrue();
  }

  @Test
  void oneThatWasConfirmedIsNotRefusedAnyMore() throws Exception {
    box.deployments.rule(box.ruling(Word.CONFIRMED, box.second));
    assertThat(refused(box.second)).contains(Ruling.Reason.CONFIRMED_BEFORE);
    assertThat(box.deployments.isOpen(Box.DEPLOYMENT)).isTrue();
  }

  @Test
  void oneThatWasRefusedIsNotConfirmedAnyMore() throws Exception {
    refused(box.second);
    assertThat(box.deployments.rule(box.ruling(Word.CONFIRMED, box.second)))
        .contains(Ruling.Reason.REFUSED_BEFORE);
  }

  @Test
  void aRefusalThatComesAgainIsKnown() throws Exception {
    refused(box.second);
    int lines = box.auditKinds().size();
    assertThat(refused(box.second)).contains(Ruling.Reason.REPEATED);
    assertThat(box.auditKinds()).hasSize(lines);
  }

  @ParameterizedTest
  @ValueSource(strings = {"D-other", "D-7x"})
  void theRefusalOfAnotherDeploymentChangesNothing(String other) throws Exception {
    byte[] refusal =
        new Ruling(Word.REFUSED, new DeploymentId(other), Sha256.of(new byte[] {9}), Box.NOW)
            .sign(List.of(box.second))
            .bytes();
    assertThat(box.deployments.rule(refusal)).contains(Ruling.Reason.NOT_HERE);
    assertThat(box.deployments.isOpen(Box.DEPLOYMENT)).isTrue();
  }

  @Test
  void howItStandsIsKnown() throws Exception {
    refused(box.second);
    UrgentAuthorisation urgent = box.deployments.urgent(Box.DEPLOYMENT).orElseThrow();
    assertThat(urgent.line(box.wall.instant())).startsWith("urgent, refused at ");
    assertThat(urgent.reason()).isEmpty();
  }

  @Test
  void theAuditLogSaysWhoRefusedIt() throws Exception {
    refused(box.second);
    box.finish();
    assertThat(box.auditKinds()).contains("urgent-refused", "deployment-discarded");
  }
}
