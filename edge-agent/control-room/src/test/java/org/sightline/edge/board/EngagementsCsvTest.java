package org.sightline.edge.board;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.authorisation.StatedGroup;
import org.sightline.edge.domain.Engagement;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.EngagementMessage;

/** What became of alerts in the street, as a file. */
@Execution(ExecutionMode.CONCURRENT)
class EngagementsCsvTest {
  @AutoClose private RunningBoard room;
  private UUID alert;

  @BeforeEach
  void aStatementIsCorrected(@TempDir Path folder) throws Exception {
    room = RunningBoard.in(folder);
    alert = room.alertWithGroups("S-1", List.of(new StatedGroup("A1", "Asian - Indian")));
    Officer desk = room.officer();
    desk.judges(alert, "true");
    String arrested =
        "\"engaged\":\"stopped\",\"result\":\"true\",\"action\":\"arrested\",\"minutes\":";
    states(desk, "{" + arrested + "9,\"group\":\"A1\",\"note\":\"=1+1\"}");
    String first =
        desk.json("/api/alerts/" + alert + "/statements").required(0).required("id").stringValue();
    states(desk, "{" + arrested + "19,\"reason\":\"=cmd()\",\"corrects\":\"" + first + "\"}");
  }

  private void states(Officer officer, String statement) throws Exception {
    assertThat(officer.posts("/api/alerts/" + alert + "/engagement", statement).statusCode())
        .isEqualTo(204);
  }

  private List<String> rows() throws Exception {
    byte[] file = room.officer(RunningBoard.SUPERVISOR).get("/api/engagements.csv").body();
    return new String(file, UTF_8).lines().toList();
  }

  @Test
  void aCorrectionIsARowOfItsOwnBesideWhatItCorrects() throws Exception {
    List<String> rows = rows();

    assertThat(rows).hasSize(3);
    String[] first = rows.get(1).split(",", -1);
    String[] second = rows.get(2).split(",", -1);
    assertThat(rows.get(0).split(","))
        .hasSameSizeAs(first)
        .containsSequence("engaged", "result", "action", "minutes", "corrects", "delivery");
    assertThat(first)
        .startsWith(alert.toString())
        .containsSequence("stopped", "true", "arrested", "9", "");
    assertThat(second).containsSequence("stopped", "true", "arrested", "19", first[5]);
  }

  @Test
  void noRowSaysWhoItWasOrHoldsAGroupAReasonOrANote() throws Exception {
    assertThat(String.join("\n", rows()))
        .doesNotContain("S-1", "A1", "Asian", "group", "cmd", "1+1");
  }

  /** As where another board had its outcome, and this one has not heard of that yet. */
  @Test
  void theOutcomeOfAnAlertThatHasNoneHereIsEmpty() throws Exception {
    UUID open = room.alert("S-2");
    EngagementMessage stated =
        new EngagementMessage(
            UUID.randomUUID(),
            open,
            Actor.officer("5678"),
            Instant.parse("2026-11-24T10:00:00Z"),
            Engagement.none(Engagement.Attempt.LOST),
            null,
            null,
            null);
    try (Events events = room.officer().watch()) {
      room.tap.publish("sightline/v1/" + Alerts.VAN + "/outcomes", stated.sign(room.keys));
      events.next("engaged", each -> each.toString().contains(open.toString()));
    }

    String[] names = rows().get(0).split(",");
    String[] row = rows().get(3).split(",", -1);

    assertThat(row[0]).isEqualTo(open.toString());
    assertThat(row[List.of(names).indexOf("outcome")]).isEmpty();
    assertThat(row[List.of(names).indexOf("engaged")]).isEqualTo("lost");
  }
}
