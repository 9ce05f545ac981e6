package org.sightline.edge.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.audit.AuditVerdict.Altered;
import org.sightline.edge.audit.AuditVerdict.Contradictory;
import org.sightline.edge.audit.AuditVerdict.Cut;
import org.sightline.edge.audit.AuditVerdict.Intact;
import org.sightline.edge.audit.AuditVerdict.Missing;
import org.sightline.edge.audit.AuditVerdict.OtherHistory;
import org.sightline.edge.audit.AuditVerdict.Reordered;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.store.Database;

/** Lines and heads are counted from 1, as records are. */
class AuditVerifierTest {
  private static final int RECORDS = 12;

  @TempDir private Path folder;
  private List<AuditHead> heads;
  private List<AuditRecord> records;

  @BeforeEach
  void exportALog() throws Exception {
    export(RECORDS);
  }

  private void export(int count) throws Exception {
    try (Database database = Database.open(folder.resolve("log-of-" + count))) {
      heads = SampleLog.append(database, count);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      AuditLog.export(database, out);
      records = out.toString(StandardCharsets.UTF_8).lines().map(AuditVerifierTest::read).toList();
    }
  }

  @Test
  void anExportedLogIsIntact() throws Exception {
    assertThat(verify(lines(), head(12))).isEqualTo(new Intact(head(12), 12));
    assertThat(verify(lines(), head(7), head(3))).isEqualTo(new Intact(head(12), 7));
    assertThat(verify(lines(), AuditHead.START)).isEqualTo(new Intact(head(12), 0));
    assertThat(verify(List.of())).isEqualTo(new Intact(AuditHead.START, 0));
  }

  @Test
  void aRecordWithAnotherDetailIsNamed() throws Exception {
    for (int n = 1; n <= 10; n++) {
      List<String> altered = lines();
      altered.set(n - 1, text(withAnotherDetail(record(n))));
      assertThat(verify(altered)).isEqualTo(new Altered(n));
      assertThat(verify(altered, head(12))).isEqualTo(new Altered(n));
      assertThat(verify(altered, head(1), head(n), head(11))).isEqualTo(new Altered(n));
    }
  }

  @Test
  void aRecordOfAnotherTimeIsNamed() throws Exception {
    for (int n = 1; n <= 10; n++) {
      List<String> altered = lines();
      altered.set(n - 1, text(later(record(n))));
      assertThat(verify(altered, head(12))).isEqualTo(new Altered(n));
    }
  }

  @Test
  void theLastButOneRecordAlteredIsNamedWithTheHeadAndBesideItsNeighbourWithout() throws Exception {
    List<String> altered = lines();
    altered.set(10, text(withAnotherDetail(record(11))));
    assertThat(verify(altered, head(12))).isEqualTo(new Altered(11));
    assertThat(verify(altered)).isEqualTo(new Contradictory(11));
  }

  @Test
  void theNewestRecordAlteredIsNamedWhenTheHeadsOfItAndOfTheOneBeforeWerePublished()
      throws Exception {
    List<String> altered = lines();
    altered.set(11, text(withAnotherDetail(record(12))));
    assertThat(verify(altered, head(11), head(12))).isEqualTo(new Altered(12));
  }

  @Test
  void theNewestRecordAlteredCannotBeDistinguishedFromARewrittenLogByItsHeadAlone()
      throws Exception {
    List<String> altered = lines();
    altered.set(11, text(withAnotherDetail(record(12))));
    assertThat(verify(altered, head(12))).isEqualTo(new OtherHistory(0, head(12)));
    assertThat(verify(altered, head(9), head(12))).isEqualTo(new OtherHistory(9, head(12)));
  }

  @Test
  void theNewestRecordAlteredCannotBeSeenWithoutItsHead() throws Exception {
    List<String> altered = lines();
    altered.set(11, text(withAnotherDetail(record(12))));
    assertThat(verify(altered, head(11)))
        .isInstanceOfSatisfying(
            Intact.class, intact -> assertThat(intact.publishedUpTo()).isEqualTo(11));
  }

  @Test
  void everyFlippedBitIsSeenAndItsRecordNamed() throws Exception {
    export(4);
    byte[] log = bytes(file(lines()));
    int record = 1;
    for (int at = 0; at < log.length; at++) {
      boolean lineEnd = log[at] == '\n';
      for (int bit = 0; bit < 8; bit++) {
        byte[] flipped = log.clone();
        flipped[at] ^= (byte) (1 << bit);
        assertThat(verify(flipped, head(3), head(4)))
            .as("bit %d of byte %d", bit, at)
            .isEqualTo(new Altered(record));
        AuditVerdict withTheLastHeadAlone = verify(flipped, head(4));
        assertThat(withTheLastHeadAlone)
            .as("bit %d of byte %d", bit, at)
            .isIn(
                new Altered(record),
                record == 4 ? new OtherHistory(0, head(4)) : new Altered(record));
      }
      record += lineEnd ? 1 : 0;
    }
  }

  @Test
  void aMissingRecordIsNamed() throws Exception {
    for (int n = 1; n <= 11; n++) {
      List<String> shorter = lines();
      shorter.remove(n - 1);
      assertThat(verify(shorter)).isEqualTo(new Missing(n));
      assertThat(verify(shorter, head(n), head(12))).isEqualTo(new Missing(n));
    }
  }

  @Test
  void theFirstOfSeveralMissingRecordsIsNamed() throws Exception {
    for (int n = 1; n <= 8; n++) {
      List<String> shorter = lines();
      shorter.subList(n - 1, n + 2).clear();
      assertThat(verify(shorter, head(12))).isEqualTo(new Missing(n));
    }
  }

  @Test
  void swappedNeighboursAreNamed() throws Exception {
    for (int n = 1; n <= 11; n++) {
      List<String> swapped = lines();
      Collections.swap(swapped, n - 1, n);
      assertThat(verify(swapped)).isEqualTo(new Reordered(n, n + 1L));
      assertThat(verify(swapped, head(n), head(12))).isEqualTo(new Reordered(n, n + 1L));
    }
  }

  @Test
  void aRecordMovedAnywhereIsNamed() throws Exception {
    for (int from = 1; from <= 12; from++) {
      for (int to = 1; to <= 12; to++) {
        List<String> moved = lines();
        moved.add(to - 1, moved.remove(from - 1));
        int first = Math.min(from, to);
        assertThat(verify(moved, head(12)))
            .isEqualTo(
                from == to
                    ? new Intact(head(12), 12)
                    : new Reordered(first, from < to ? from + 1L : from));
      }
    }
  }

  @Test
  void aRepeatedRecordIsNamedWithThePlaceWhereItDoesNotBelong() throws Exception {
    for (int n = 1; n <= 12; n++) {
      List<String> longer = lines();
      longer.add(n, longer.get(n - 1));
      assertThat(verify(longer, head(12))).isEqualTo(new Reordered(n + 1L, n));
    }
  }

  @Test
  void aTailCutOffIsSeenByThePublishedHead() throws Exception {
    for (int left = 0; left < 12; left++) {
      List<String> cut = lines().subList(0, left);
      assertThat(verify(cut, head(12))).isEqualTo(new Cut(left, head(12)));
      assertThat(verify(cut, head(12), head(left + 1))).isEqualTo(new Cut(left, head(left + 1)));
    }
  }

  @Test
  void aTailCutOffCannotBeSeenWithoutAHeadOfIt() throws Exception {
    for (int left = 1; left < 12; left++) {
      List<String> cut = lines().subList(0, left);
      assertThat(verify(cut)).isEqualTo(new Intact(head(left), 0));
      assertThat(verify(cut, head(left))).isEqualTo(new Intact(head(left), left));
    }
  }

  @Test
  void aRecordCutInTheMiddleIsNamed() throws Exception {
    byte[] log = bytes(file(lines()));
    int wholeRecords = 0;
    for (int size = 0; size < log.length; size++) {
      byte[] cut = Arrays.copyOf(log, size);
      boolean atAnEnd = size == 0 || log[size] == '\n' || log[size - 1] == '\n';
      wholeRecords += log[size] == '\n' ? 1 : 0;
      assertThat(verify(cut, head(12)))
          .isEqualTo(
              !atAnEnd
                  ? new Altered(wholeRecords + 1L)
                  : wholeRecords == 12
                      ? new Intact(head(12), 12)
                      : new Cut(wholeRecords, head(12)));
    }
  }

  @Test
  void aTailRewrittenIsSeenByThePublishedHead() throws Exception {
    for (int n = 1; n <= 11; n++) {
      List<String> rewritten = rewrittenFrom(n);
      assertThat(verify(rewritten, head(12))).isEqualTo(new OtherHistory(0, head(12)));
    }
  }

  @Test
  void aTailRewrittenBeganBetweenTheLastHeadThatFitsAndTheFirstThatDoesNot() throws Exception {
    for (int n = 4; n <= 8; n++) {
      List<String> rewritten = rewrittenFrom(n);
      assertThat(verify(rewritten, head(12), head(8), head(3), head(2)))
          .isEqualTo(new OtherHistory(3, head(8)));
      assertThat(verify(rewritten, head(n - 1), head(n)))
          .isEqualTo(new OtherHistory(n - 1L, head(n)));
    }
  }

  @Test
  void aTailRewrittenAndCutIsNotTakenForACutAlone() throws Exception {
    List<String> rewritten = rewrittenFrom(4).subList(0, 9);
    assertThat(verify(rewritten, head(3), head(6), head(12)))
        .isEqualTo(new OtherHistory(3, head(6)));
  }

  @Test
  void aTailRewrittenCannotBeSeenWithoutAHeadOfIt() throws Exception {
    assertThat(verify(rewrittenFrom(4), head(3)))
        .isInstanceOfSatisfying(
            Intact.class, intact -> assertThat(intact.publishedUpTo()).isEqualTo(3));
  }

  @Test
  void twoHeadsOfOneRecordThatDifferAreNotBothOfThisLog() throws Exception {
    AuditHead other = read(rewrittenFrom(4).get(6)).head();
    assertThat(verify(lines(), head(7), other)).isEqualTo(new OtherHistory(0, other));
    assertThat(verify(lines(), other, head(7))).isEqualTo(new OtherHistory(0, other));
  }

  @Test
  void ofSeveralEditsTheFirstIsNamed() throws Exception {
    Random random = new Random(20261123);
    for (int round = 0; round < 500; round++) {
      List<List<String>> places = new ArrayList<>();
      lines().forEach(line -> places.add(List.of(line)));
      AuditVerdict first = null;
      // Neighbours speak for each other, so edits are kept apart and off the end.
      for (int n = 1 + random.nextInt(8); n <= 9; n += 3 + random.nextInt(4)) {
        AuditVerdict edit = edit(places, n, random);
        first = first == null ? edit : first;
      }
      List<String> edited = places.stream().flatMap(List::stream).toList();
      assertThat(verify(edited)).as("round %d", round).isEqualTo(first);
      assertThat(verify(edited, head(12))).as("round %d", round).isEqualTo(first);
    }
  }

  private AuditVerdict edit(List<List<String>> places, int n, Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> {
        places.set(n - 1, List.of());
        yield new Missing(n);
      }
      case 1 -> {
        Collections.swap(places, n - 1, n);
        yield new Reordered(n, n + 1L);
      }
      case 2 -> {
        places.set(n - 1, List.of(text(record(n)), text(record(n))));
        yield new Reordered(n + 1L, n);
      }
      default -> {
        AuditRecord altered =
            random.nextBoolean() ? later(record(n)) : withAnotherDetail(record(n));
        places.set(n - 1, List.of(text(altered)));
        yield new Altered(n);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{}",
        "null",
        "not a record",
        "{\"sequence\":5,\"at\":null,\"event\":null,\"actor\":null,\"details\":null,\"previous\":null}"
      })
  void aLineThatIsNoRecordCountsAsAltered(String line) throws Exception {
    List<String> altered = lines();
    altered.set(4, line);
    assertThat(verify(altered, head(12))).isEqualTo(new Altered(5));
  }

  @Test
  void aDetailThatIsNothingCountsAsAltered() throws Exception {
    List<String> altered = lines();
    altered.set(4, altered.get(4).replaceFirst("(\"details\":\\{\"\\w+\":)\"[^\"]+\"", "$1null"));
    assertThat(altered.get(4)).contains(":null");
    assertThat(verify(altered, head(12))).isEqualTo(new Altered(5));
  }

  @Test
  void aMemberThatThisVersionDoesNotKnowLeavesALogIntact() throws Exception {
    List<String> newer = new ArrayList<>();
    AuditHead last = AuditHead.START;
    for (AuditRecord record : records) {
      String line =
          text(record)
              .replace(record.previous().hex(), last.hash().hex())
              .replace("\"alert-raised\"", "\"alert-repeated\"")
              .replaceFirst("}$", ",\"boot\":{\"since\":1e3}}");
      newer.add(line);
      last = new AuditHead(record.sequence(), Sha256.of(bytes(line)));
    }
    assertThat(verify(newer, last)).isEqualTo(new Intact(last, 12));

    newer.set(4, newer.get(4).replace("1e3", "1e4"));
    assertThat(verify(newer, last)).isEqualTo(new Altered(5));
  }

  @Test
  void aLineLongerThanAnyRecordCountsAsAltered() throws Exception {
    List<String> altered = lines();
    altered.set(4, altered.get(4).replaceFirst("\"details\"", "x".repeat(1 << 20)));
    assertThat(verify(altered, head(12))).isEqualTo(new Altered(5));
  }

  @Test
  void aFileThatIsNotThereIsReportedInOneLine() {
    Path absent = folder.resolve("absent");
    assertThatExceptionOfType(SightlineException.class)
        .isThrownBy(() -> new AuditVerifier(List.of()).verify(absent))
        .satisfies(
            e -> {
              assertThat(e.where()).isEqualTo(absent.toString());
              assertThat(e.getMessage()).hasLineCount(1);
            });
  }

  private AuditHead head(int sequence) {
    return heads.get(sequence - 1);
  }

  private AuditRecord record(int sequence) {
    return records.get(sequence - 1);
  }

  private List<String> lines() {
    return new ArrayList<>(records.stream().map(AuditVerifierTest::text).toList());
  }

  /** The log with one record altered and all hashes after it recomputed. */
  private List<String> rewrittenFrom(int n) {
    List<String> lines = lines().subList(0, n - 1);
    AuditRecord last = withAnotherDetail(record(n));
    lines.add(text(last));
    for (AuditRecord record : records.subList(n, records.size())) {
      last =
          new AuditRecord(
              record.sequence(),
              record.at(),
              record.event(),
              record.actor(),
              record.details(),
              last.head().hash());
      lines.add(text(last));
    }
    return lines;
  }

  private static AuditRecord withAnotherDetail(AuditRecord record) {
    SortedMap<String, String> details = new TreeMap<>(record.details());
    details.put(details.firstKey(), "other");
    return new AuditRecord(
        record.sequence(), record.at(), record.event(), record.actor(), details, record.previous());
  }

  private static AuditRecord later(AuditRecord record) {
    return new AuditRecord(
        record.sequence(),
        record.at().plus(Duration.ofMinutes(1)),
        record.event(),
        record.actor(),
        record.details(),
        record.previous());
  }

  private static AuditRecord read(String line) {
    return CanonicalJson.read(bytes(line), AuditRecord.class).orElseThrow();
  }

  private static String text(AuditRecord record) {
    return new String(record.line(), StandardCharsets.UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String file(List<String> lines) {
    return String.join("", lines.stream().map(line -> line + "\n").toList());
  }

  private static AuditVerdict verify(List<String> lines, AuditHead... published) throws Exception {
    return verify(bytes(file(lines)), published);
  }

  private static AuditVerdict verify(byte[] file, AuditHead... published) throws Exception {
    return new AuditVerifier(List.of(published)).verify(new ByteArrayInputStream(file));
  }
}
