package org.sightline.edge.watchlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.testing.FuzzTarget;

/** An entry is refused, or is written again as it was read, its templates scaled to length 1. */
class BundleEntryFuzzTest extends FuzzTarget {
  private static final double SAME = 0.99999;

  @Override
  protected List<byte[]> seeds() {
    return SampleList.entries(3).stream()
        .map(entry -> BundleFormat.encode(entry, SampleList.terms()))
        .toList();
  }

  @Override
  protected void take(byte[] input) {
    WatchlistEntry entry;
    try {
      entry = BundleFormat.decode(input, SampleList.terms());
    } catch (IllegalArgumentException refused) {
      assertThat(refused).hasMessageMatching("[^\\p{Cntrl}]+");
      return;
    }
    byte[] written = BundleFormat.encode(entry, SampleList.terms());
    assertThat(withoutTemplates(written, entry)).isEqualTo(withoutTemplates(input, entry));
    List<Template> again = BundleFormat.decode(written, SampleList.terms()).templates();
    for (int i = 0; i < again.size(); i++) {
      assertThat(entry.templates().get(i).similarityTo(again.get(i)).cosine()).isGreaterThan(SAME);
    }
  }

  private static byte[] withoutTemplates(byte[] bytes, WatchlistEntry entry) {
    byte[] rest = bytes.clone();
    int end = bytes.length - entry.portrait().bytes().length - Integer.BYTES;
    int size = entry.templates().size() * SampleList.DIMENSION * Float.BYTES;
    Arrays.fill(rest, end - size, end, (byte) 0);
    return rest;
  }
}
