package org.sightline.edge.match;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;

class GalleryTest {
  private static final int DIMENSION = 67;
  private final Random random = new Random(7);

  @Test
  void theNearestSubjectIsTheOneThatComparisonWithEachFinds() {
    List<WatchlistEntry> entries = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      entries.add(entry("S-" + i, random()));
    }
    try (Gallery gallery = Gallery.of("pack", DIMENSION, entries)) {
      for (int i = 0; i < 50; i++) {
        Template probe = random();
        Candidate found = gallery.nearest(probe).orElseThrow();
        double best = -1;
        for (WatchlistEntry entry : entries) {
          for (Template template : entry.templates()) {
            best = Math.max(best, template.similarityTo(probe).cosine());
          }
        }
        assertThat(found.similarity().cosine()).isCloseTo(best, within(1e-5));
      }
    }
  }

  @Test
  void whatThePicturesOfASubjectHaveInCommonFindsTheSubjectBest() {
    Template one = Template.normalised("pack", new float[] {1, 1, 0});
    Template other = Template.normalised("pack", new float[] {1, -1, 0});
    Gallery gallery = Gallery.of("pack", 3, List.of(entry("S-1", one, other)));
    Template common = Template.normalised("pack", new float[] {1, 0, 0});
    assertThat(gallery.nearest(common).orElseThrow().similarity().cosine())
        .isCloseTo(1, within(1e-6));
  }

  @Test
  void sizeCountsSubjectsNotTemplates() {
    Gallery gallery =
        Gallery.of("pack", DIMENSION, List.of(entry("S-1", random(), random(), random())));
    assertThat(gallery.size()).isOne();
  }

  @Test
  void anEmptyGalleryHasNoNearest() {
    assertThat(Gallery.of("pack", DIMENSION, List.of()).nearest(random())).isEmpty();
  }

  @Test
  void aTemplateOfAnotherPackIsRefusedOnBothSides() {
    Template foreign = Template.normalised("other", new float[] {1, 2, 3});
    WatchlistEntry entry =
        new WatchlistEntry(new SubjectRef("S-1"), "x", List.of(foreign), new Jpeg(new byte[0]));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gallery.of("pack", DIMENSION, List.of(entry)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Gallery.of("pack", DIMENSION, List.of()).nearest(foreign));
  }

  private Template random() {
    float[] values = new float[DIMENSION];
    for (int i = 0; i < DIMENSION; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return Template.normalised("pack", values);
  }

  private static WatchlistEntry entry(String subject, Template... templates) {
    return new WatchlistEntry(
        new SubjectRef(subject), "exercise", List.of(templates), new Jpeg(new byte[0]));
  }
}
