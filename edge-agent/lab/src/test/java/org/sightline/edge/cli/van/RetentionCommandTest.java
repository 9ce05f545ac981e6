package org.sightline.edge.cli.van;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.store.Database;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RetentionCommandTest {
  @TempDir Path temporary;
  private Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeEach
  void nameTheFolder() {
    folder = temporary.resolve("data");
  }

  private void keepAlerts(Instant... expiries) throws Exception {
    try (Database database = Database.open(folder)) {
      Outbox outbox = new Outbox(database, DeviceKeys.generate().storage());
      for (Instant expiry : expiries) {
        database.write(
            tx ->
                outbox.enqueue(
                    tx,
                    new KnownAlert(UUID.randomUUID(), new DeploymentId("D-7"), expiry, false),
                    new CameraId("mast-1"),
                    new byte[100],
                    Instant.now()));
      }
    }
  }

  private void breakDeletionOfAlerts() throws Exception {
    try (Database database = Database.openExisting(folder)) {
      database.update(
          "CREATE TRIGGER fault BEFORE DELETE ON outbox_event BEGIN SELECT RAISE(ABORT, 'x'); END");
    }
  }

  private int retention(String... more) {
    String[] args = {"retention", "--data", folder.toString()};
    return Sightline.run(
        new PrintWriter(out, true),
        new PrintWriter(err, true),
        Stream.of(args, more).flatMap(Arrays::stream).toArray(String[]::new));
  }

  private JsonNode json() {
    return new JsonMapper().readTree(out.toString());
  }

  @Test
  void aReceiptIsPrintedForWhatWasDeleted() throws Exception {
    keepAlerts(Instant.now(), Instant.now().plusSeconds(3600));

    assertThat(retention()).isZero();

    assertThat(out.toString().strip()).hasLineCount(1).contains("alerts: 1 deleted");
  }

  @Test
  void asJsonReceiptsAndFailuresAreAloneOnStandardOutput() throws Exception {
    keepAlerts(Instant.now());

    assertThat(retention("--json")).isZero();

    assertThat(json().path("failed")).isEmpty();
    JsonNode receipt = json().path("receipts").path(0);
    assertThat(receipt.path("what").asString()).isEqualTo("alerts");
    assertThat(receipt.path("count").asInt()).isEqualTo(1);
    // The device's time runs on where the wall clock is being slowed.
    Instant atLatest = Instant.now().plusSeconds(1);
    assertThat(Instant.parse(receipt.path("upTo").asString())).isBefore(atLatest);
    assertThat(Instant.parse(receipt.path("at").asString())).isBefore(atLatest);
  }

  @Test
  void aDeletionThatFailsIsANo() throws Exception {
    keepAlerts(Instant.now());
    breakDeletionOfAlerts();

    assertThat(retention("--json")).isEqualTo(Sightline.EXIT_NO);

    assertThat(json().path("failed").path(0).asString()).isEqualTo("alerts");
  }

  @Test
  void whereNothingHasExpiredItSaysSo() throws Exception {
    keepAlerts(Instant.now().plusSeconds(3600));

    assertThat(retention()).isZero();

    assertThat(out.toString()).isEqualToIgnoringNewLines("nothing deleted");
  }

  @Test
  void earlierReceiptsArePrintedWithoutDeletingAnything() throws Exception {
    keepAlerts(Instant.now());
    retention();
    keepAlerts(Instant.now());
    out.getBuffer().setLength(0);

    assertThat(retention("--receipts")).isZero();
    assertThat(out.toString().strip()).hasLineCount(1);

    retention();
    out.getBuffer().setLength(0);
    retention("--receipts", "--json");
    assertThat(json().path("receipts")).hasSize(2);
  }

  @Test
  void aFolderWithoutDataIsUnusableInput() {
    assertThat(retention()).isEqualTo(Sightline.EXIT_UNUSABLE);

    assertThat(err.toString().strip()).hasLineCount(1).contains("sightline.db");
    assertThat(folder).doesNotExist();
  }
}
