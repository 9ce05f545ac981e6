package org.sightline.edge.signing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.watchlist.EntryTerms;
import org.sightline.edge.watchlist.SampleList;
import org.sightline.edge.watchlist.WatchlistException;

class BundleWriterTest {
  private final DeviceIdentity device = DeviceKeys.generate().identity();
  private final AuthorityKey authority = AuthorityKey.generate();
  private final WatchlistEntry entry = SampleList.entries(1).get(0);

  @TempDir private Path folder;

  @Test
  void anUnfinishedBundleLeavesNothing() throws Exception {
    try (BundleWriter writer = create(folder.resolve("list.bundle"))) {
      writer.add(entry, SampleList.entryTerms());
    }
    assertThat(filesInFolder()).isEmpty();
  }

  @Test
  void aFinishedBundleLeavesNothingBesideItself() throws Exception {
    try (BundleWriter writer = create(folder.resolve("list.bundle"))) {
      writer.add(entry, SampleList.entryTerms());
      writer.finish();
    }
    assertThat(filesInFolder()).containsExactly(folder.resolve("list.bundle"));
  }

  @Test
  void anExistingFileIsNeverOverwritten() throws Exception {
    Path file = Files.writeString(folder.resolve("list.bundle"), "something else");
    assertThatExceptionOfType(WatchlistException.class)
        .isThrownBy(() -> create(file))
        .withMessageContaining("exists already");
    assertThat(file).hasContent("something else");
  }

  @Test
  void aFolderThatIsNotThereIsReportedInOneLine() {
    assertThatExceptionOfType(WatchlistException.class)
        .isThrownBy(() -> create(folder.resolve("none/list.bundle")))
        .withMessageContaining("cannot be written");
  }

  @Test
  void aSubjectIsListedOnce() throws Exception {
    try (BundleWriter writer = create(folder.resolve("list.bundle"))) {
      writer.add(entry, SampleList.entryTerms());
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.add(entry, SampleList.entryTerms()))
          .withMessageContaining("listed once");
    }
  }

  @Test
  void aListingThatHasToBeReviewedBeforeTheListExpiresIsNotWritten() throws Exception {
    EntryTerms early = new EntryTerms(SampleList.terms().lastDay().minusDays(1), false);
    try (BundleWriter writer = create(folder.resolve("list.bundle"))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> writer.add(entry, early))
          .withMessageContaining("reviewed until the list expires");
    }
  }

  private BundleWriter create(Path file) throws WatchlistException {
    return BundleWriter.create(file, SampleList.terms(), device, List.of(authority));
  }

  private List<Path> filesInFolder() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
