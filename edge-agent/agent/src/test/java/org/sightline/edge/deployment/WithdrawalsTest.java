package org.sightline.edge.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.authorisation.Withdrawal;
import org.sightline.edge.authorisation.Withdrawal.Reason;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.watchlist.StoredWatchlist;

/** What a withdrawal does to a device: its list, what it remembers, what it records. */
class WithdrawalsTest {
  private static final Duration SOON = Duration.ofMinutes(1);

  /** So many that a reader who does not look twice meets a destroyed file in nearly every run. */
  private static final int REWRITES = 30;

  @TempDir private Path folder;
  private Box box;

  @BeforeEach
  void open() throws Exception {
    box = new Box(folder);
    box.papers().write();
    box.importList();
    box.open();
  }

  @AfterEach
  void close() throws Exception {
    box.close();
  }

  /** Keeps what a list in memory would be asked to do. */
  private static final class Memory implements ListInUse {
    final List<String> done = new ArrayList<>();

    @Override
    public Optional<DeploymentId> deployment() {
      return Optional.of(Box.DEPLOYMENT);
    }

    @Override
    public void withdraw(Set<SubjectRef> subjects) {
      subjects.forEach(subject -> done.add("wiped " + subject));
    }

    @Override
    public void replace(StoredWatchlist rest) throws StoreException {
      done.add(rest.entryCount() + " left");
      rest.close();
    }
  }

  @Test
  void theEntryIsOffTheListAndTheOthersStay() throws Exception {
    assertThat(box.withdraw(box.withdrawal(1))).isEmpty();
    assertThat(box.listed()).containsExactly("SUBJECT-0", "SUBJECT-2");
  }

  @Test
  void theOthersKeepTheirPortraits() throws Exception {
    box.withdraw(box.withdrawal(1));
    List<Jpeg> portraits = new ArrayList<>();
    try (StoredWatchlist list = box.deployments.list(Box.DEPLOYMENT)) {
      list.forEachNumbered((number, entry) -> portraits.add(list.of(number)));
    }
    assertThat(portraits)
        .containsExactly(Box.entries(3).get(0).portrait(), Box.entries(3).get(2).portrait());
  }

  @Test
  void itIsWipedFromMemoryBeforeTheListIsWrittenOnceMore() throws Exception {
    Memory memory = new Memory();
    box.withdraw(memory, box.withdrawal(1));
    assertThat(memory.done).containsExactly("wiped SUBJECT-1", "2 left");
  }

  @Test
  void theKeyOfTheListThatHeldItIsDestroyed() throws Exception {
    Path before = box.listFile(".key");
    box.withdraw(box.withdrawal(1));
    assertThat(before).doesNotExist();
    assertThat(box.files().stream().filter(file -> file.toString().endsWith(".key"))).hasSize(1);
  }

  @Test
  void theBundleThatHoldsItIsRemoved() throws Exception {
    box.withdraw(box.withdrawal(1));
    assertThat(box.bundle()).doesNotExist();
  }

  @Test
  void severalAtOnceAreTakenOffTogether() throws Exception {
    Memory memory = new Memory();
    box.withdraw(memory, box.withdrawal(0), box.withdrawal(2));
    assertThat(box.listed()).containsExactly("SUBJECT-1");
    assertThat(memory.done).hasSize(3).endsWith("1 left");
  }

  @Test
  void theWholeListMayBeWithdrawn() throws Exception {
    box.withdraw(box.withdrawal(0), box.withdrawal(1), box.withdrawal(2));
    assertThat(box.listed()).isEmpty();
  }

  @Test
  void whoOpensTheListMeanwhileGetsTheOneBeforeOrTheOneAfter(@TempDir Path other) throws Exception {
    try (Box many = new Box(other)) {
      Box.Papers papers = many.papers();
      papers.entries = REWRITES;
      papers.write();
      many.importList();
      many.open();
      AtomicBoolean withdrawn = new AtomicBoolean();
      ExecutorService reader = Executors.newSingleThreadExecutor();
      try {
        Future<?> opened =
            reader.submit(
                () -> {
                  while (!withdrawn.get()) {
                    many.deployments.list(Box.DEPLOYMENT).close();
                  }
                  return null;
                });
        for (int subject = 0; subject < REWRITES; subject++) {
          many.withdraw(many.withdrawal(subject));
        }
        withdrawn.set(true);
        assertThat(opened).succeedsWithin(SOON);
      } finally {
        withdrawn.set(true);
        reader.shutdown();
      }
    }
  }

  @Test
  void itIsInTheAuditLogWithoutItsSubject() throws Exception {
    byte[] document = box.withdrawal(1);
    box.withdraw(document);
    assertThat(auditLines())
        .filteredOn(line -> line.contains("subject-withdrawn"))
        .singleElement()
        .asString()
        .contains(
            "\"entries\":\"1\"",
            "\"reason\":\"found\"",
            Sha256.of(document).hex(),
            "authority:" + box.second.publicKey().fingerprint().hex().substring(0, 8))
        .doesNotContain("SUBJECT");
  }

  @Test
  void aSubjectThatIsNotListedIsRecordedOnceAndChangesNothing() throws Exception {
    byte[] document = box.withdrawal(99);
    Path key = box.listFile(".key");
    box.withdraw(document);
    box.withdraw(document);
    assertThat(auditLines())
        .filteredOn(line -> line.contains("subject-withdrawn"))
        .singleElement()
        .asString()
        .contains("\"entries\":\"0\"");
    assertThat(key).exists();
    assertThat(box.bundle()).exists();
  }

  @Test
  void oneThatComesAgainChangesNothing() throws Exception {
    byte[] document = box.withdrawal(1);
    box.withdraw(document);
    Path key = box.listFile(".key");
    List<String> log = auditLines();
    assertThat(box.withdraw(document, document)).isEmpty();
    assertThat(key).exists();
    assertThat(auditLines()).isEqualTo(log);
  }

  @Test
  void itsEntriesAreCounted() throws Exception {
    box.withdraw(box.withdrawal(0), box.withdrawal(2), box.withdrawal(99));
    assertThat(box.deployments.entriesWithdrawn(Box.DEPLOYMENT)).isEqualTo(2);
  }

  @Test
  void itOutlivesTheProcess() throws Exception {
    box.withdraw(box.withdrawal(1));
    try (Box again = box.again()) {
      assertThat(again.listed()).containsExactly("SUBJECT-0", "SUBJECT-2");
    }
  }

  @Test
  void whoWasWithdrawnIsLeftOutWhenTheSameBundleIsImportedAgain() throws Exception {
    try (Box other = new Box(folder.resolve("other"))) {
      other.papers().write();
      byte[] bundle = Files.readAllBytes(other.bundle());
      other.importList();
      other.withdraw(other.withdrawal(1));
      Files.write(other.bundle(), bundle);
      other.importList();
      assertThat(other.listed()).containsExactly("SUBJECT-0", "SUBJECT-2");
      assertThat(other.deployments.entriesWithdrawn(Box.DEPLOYMENT)).isEqualTo(1);
    }
  }

  @Test
  void nothingOnTheDiskSaysWhoWasWithdrawn() throws Exception {
    box.withdraw(box.withdrawal(1));
    box.database.purge();
    List<Path> files;
    try (var all = Files.walk(box.data())) {
      files = all.filter(Files::isRegularFile).toList();
    }
    for (Path file : files) {
      assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
          .as(file.toString())
          .doesNotContain("SUBJECT-1");
    }
  }

  @Test
  void whoWasWithdrawnIsForgottenWithTheList() throws Exception {
    box.withdraw(box.withdrawal(1));
    box.deployments.close(Box.OFFICER);
    box.finish();
    assertThat(
            box.database.query(
                "SELECT id FROM withdrawal WHERE subject IS NOT NULL", row -> row.text("id")))
        .isEmpty();
    assertThat(box.deployments.entriesWithdrawn(Box.DEPLOYMENT)).isEqualTo(1);
  }

  @Test
  void oneOfAnotherDeploymentIsIgnored() throws Exception {
    byte[] other =
        box.withdrawal(
            UUID.randomUUID(), new DeploymentId("D-8"), box.device.identity(), "SUBJECT-1");
    assertThat(box.withdraw(other)).containsExactly(Reason.OTHER_DEPLOYMENT);
    assertThat(box.listed()).hasSize(3);
  }

  @Test
  void oneForAnotherDeviceIsIgnored() throws Exception {
    byte[] other =
        box.withdrawal(
            UUID.randomUUID(), Box.DEPLOYMENT, DeviceKeys.generate().identity(), "SUBJECT-1");
    assertThat(box.withdraw(other)).containsExactly(Reason.OTHER_DEVICE);
    assertThat(box.listed()).hasSize(3);
  }

  @Test
  void aStrangersAndAnAlteredOneAreIgnored() throws Exception {
    byte[] strangers =
        Withdrawal.of(
                UUID.randomUUID(),
                Box.DEPLOYMENT,
                Box.NOW,
                new Withdrawal.Content(new SubjectRef("SUBJECT-1"), "found"),
                box.device.identity())
            .sign(List.of(AuthorityKey.generate()))
            .bytes();
    byte[] cut = Arrays.copyOf(box.withdrawal(1), 200);
    assertThat(box.withdraw(strangers, cut))
        .containsExactly(Reason.UNKNOWN_AUTHORITY, Reason.MALFORMED);
    assertThat(box.listed()).hasSize(3);
  }

  @Test
  void aGenuineOneAmongOthersIsApplied() throws Exception {
    assertThat(box.withdraw(new byte[] {1}, box.withdrawal(1), new byte[] {2}))
        .containsExactly(Reason.MALFORMED, Reason.MALFORMED);
    assertThat(box.listed()).hasSize(2);
  }

  @Test
  void oneAfterTheEndIsIgnored() throws Exception {
    box.deployments.close(Box.OFFICER);
    assertThat(box.withdraw(box.withdrawal(1))).containsExactly(Reason.OTHER_DEPLOYMENT);
  }

  @Test
  void moreThanTheListCouldNeedAreNotTaken() throws Exception {
    List<byte[]> flood = new ArrayList<>();
    for (int i = 0; i < 1005; i++) {
      flood.add(box.withdrawal(1000 + i));
    }
    assertThat(box.withdraw(flood.toArray(byte[][]::new)))
        .containsExactly(Reason.TOO_MANY, Reason.TOO_MANY);
  }

  @Test
  void whatCannotBeRecordedIsOutOfMemoryAllTheSameAndAppliedWhenItCan() throws Exception {
    Memory memory = new Memory();
    byte[] document = box.withdrawal(1);
    box.database.update(
        "CREATE TRIGGER fault BEFORE INSERT ON withdrawal BEGIN SELECT RAISE(ABORT, 'x'); END");
    assertThatThrownBy(() -> box.withdraw(memory, document))
        .isInstanceOfAny(StoreException.class, IllegalStateException.class);
    assertThat(memory.done).containsExactly("wiped SUBJECT-1");
    box.database.update("DROP TRIGGER fault");

    box.withdraw(memory, document);

    assertThat(box.listed()).containsExactly("SUBJECT-0", "SUBJECT-2");
  }

  @Test
  void aDataFileThatCannotBeReadKeepsNobodyInMemory() throws Exception {
    Memory memory = new Memory();
    byte[] document = box.withdrawal(1);
    box.database.update("ALTER TABLE withdrawal RENAME TO elsewhere");

    assertThatThrownBy(() -> box.withdraw(memory, document))
        .isInstanceOfAny(StoreException.class, IllegalStateException.class);

    assertThat(memory.done).containsExactly("wiped SUBJECT-1");
  }

  @Test
  void whatCouldNotBeDestroyedAtOnceIsDestroyedAtTheNextTry() throws Exception {
    Memory memory = new Memory();
    byte[] document = box.withdrawal(1);
    Path before = box.listFile(".key");
    Path stray = before.resolveSibling("00000000-0000-0000-0000-000000000000.db");
    Path fault = Files.createDirectories(stray.resolve("full"));
    assertThatThrownBy(() -> box.withdraw(memory, document)).isInstanceOf(CryptoException.class);
    Files.delete(fault);

    box.withdraw(memory, document);

    assertThat(stray).doesNotExist();
    assertThat(before).doesNotExist();
    assertThat(memory.done).endsWith("2 left");
  }

  private List<String> auditLines() throws StoreException {
    return box.database.query(
        "SELECT CAST(line AS TEXT) AS line FROM audit_record ORDER BY sequence",
        row -> row.text("line"));
  }
}
