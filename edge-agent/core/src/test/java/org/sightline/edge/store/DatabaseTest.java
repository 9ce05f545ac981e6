package org.sightline.edge.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
  private static final String TABLE = "CREATE TABLE thing (name TEXT NOT NULL, weight INTEGER)";

  @TempDir Path temporary;
  private Path folder;
  private Path file;

  @BeforeEach
  void nameTheFiles() {
    folder = temporary.resolve("data");
    file = folder.resolve(Database.FILE_NAME);
  }

  @Test
  void whatWasWrittenIsThereWhenTheFileIsOpenedAgain() throws Exception {
    UUID id = UUID.randomUUID();
    Instant time = Instant.parse("2026-11-01T10:00:00.123Z");
    try (Database database = Database.open(folder)) {
      database.update("CREATE TABLE kept (id TEXT, at INTEGER, data BLOB, note TEXT)");
      database.update("INSERT INTO kept VALUES (?, ?, ?, ?)", id, time, new byte[] {1, 2}, null);
    }
    try (Database database = Database.open(folder)) {
      assertThat(database.query("SELECT * FROM kept", row -> row.uuid("id"))).containsExactly(id);
      assertThat(database.query("SELECT * FROM kept", row -> row.instant("at")))
          .containsExactly(time);
      assertThat(database.query("SELECT * FROM kept", row -> row.bytes("data")))
          .containsExactly(new byte[] {1, 2});
      assertThat(database.query("SELECT * FROM kept", row -> row.textOrNull("note") == null))
          .containsExactly(true);
    }
  }

  @Test
  void aTransactionThatThrowsLeavesNothingBehind() throws Exception {
    try (Database database = Database.open(folder)) {
      database.update(TABLE);

      assertThatIllegalStateException()
          .isThrownBy(
              () ->
                  database.write(
                      transaction -> {
                        transaction.update("INSERT INTO thing VALUES ('a', 1)");
                        return transaction.update("INSERT INTO thing VALUES (NULL, 1)");
                      }));

      assertThat(database.query("SELECT name FROM thing", row -> row.text("name"))).isEmpty();
    }
  }

  @Test
  void writersOnManyThreadsLoseNothing() throws Exception {
    try (Database database = Database.open(folder)) {
      database.update(TABLE);
      database.update("INSERT INTO thing VALUES ('sum', 0)");
      ExecutorService writers = Executors.newFixedThreadPool(8);
      List<Future<Integer>> written =
          IntStream.range(0, 200)
              .mapToObj(
                  i ->
                      writers.submit(() -> database.update("UPDATE thing SET weight = weight + 1")))
              .toList();
      for (Future<Integer> future : written) {
        future.get();
      }
      writers.shutdown();

      assertThat(database.query("SELECT weight FROM thing", row -> row.integer("weight")))
          .containsExactly(200L);
    }
  }

  @Test
  void everyFileOfItIsReadableByItsOwnerAlone() throws Exception {
    try (Database database = Database.open(folder)) {
      database.update(TABLE);
      try (var files = Files.list(folder)) {
        assertThat(files)
            .hasSizeGreaterThan(1)
            .allSatisfy(
                path ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                        .isEqualTo("rw-------"));
      }
    }
  }

  @Test
  void deletedContentIsInNoFileAfterPurging() throws Exception {
    String canary = "canary-7d1f";
    try (Database database = Database.open(folder)) {
      database.update(TABLE);
      database.update("INSERT INTO thing VALUES (?, 1)", canary.repeat(2000));
      database.update("DELETE FROM thing");
      database.purge();
      try (var files = Files.list(folder)) {
        assertThat(files)
            .isNotEmpty()
            .allSatisfy(
                path ->
                    assertThat(Files.readString(path, StandardCharsets.ISO_8859_1))
                        .doesNotContain(canary));
      }
    }
  }

  @Test
  void aFileInPlaceOfTheDataFolderIsRefusedAsSuch() throws Exception {
    Files.writeString(folder, "mine");

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Database.open(folder))
        .withMessage("the data folder is a file: " + folder + " (name a folder)");
  }

  @Test
  void aFileThatIsNotADatabaseIsReportedInOneLine() throws Exception {
    Files.createDirectories(folder);
    Files.writeString(file, "this is a shopping list, not a database; ".repeat(500));

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Database.open(folder))
        .satisfies(
            e -> {
              assertThat(e.what()).isEqualTo("the data file is damaged or not a database");
              assertThat(e.where()).isEqualTo(file.toString());
              assertThat(e.getMessage()).hasLineCount(1);
            });
    assertThat(Files.readString(file)).startsWith("this is a shopping list");
  }

  @Test
  void aDamagedPageIsFoundWhenTheFileIsOpened() throws Exception {
    try (Database database = Database.open(folder)) {
      database.update(TABLE);
      database.update("INSERT INTO thing VALUES (?, 1)", "x".repeat(100_000));
    }
    try (RandomAccessFile raw = new RandomAccessFile(file.toFile(), "rw")) {
      for (long page = 4096; page < raw.length(); page += 4096) {
        raw.seek(page);
        raw.write(new byte[64]);
      }
    }

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Database.open(folder))
        .satisfies(e -> assertThat(e.what()).contains("damaged"));
  }

  @Test
  void aFileOfANewerVersionIsRefusedUntouched() throws Exception {
    try (Database database = Database.open(folder)) {
      database.update("PRAGMA user_version = 999");
    }

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Database.open(folder))
        .satisfies(e -> assertThat(e.what()).contains("newer version"));
  }

  @Test
  void lookingIntoAFolderWithoutDataCreatesNothing() {
    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Database.openExisting(folder))
        .satisfies(e -> assertThat(e.where()).isEqualTo(file.toString()));
    assertThat(folder).doesNotExist();
  }

  @Test
  void aFolderThatIsALinkToNowhereIsReportedAsSuch() throws Exception {
    Files.createSymbolicLink(folder, folder.resolveSibling("unmounted"));

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Database.open(folder))
        .satisfies(e -> assertThat(e.what()).contains("a link that leads nowhere"));
  }

  @Test
  void aDirectoryInPlaceOfTheFileIsReportedInOneLine() throws Exception {
    Files.createDirectories(file);

    assertThatExceptionOfType(StoreException.class)
        .isThrownBy(() -> Database.open(folder))
        .satisfies(e -> assertThat(e.what()).contains("not a regular file"));
  }
}
