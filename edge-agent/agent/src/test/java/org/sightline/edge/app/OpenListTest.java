package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sightline.edge.domain.ListNearness;
import org.sightline.edge.domain.ListScale;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.match.Gallery;
import org.slf4j.LoggerFactory;

/** How a list whose people resemble each other is reported when it is opened. */
class OpenListTest {
  private static final String PACK = "sample-pack";
  private static final int DIMENSION = 64;

  /** About the mean nearness of random vectors of this dimension. */
  private static final ListScale SCALE = new ListScale(0.26, 0.95, 0.02);

  private final Logger logger = (Logger) LoggerFactory.getLogger(OpenList.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
  }

  @Test
  void aListOfPeopleWhoResembleEachOtherIsLoggedWithBothFigures() {
    ListNearness nearness = Objects.requireNonNull(opened(300, 0.6, SCALE));

    assertThat(log.list).extracting(ILoggingEvent::getLevel).containsExactly(Level.WARN);
    assertThat(log.list.get(0).getFormattedMessage())
        .contains("mean nearness %.3f, usually 0.260".formatted(nearness.mean()));
  }

  @Test
  void aListOfDifferentPeopleIsNotLogged() {
    ListNearness nearness = Objects.requireNonNull(opened(300, 0, SCALE));

    assertThat(nearness.mean()).isCloseTo(nearness.usual(), within(0.035));
    assertThat(log.list).isEmpty();
  }

  @Test
  void aListThatIsSearchedByCosineHasNoNearness() {
    assertThat(opened(299, 0.6, SCALE)).isNull();
  }

  @Test
  void aPackWithoutAScaleHasNoNearness() {
    assertThat(opened(300, 0.6, null)).isNull();
  }

  /**
   * @param common how much all have in common, of 1 that each has of its own
   */
  private static @Nullable ListNearness opened(
      int entries, double common, @Nullable ListScale scale) {
    Random random = new Random(11);
    try (Gallery.Builder builder = Gallery.builder(PACK, DIMENSION, entries)) {
      for (int entry = 0; entry < entries; entry++) {
        float[] values = new float[DIMENSION];
        for (int d = 0; d < DIMENSION; d++) {
          values[d] = (float) (random.nextGaussian() + common);
        }
        builder.add(
            new SubjectRef("S-" + entry), "wanted", List.of(Template.normalised(PACK, values)));
      }
      try (Gallery gallery = builder.build(scale)) {
        return OpenList.reportNearness(gallery, scale);
      }
    }
  }
}
