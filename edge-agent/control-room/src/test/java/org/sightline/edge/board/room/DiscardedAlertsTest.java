package org.sightline.edge.board.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.authorisation.DiscardReceipt;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.AlertEvent;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.Recipients;
import org.sightline.edge.publish.VanIdentities;
import org.sightline.edge.publish.VanMessages;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;
import org.sightline.edge.testing.SteppedClock;

/** What a board does when a van says that all of a deployment was refused. */
class DiscardedAlertsTest {
  private static final Duration EXPIRY = Duration.ofHours(1);

  private final ControlRoomKeys keys = ControlRoomKeys.generate();
  private final DeviceKeys device = DeviceKeys.generate();
  private final SteppedClock clock = new SteppedClock(Instant.now());
  private final Alert alert = Alerts.about("S-1");
  private final VanId van = alert.origin().van();

  @TempDir private Path folder;
  @AutoClose private Database database;
  private ControlRoom room;

  @BeforeEach
  void open() throws Exception {
    Path identities = Files.createDirectory(folder.resolve("vans"));
    device.identity().writeTo(identities.resolve(van + ".identity"));
    database = Database.open(folder.resolve("board.db"), Schema.BOARD);
    room = room();
    assertThat(room.alert(van, event(alert), EXPIRY)).isTrue();
  }

  private ControlRoom room() throws Exception {
    return room(Bounds.USUAL);
  }

  private ControlRoom room(Bounds bounds) throws Exception {
    return ControlRoom.open(
        Shelves.in(database, keys, Clock.systemUTC()),
        keys,
        new VanMessages(VanIdentities.in(folder.resolve("vans")), Clock.systemUTC()),
        false,
        bounds,
        clock,
        new Silence());
  }

  private byte[] event(Alert of) throws Exception {
    return device.signMessage(
        AlertEvent.SIGNED_TYPE,
        AlertEvent.published(
                Alerts.event(of, keys.identity()), Instant.now(), Recipients.AS_AUTHORISED)
            .orElseThrow());
  }

  private byte[] receipt(DeploymentId deployment, DeviceKeys by) {
    Sha256 some = Sha256.of(new byte[] {1});
    return new DiscardReceipt(
            deployment,
            by.identity().fingerprint(),
            new DiscardReceipt.Refused(some, some, some, Instant.EPOCH),
            new DiscardReceipt.Counts(1, 0, 0, 0, 0),
            Instant.EPOCH,
            "0")
        .sign(by)
        .bytes();
  }

  private byte[] receipt() {
    return receipt(alert.origin().deployment(), device);
  }

  private static List<UUID> shown(ControlRoom at) {
    List<UUID> ids = new ArrayList<>();
    at.look(situation -> situation.alerts().forEach(each -> ids.add(each.id())));
    return ids;
  }

  private long kept(String table) throws Exception {
    return database
        .first("SELECT COUNT(*) AS n FROM " + table, row -> row.integer("n"))
        .orElseThrow();
  }

  @Test
  void itsAlertsAreNotShownAnyMore() {
    assertThat(shown(room)).containsExactly(alert.id());
    assertThat(room.discarded(van, receipt())).isTrue();
    assertThat(shown(room)).isEmpty();
  }

  @Test
  void nothingOfThemIsKept() throws Exception {
    room.discarded(van, receipt());
    assertThat(kept("open_alert")).isZero();
  }

  @Test
  void oneThatWasOnItsWayIsNotTaken() throws Exception {
    room.discarded(van, receipt());
    room.alert(van, event(alert), EXPIRY);
    assertThat(shown(room)).isEmpty();
    assertThat(kept("open_alert")).isZero();
  }

  @Test
  void noneIsTakenAfterARestartEither() throws Exception {
    room.discarded(van, receipt());
    ControlRoom again = room();
    again.alert(van, event(alert), EXPIRY);
    assertThat(shown(again)).isEmpty();
  }

  @Test
  void theReceiptIsKept() throws Exception {
    byte[] receipt = receipt();
    room.discarded(van, receipt);
    assertThat(
            database.first("SELECT receipt FROM discarded_deployment", row -> row.bytes("receipt")))
        .hasValueSatisfying(kept -> assertThat(kept).isEqualTo(receipt));
  }

  @Test
  void itIsInTheLogOnceHoweverOftenItComes() throws Exception {
    room.discarded(van, receipt());
    long lines = kept("audit_record");
    room.discarded(van, receipt());
    assertThat(kept("audit_record")).isEqualTo(lines).isPositive();
  }

  @Test
  void aReceiptThatAnotherDeviceHasSignedChangesNothing() {
    assertThat(room.discarded(van, receipt(alert.origin().deployment(), DeviceKeys.generate())))
        .isFalse();
    assertThat(shown(room)).containsExactly(alert.id());
  }

  @Test
  void theAlertsOfAnotherDeploymentStay() {
    room.discarded(van, receipt(new DeploymentId("D-other"), device));
    assertThat(shown(room)).containsExactly(alert.id());
  }

  private byte[] outcome() {
    return new OutcomeMessage(alert.id(), Outcome.TRUE, Actor.officer("1234"), null, Instant.now())
        .sign(keys);
  }

  @Test
  void anOutcomeFromAnotherBoardBringsNothingBack() throws Exception {
    room.discarded(van, receipt());
    room.outcome(van, outcome());
    assertThat(kept("open_alert")).isZero();
  }

  @Test
  void oneThatIsOnDiskAloneGoesToo() throws Exception {
    room.outcome(van, outcome());
    ControlRoom again = room(new Bounds(500, 256L << 20, 5000, 2L << 30, 0, 0));
    assertThat(shown(again)).isEmpty();
    again.discarded(van, receipt());
    assertThat(kept("open_alert")).isZero();
  }

  @Test
  void whatTheDiskDoesNotLetGoOfIsNotShownAndDeletedLater() throws Exception {
    database.first("PRAGMA busy_timeout = 0", row -> 1);
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("board.db"));
        Statement statement = other.createStatement()) {
      statement.execute("BEGIN IMMEDIATE");
      assertThat(room.discarded(van, receipt())).isFalse();
      statement.execute("ROLLBACK");
    }
    assertThat(shown(room)).isEmpty();
    assertThat(kept("open_alert")).isEqualTo(1);
    clock.shift(Duration.ofMinutes(2));
    room.tick();
    assertThat(kept("open_alert")).isZero();
    assertThat(kept("discarded_deployment")).isEqualTo(1);
  }

  @Test
  void theSheetForTheNextShiftGoesAlsoWhereNoAlertIsLeft() throws Exception {
    database.update("INSERT INTO hand_over VALUES (1, 9, 'x')");
    room.discarded(van, receipt(new DeploymentId("D-other"), device));
    assertThat(kept("hand_over")).isZero();
  }
}
