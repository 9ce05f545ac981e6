package org.sightline.edge.watchlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;

/** What a signed list may hold even so; the signature does not make it well-formed. */
class BundleFormatTest {
  private final WatchlistEntry entry = SampleList.entries(1).get(0);
  private final byte[] good = BundleFormat.encode(entry, SampleList.terms());

  @Test
  void anEntryIsTheSameAfterEncodingAndDecoding() {
    WatchlistEntry again = BundleFormat.decode(good, SampleList.terms());
    assertThat(again.subject()).isEqualTo(entry.subject());
    assertThat(again.portrait()).isEqualTo(entry.portrait());
  }

  @Test
  void everyCutOfAnEntryIsRefused() {
    for (int length = 0; length < good.length; length++) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThatIllegalArgumentException()
          .isThrownBy(() -> BundleFormat.decode(cut, SampleList.terms()));
    }
  }

  @Test
  void anyChangeOfAnEntryIsRefusedOrAnotherEntryButNeverACrash() {
    Random random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] bytes = good.clone();
      for (int i = 0; i <= random.nextInt(3); i++) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      try {
        assertThat(BundleFormat.decode(bytes, SampleList.terms())).isNotNull();
      } catch (IllegalArgumentException refused) {
        assertThat(refused).hasMessageMatching("[^\\p{Cntrl}]+");
      }
    }
  }

  @Test
  void aSubjectLikeAPathIsRefused() {
    byte[] bytes = good.clone();
    bytes[1] = '.';
    bytes[2] = '.';
    bytes[3] = '/';
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BundleFormat.decode(bytes, SampleList.terms()))
        .withMessageContaining("subject reference");
  }

  @Test
  void aPortraitDeclaredAsLongAsFourGibibytesIsRefused() {
    byte[] bytes = good.clone();
    ByteBuffer.wrap(bytes).putInt(bytes.length - entry.portrait().bytes().length - 4, 0xffffffff);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BundleFormat.decode(bytes, SampleList.terms()))
        .withMessageContaining("portrait");
  }

  @Test
  void anEntryWithoutATemplateIsRefused() {
    byte[] bytes = {1, 'S', 0, 0, 0, 0, 0, 0, 0};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BundleFormat.decode(bytes, SampleList.terms()))
        .withMessageContaining("has a template");
  }

  @Test
  void aTemplateOfAnotherPackIsNotWritten() {
    WatchlistEntry other =
        new WatchlistEntry(
            new SubjectRef("S-1"),
            "wanted",
            List.of(Template.normalised("other-pack", new float[] {1, 0, 0, 0})),
            new Jpeg(new byte[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BundleFormat.encode(other, SampleList.terms()))
        .withMessageContaining("another model pack");
  }

  @Test
  void anEntryTooLongForTheFormatIsNotWritten() {
    WatchlistEntry wordy =
        new WatchlistEntry(
            new SubjectRef("S-1"), "x".repeat(1001), entry.templates(), entry.portrait());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BundleFormat.encode(wordy, SampleList.terms()))
        .withMessageContaining("too long");
  }
}
