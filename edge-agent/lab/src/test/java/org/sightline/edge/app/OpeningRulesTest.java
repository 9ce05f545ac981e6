package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.LowestRecognition;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.CategoryPolicy;
import org.sightline.edge.domain.CategoryRule;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.SampleAuthorisation;
import org.sightline.edge.testing.SampleCategories;
import org.sightline.edge.watchlist.BundleTerms;
import org.sightline.edge.watchlist.ControlTerms;

/** What the categories of a list may ask, looked at again when a deployment is opened. */
class OpeningRulesTest {
  private static final double FLOOR = 0.6;

  @TempDir private Path folder;
  private AgentSettings settings;
  private ModelPack pack;

  @BeforeEach
  void aBoxWithItsSettings() throws Exception {
    settings =
        AgentSettings.read(
            Exercise.ofNobody(folder)
                .settings(
                    URI.create("mqtt://127.0.0.1:1"), "cameras: [{id: mast-1, source: none}]"));
    pack = ModelPacks.at(folder.resolve("models")).installed("builtin").manifest();
  }

  private void opens(CategoryRule rule, AlertTerms alerts) throws SightlineException {
    Instant made = Instant.now();
    BundleTerms list =
        new BundleTerms(
                new DeploymentId("D-1"),
                pack.name(),
                pack.version(),
                pack.embedder().dimension(),
                1,
                made,
                made.plus(Duration.ofDays(1)))
            .with(new CategoryPolicy(List.of(rule)));
    Authorisation authorised =
        new SampleAuthorisation().thresholdFloor(FLOOR).alerts(alerts).build();
    OpeningRules.requireList(list, settings, pack, authorised);
  }

  private SightlineException refusal(CategoryRule rule) {
    return catchThrowableOfType(SightlineException.class, () -> opens(rule, AlertTerms.DEFAULT));
  }

  @Test
  void aListWithACategoryBelowTheAuthorisedFloorIsNotOpened() {
    SightlineException refused =
        refusal(SampleCategories.rule("missing", SampleCategories.GREEN, 0.59));

    assertThat(refused.kind()).isEqualTo(ErrorKind.REFUSED);
    assertThat(refused).hasMessageContainingAll("'missing'", "0.59", "floor of 0.6");
  }

  @Test
  void aListWithACategoryAtTheAuthorisedFloorIsOpened() {
    assertThatCode(
            () ->
                opens(
                    SampleCategories.rule("missing", SampleCategories.GREEN, FLOOR),
                    AlertTerms.DEFAULT))
        .doesNotThrowAnyException();
  }

  @Test
  void aListThatNeedsTwoOfficersIsNotOpenedWhereNoControlRoomIsAuthorised() {
    assertThat(refusal(SampleCategories.rule("wanted", SampleCategories.RED)))
        .hasMessageContainingAll("'wanted'", "two officers");
  }

  @Test
  void aListThatNeedsTwoOfficersIsOpenedWhereAControlRoomIsAuthorised() {
    assertThatCode(
            () ->
                opens(
                    SampleCategories.rule("wanted", SampleCategories.RED),
                    AlertTerms.DEFAULT.sealedFor(ControlRoomKeys.generate().identity())))
        .doesNotThrowAnyException();
  }

  @Test
  void aLowestRecognitionRateIsRefusedWhereNobodyCanWalk() {
    Instant made = Instant.now();
    BundleTerms list =
        new BundleTerms(
            new DeploymentId("D-1"),
            pack.name(),
            pack.version(),
            pack.embedder().dimension(),
            1,
            made,
            made.plus(Duration.ofDays(1)));
    Authorisation authorised =
        new SampleAuthorisation().recognition(Optional.of(new LowestRecognition(0.8, 20))).build();

    assertThat(
            catchThrowableOfType(
                SightlineException.class,
                () -> OpeningRules.requireList(list, settings, pack, authorised)))
        .hasMessageContaining("no control entries");
    assertThatCode(
            () ->
                OpeningRules.requireList(
                    list.with(new ControlTerms("forms")), settings, pack, authorised))
        .doesNotThrowAnyException();
  }
}
