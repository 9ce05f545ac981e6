package org.sightline.edge.console;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.aim.AimLimits;
import org.sightline.edge.aim.AimPicture;
import org.sightline.edge.aim.KeenSearch;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.detect.FaceDetectors;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.imaging.JpegCodec;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.shot.ShotSettings;

/**
 * Hides faces as {@link AimPicture} does: all of the picture in squares, and a head that is found,
 * whichever way up, as one of them. The network runs on one thread of the CPU, whatever the
 * pipeline computes with.
 */
final class FaceHider implements Hider {
  /** The longer side of what is shown. */
  static final int SHOWN_SIDE_PX = 640;

  private static final int JPEG_QUALITY = 70;

  private final ModelPack manifest;
  private final DetectionSettings detection;
  private final FaceDetector keen;
  private final AimPicture pictures;

  private FaceHider(ModelPack manifest, DetectionSettings detection, FaceDetector keen) {
    this.manifest = manifest;
    this.detection = detection;
    this.keen = keen;
    this.pictures =
        new AimPicture(
            new KeenSearch(keen), manifest.detector().frameScoreThreshold(), SHOWN_SIDE_PX);
  }

  static Hider open(AgentSettings settings) throws SightlineException {
    ModelPacks packs =
        ModelPacks.at(
            settings.folders().models() == null
                ? ModelPacks.defaultFolder()
                : settings.folders().models());
    return open(
        packs.installed(settings.recognition().modelPack()),
        settings.recognition().smallestFacePx());
  }

  /**
   * Opens the detector of a pack at its most sensitive.
   *
   * @param smallestFacePx of the settings
   */
  static Hider open(InstalledPack pack, @Nullable Integer smallestFacePx)
      throws SightlineException {
    Integer fixed = pack.manifest().detector().fixedSidePx();
    if (fixed != null) {
      return new NoHider(
          "no preview with this model pack, which searches every picture at "
              + fixed
              + " px and would miss small faces");
    }
    Compute compute = Compute.cpu(1);
    return new FaceHider(
        pack.manifest(),
        DetectionSettings.frames(smallestFacePx, compute),
        FaceDetectors.keen(pack.manifest(), pack.folder(), compute));
  }

  @Override
  public Preview hide(FrameCopy copy) {
    AimLimits limits = limits(copy);
    ShotSettings.Usable usable = ShotSettings.defaults().usable();
    List<AimPicture.Mark> marks = new ArrayList<>();
    List<Preview.SeenFace> faces = new ArrayList<>();
    for (FrameCopy.Measured measured : copy.faces()) {
      BoxPx box = measured.face().box();
      boolean isUsable =
          box.height() >= limits.faceHeightPx()
              && measured.face().landmarks().interEyeDistancePx() >= limits.eyeDistancePx()
              && measured.quality().value() >= usable.leastQuality();
      int heightPx = Math.round(box.height());
      marks.add(new AimPicture.Mark(box.scaled(copy.scale()), heightPx, isUsable));
      faces.add(
          new Preview.SeenFace(
              heightPx, (int) Math.round(100 * measured.quality().value()), isUsable));
    }
    List<BoxPx> others = copy.others().stream().map(box -> box.scaled(copy.scale())).toList();
    BgrPicture picture = pictures.of(copy.small(), others, marks, copy.zone());
    if (picture == null) {
      return Preview.none("a face in the picture would not be hidden for certain");
    }
    faces.sort(Comparator.comparing(Preview.SeenFace::heightPx).reversed());
    return new Preview(
        JpegCodec.encode(picture, JPEG_QUALITY),
        "",
        faces,
        (int) Math.ceil(limits.faceHeightPx()),
        copy.light());
  }

  private AimLimits limits(FrameCopy copy) {
    int widthPx = Math.round(copy.small().widthPx() / copy.scale());
    int heightPx = Math.round(copy.small().heightPx() / copy.scale());
    ModelPack.Detector searched = manifest.detector();
    return AimLimits.of(searched.smallestFacePx() / detection.scale(widthPx, heightPx, searched));
  }

  @Override
  public void close() {
    keen.close();
  }

  /** Shows nothing, and says why. */
  private record NoHider(String why) implements Hider {
    @Override
    public Preview hide(FrameCopy copy) {
      return Preview.none(why);
    }

    @Override
    public void close() {}
  }
}
