package org.sightline.edge.aim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.capture.CameraProbe;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Zone;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceException;
import org.sightline.edge.inference.NetworkFailure;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.testing.GeneratedStreet;
import org.sightline.edge.testing.SampleCameras;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Three drawn people who walk by, measured by the built-in engine, beside the truth. */
class CameraAimTest {
  private static final double TOLERANCE = 1.35;
  private static final Zone LEFT = SampleCameras.box(0, 0, 0.485, 1);

  @TempDir private static Path folder;
  private static Path clip;
  private static AimReport whole;
  private static AimReport left;
  private static double smallestInTruth = Double.MAX_VALUE;
  private static double largestInTruth;

  @BeforeAll
  static void watchThePeople() throws Exception {
    clip = GeneratedStreet.in(folder.resolve("street")).clip();
    JsonNode truth = JsonMapper.shared().readTree(clip.resolveSibling("truth.json"));
    for (JsonNode frame : truth.required("frames")) {
      for (JsonNode face : frame.required("faces")) {
        double height = face.required("height").doubleValue();
        smallestInTruth = Math.min(smallestInTruth, height);
        largestInTruth = Math.max(largestInTruth, height);
      }
    }
    whole = watch(null, GeneratedStreet.SMALLEST_FACE_PX);
    left = watch(LEFT, GeneratedStreet.SMALLEST_FACE_PX);
  }

  private static AimReport watch(@Nullable Zone zone, int smallestFacePx) throws Exception {
    return watch(zone, smallestFacePx, CameraProbe.Permit.ALWAYS);
  }

  private static AimReport watch(@Nullable Zone zone, int smallestFacePx, CameraProbe.Permit permit)
      throws Exception {
    InstalledPack pack = ModelPacks.at(folder.resolve("models")).installed("builtin");
    DetectionSettings detection = DetectionSettings.frames(smallestFacePx, Compute.cpu(1));
    try (CameraAim aim =
        new CameraAim(
            CameraSettings.of(new CameraId("mast-1"), clip.toString()),
            zone,
            pack,
            detection,
            false)) {
      return aim.watch(Duration.ofMinutes(1), permit);
    }
  }

  @Test
  void everybodyWhoWalksByIsCountedOnce() {
    assertThat(whole.figures().people().seen()).isEqualTo(3);
  }

  @Test
  void heightsAreThoseOfTheTruth() {
    assertThat(Objects.requireNonNull(whole.figures().faceHeightPx().smallestPx()))
        .isGreaterThan(smallestInTruth / TOLERANCE);
    assertThat(Objects.requireNonNull(whole.figures().faceHeightPx().medianPx()))
        .isBetween(smallestInTruth / TOLERANCE, largestInTruth * TOLERANCE);
  }

  @Test
  void whatIsNotPermittedAnyMoreIsNotReported() {
    CameraProbe.Permit over =
        () -> {
          throw new SightlineException(ErrorKind.REFUSED, "closed", "mast-1", "open it");
        };

    assertThatThrownBy(() -> watch(null, GeneratedStreet.SMALLEST_FACE_PX, over))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void aNetworkThatCanNoLongerBeRunIsReportedAsThat() {
    NetworkFailure failure =
        new NetworkFailure("detector's", new InferenceException("gone", "here", "restart", null));

    assertThatThrownBy(() -> CameraAim.finish(CompletableFuture.failedFuture(failure)))
        .isSameAs(failure);
  }

  @Test
  void aPackThatSearchesAtOneSizeOnlyMakesNoSnapshot() throws Exception {
    ModelPacks packs = ModelPacks.at(folder.resolve("models"));
    InstalledPack pack = new InstalledPack(packs.manifest("opencv-zoo"), folder);

    assertThatThrownBy(
            () ->
                new CameraAim(
                    CameraSettings.of(new CameraId("mast-1"), clip.toString()),
                    null,
                    pack,
                    DetectionSettings.frames(null, Compute.cpu(1)),
                    true))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("640 px");
  }

  @Test
  void withoutBeingAskedForNoPictureIsKeptForASnapshot() throws Exception {
    InstalledPack pack = ModelPacks.at(folder.resolve("models")).installed("builtin");
    try (CameraAim aim =
        new CameraAim(
            CameraSettings.of(new CameraId("mast-1"), clip.toString()),
            null,
            pack,
            DetectionSettings.frames(GeneratedStreet.SMALLEST_FACE_PX, Compute.cpu(1)),
            false)) {
      aim.watch(Duration.ofSeconds(1), CameraProbe.Permit.ALWAYS);

      assertThatThrownBy(() -> aim.snapshot(Compute.cpu(1)))
          .hasMessageContaining("no picture was searched");
    }
  }

  @Test
  void theRegionsTogetherHoldEveryFace() {
    assertThat(whole.figures().regions().stream().mapToInt(each -> each.faceHeightPx().count()))
        .hasSize(Region.COUNT);
    assertThat(
            whole.figures().regions().stream().mapToInt(each -> each.faceHeightPx().count()).sum())
        .isEqualTo(whole.figures().faceHeightPx().count());
  }

  @Test
  void outsideTheZoneNobodyIsMeasured() {
    assertThat(left.figures().people().seen()).isEqualTo(1);
    assertThat(
            List.of(2, 5, 8).stream()
                .mapToInt(each -> left.figures().regions().get(each).faceHeightPx().count())
                .sum())
        .isZero();
  }

  @Test
  void facesAreHeldAgainstTwiceTheSmallestThatIsSearchedFor() {
    assertThat(whole.findings().get(0).limit()).contains("80 px");
    assertThat(whole.aimed()).isFalse();
    assertThat(whole.toDo()).contains("px: zoom in or move nearer");
  }
}
