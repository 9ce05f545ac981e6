package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Officers at two boards of one control room who attend to the same alert. */
@Execution(ExecutionMode.CONCURRENT)
class ClaimTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final UUID PAGE = UUID.randomUUID();

  private RunningBoard north;
  private RunningBoard south;
  private UUID alert;
  private Officer first;
  private Officer second;

  @BeforeEach
  void start(@TempDir Path here, @TempDir Path there) throws Exception {
    north = RunningBoard.in(here);
    south = north.beside(there);
    alert = north.alert("S-1");
    first = north.officer(RunningBoard.FIRST);
    second = south.officer(RunningBoard.SECOND);
    assertThat(first.looks(PAGE, alert).statusCode()).isEqualTo(204);
  }

  @AfterEach
  void close() throws Exception {
    south.close();
    north.close();
  }

  private static JsonNode attended(Officer officer, UUID alert) throws Exception {
    try (Events events = officer.watch()) {
      for (JsonNode each : events.next("snapshot").required("attended")) {
        if (each.required("id").stringValue().equals(alert.toString())) {
          return each;
        }
      }
    }
    return tools.jackson.databind.node.MissingNode.getInstance();
  }

  private void awaitClaim(String officer) {
    for (Officer each : new Officer[] {first, second}) {
      await()
          .atMost(SOON)
          .untilAsserted(
              () ->
                  assertThat(attended(each, alert).path("claimedBy").asString(""))
                      .isEqualTo(officer));
    }
  }

  @Test
  void whoLooksIsShownAtTheOtherBoardAndTheAlertIsNewNoMore() throws Exception {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(attended(second, alert).path("lookers").path(0).asString(""))
                    .isEqualTo(RunningBoard.FIRST));
    try (Events events = second.watch()) {
      assertThat(events.next("snapshot").required("alerts").required(0).path("seenBy").asString(""))
          .isEqualTo(RunningBoard.FIRST);
    }
  }

  @Test
  void nobodyJudgesWhatAnotherHasClaimedBeforeTheyHaveTakenItOver() throws Exception {
    assertThat(first.claims(alert, false).statusCode()).isEqualTo(204);
    awaitClaim(RunningBoard.FIRST);

    HttpResponse<byte[]> refused = second.judges(alert, "true");
    assertThat(refused.statusCode()).isEqualTo(409);
    assertThat(Officer.json(refused).required("error").stringValue()).isEqualTo("claimed");
    assertThat(second.claims(alert, false).statusCode()).isEqualTo(409);
    second.looks(PAGE, alert);
    assertThat(second.claims(alert, true).statusCode()).isEqualTo(204);
    awaitClaim(RunningBoard.SECOND);

    assertThat(first.judges(alert, "false").statusCode()).isEqualTo(409);
    assertThat(second.judges(alert, "true").statusCode()).isEqualTo(200);
    awaitClaim("");
  }

  @Test
  void aClaimEndsWithTheSessionOfItsOfficer() throws Exception {
    first.claims(alert, false);
    awaitClaim(RunningBoard.FIRST);
    first.logout();

    north.clock.shift(Duration.ofSeconds(10));

    await()
        .atMost(SOON)
        .untilAsserted(
            () -> assertThat(attended(second, alert).path("claimedBy").isMissingNode()).isTrue());
  }

  @Test
  void whoIsThereIsListedAndGetsWhatIsHandedOver() throws Exception {
    second.looks(PAGE, alert);
    first.claims(alert, false);
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(first.json("/api/officers").toString())
                    .isEqualTo("[\"1234\",\"sergeant-7\"]"));

    assertThat(first.handsOver(alert, RunningBoard.SECOND).statusCode()).isEqualTo(204);

    awaitClaim(RunningBoard.SECOND);
    assertThat(first.handsOver(alert, RunningBoard.SECOND).statusCode()).isEqualTo(409);
  }

  @Test
  void nothingIsClaimedThatIsNotOpen() throws Exception {
    first.judges(alert, "true");

    assertThat(first.claims(alert, false).statusCode()).isEqualTo(409);
    assertThat(first.claims(UUID.randomUUID(), true).statusCode()).isEqualTo(409);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "{\"takeOver\":\"yes\"}",
        "{\"takeOver\":true,\"more\":1}",
      })
  void whatIsNoClaimIsRefused(String body) throws Exception {
    assertThat(first.posts("/api/alerts/" + alert + "/claim", body).statusCode()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"page\":\"x\",\"alert\":null}",
        "{\"page\":\"00000000-0000-0000-0000-000000000001\",\"alert\":7}",
        "{\"page\":\"00000000-0000-0000-0000-000000000001\",\"alert\":\"x\"}",
      })
  void whatIsNotLookedAtIsRefused(String body) throws Exception {
    assertThat(first.posts("/api/attention", body).statusCode()).isEqualTo(400);
  }
}
