package org.sightline.edge.board.room;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.VanId;

/** What a van says of its deployment, from one status to the next. */
class VansTest {
  private static final VanId VAN = new VanId("van-1");
  private static final String ROOM = "r".repeat(43);
  private static final String OTHER = "o".repeat(43);
  private static final String MORNING = "2026-11-24T09:00:00Z";
  private static final String LAPSES = "2026-11-25T09:00:00Z";
  private static final String AFTERWARDS = "2026-11-25T09:00:01Z";

  private final Vans vans = new Vans(ROOM);

  private Van.Said after(String members) {
    byte[] status = "{\"van\":\"van-1\",%s}".formatted(members).getBytes(UTF_8);
    assertThat(vans.status(VAN, status, false, null, Instant.parse(MORNING))).isPresent();
    return vans.find(VAN).orElseThrow().said();
  }

  private static String online(String since, String at, String more) {
    return "\"state\":\"online\",\"since\":\"%s\",\"at\":\"%s\"%s".formatted(since, at, more);
  }

  private void isUrgent() {
    assertThat(after(online(MORNING, MORNING, ",\"lapses\":\"" + LAPSES + "\"")).lapses())
        .isEqualTo(LAPSES);
  }

  // Urgent authorisations.

  @Test
  void oneThatCameToItsLapseByItsOwnClockHasLapsed() {
    isUrgent();
    assertThat(after(online(MORNING, AFTERWARDS, "")).lapses()).isEqualTo(LAPSES);
    assertThat(after("\"state\":\"offline\",\"at\":\"" + AFTERWARDS + "\"").lapses())
        .isEqualTo(LAPSES);
  }

  @Test
  void oneThatSaysSoNoMoreBeforeIsConfirmed() {
    isUrgent();
    assertThat(after(online(MORNING, "2026-11-25T08:59:59Z", "")).lapses()).isNull();
    assertThat(after(online(MORNING, AFTERWARDS, "")).lapses()).isNull();
  }

  @Test
  void oneThatIsStartedAfterItsLapseHasAnotherDeployment() {
    isUrgent();
    after(online(MORNING, AFTERWARDS, ""));
    assertThat(after(online(AFTERWARDS, AFTERWARDS, "")).lapses()).isNull();
  }

  // Control rooms.

  @Test
  void oneThatSealsForThisRoomIsReadHere() {
    assertThat(after(online(MORNING, MORNING, ",\"sealsFor\":\"" + ROOM + "\"")).sealsElsewhere())
        .isFalse();
  }

  @Test
  void oneThatSealsForAnotherRoomIsNot() {
    assertThat(after(online(MORNING, MORNING, ",\"sealsFor\":\"" + OTHER + "\"")).sealsElsewhere())
        .isTrue();
  }

  @Test
  void oneThatDoesNotSayForWhomItSealsIsNotSaidToSealForAnother() {
    assertThat(after(online(MORNING, MORNING, "")).sealsElsewhere()).isFalse();
  }

  @Test
  void aStatusThatSaysItInAnotherWayIsNone() {
    byte[] status =
        "{\"van\":\"van-1\",%s}"
            .formatted(online(MORNING, MORNING, ",\"sealsFor\":7"))
            .getBytes(UTF_8);
    assertThat(vans.status(VAN, status, false, null, Instant.parse(MORNING)))
        .isEqualTo(Optional.empty());
  }
}
