package org.sightline.edge.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.SubjectRef;

/** After a false alert the threshold of its subject rises; what is kept says nothing of anybody. */
class SubjectRisesTest {
  private static final SubjectRef SUBJECT = new SubjectRef("SUBJECT-1");

  @TempDir private Path folder;
  private final Map<UUID, SubjectRef> alerts = new HashMap<>();
  private Box box;
  private SubjectRises rises;

  @BeforeEach
  void openADeployment() throws Exception {
    box = new Box(folder);
    box.papers().write();
    box.importList();
    box.open();
    box.database.update(
        """
        INSERT INTO deployment
          (id, van, place, gallery_entries, model_pack, software, opened_millis)
        VALUES (?, 'van-7', 'High Street', 5, 'sample-pack', '1.2.3', 0)
        """,
        Box.DEPLOYMENT.value());
    rises = rises(box);
  }

  @AfterEach
  void close() throws Exception {
    box.close();
  }

  private SubjectRises rises(Box of) {
    return new SubjectRises(
        of.database,
        of.device.storage(),
        of.clock,
        new AuditLog(of.clock),
        (tx, alert) -> Optional.ofNullable(alerts.get(alert)));
  }

  private UUID alert(@Nullable SubjectRef subject, String outcome) throws Exception {
    UUID alert = UUID.randomUUID();
    alerts.put(alert, subject);
    box.database.update(
        """
        INSERT INTO alert_outcome (alert, deployment, outcome, actor, at_millis, expires_millis)
        VALUES (?, ?, ?, 'officer:1234', 0, 0)
        """,
        alert,
        Box.DEPLOYMENT.value(),
        outcome);
    return alert;
  }

  private Map<SubjectRef, Double> inAll() throws Exception {
    return rises.of(Box.DEPLOYMENT);
  }

  @Test
  void eachFalseAlertRaisesTheThresholdOfItsSubject() throws Exception {
    alert(SUBJECT, "false");
    rises.follow(Box.DEPLOYMENT, 0.03);
    alert(SUBJECT, "false");
    rises.follow(Box.DEPLOYMENT, 0.03);

    assertThat(inAll()).containsOnlyKeys(SUBJECT);
    assertThat(inAll().get(SUBJECT)).isCloseTo(0.06, within(1e-9));
  }

  @Test
  void anOutcomeRaisesItOnce() throws Exception {
    alert(SUBJECT, "false");
    rises.follow(Box.DEPLOYMENT, 0.03);

    assertThat(rises.follow(Box.DEPLOYMENT, 0.03)).isFalse();
    assertThat(inAll()).containsEntry(SUBJECT, 0.03);
  }

  @Test
  void noOtherOutcomeRaisesIt() throws Exception {
    alert(SUBJECT, "true");
    alert(SUBJECT, "unresolved");

    assertThat(rises.follow(Box.DEPLOYMENT, 0.03)).isFalse();
    assertThat(inAll()).isEmpty();
  }

  @Test
  void nothingRisesWhereTheSettingsDoNotSaySo() throws Exception {
    alert(SUBJECT, "false");

    assertThat(rises.follow(Box.DEPLOYMENT, 0)).isFalse();
  }

  @Test
  void whatHasRisenStaysSoAlsoWithoutTheSetting() throws Exception {
    alert(SUBJECT, "false");
    rises.follow(Box.DEPLOYMENT, 0.03);
    alert(SUBJECT, "false");
    rises.follow(Box.DEPLOYMENT, 0);

    assertThat(inAll()).containsEntry(SUBJECT, 0.03);
  }

  @Test
  void itOutlivesTheProcess() throws Exception {
    alert(SUBJECT, "false");
    rises.follow(Box.DEPLOYMENT, 0.03);
    box.close();
    box = box.again();
    rises = rises(box);

    assertThat(inAll()).containsEntry(SUBJECT, 0.03);
  }

  @Test
  void itIsOfThisDeploymentAlone() throws Exception {
    alert(SUBJECT, "false");
    rises.follow(Box.DEPLOYMENT, 0.03);

    assertThat(rises.of(new DeploymentId("D-8"))).isEmpty();
  }

  @Test
  void theAuditLogSaysByHowMuchAndAfterWhichAlertAndNotWhose() throws Exception {
    UUID alert = alert(SUBJECT, "false");
    rises.follow(Box.DEPLOYMENT, 0.03);

    String line =
        box.database
            .first(
                "SELECT CAST(line AS TEXT) AS line FROM audit_record ORDER BY sequence DESC LIMIT 1",
                row -> row.text("line"))
            .orElseThrow();
    assertThat(line)
        .contains("threshold-raised", alert.toString(), "\"by\":\"0.0300\"")
        .doesNotContain("SUBJECT");
  }

  @Test
  void whoseItIsIsSealedAndForgottenWithTheList() throws Exception {
    alert(SUBJECT, "false");
    rises.follow(Box.DEPLOYMENT, 0.03);
    assertThat(sealed()).hasSize(1);
    assertThat(new String(sealed().get(0), StandardCharsets.ISO_8859_1)).doesNotContain("SUBJECT");

    box.deployments.close(Box.OFFICER);
    box.finish();

    assertThat(sealed()).isEmpty();
    assertThat(inAll()).isEmpty();
  }

  private List<byte[]> sealed() throws Exception {
    return box.database.query(
        "SELECT subject FROM subject_rise WHERE subject IS NOT NULL", row -> row.bytes("subject"));
  }

  @Test
  void anAlertWhoseSubjectIsNotKnownAnyMoreRaisesNothing() throws Exception {
    alert(null, "false");
    rises.follow(Box.DEPLOYMENT, 0.03);

    assertThat(inAll()).isEmpty();
    assertThat(box.auditKinds()).doesNotContain("threshold-raised");
  }
}
