package org.sightline.edge.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.aim.Light;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.Zone;
import org.sightline.edge.imaging.FaceCropper;
import org.sightline.edge.imaging.Sharpness;
import org.sightline.edge.pipeline.WatchedView;
import org.sightline.edge.shot.ShotQuality;

/**
 * A small copy of a frame on its way to be hidden, with what was measured of it while it was whole.
 *
 * @param small is wiped by its holder
 * @param scale from the camera's pixels to its own
 * @param faces found within what may be looked at
 * @param others boxes of those found elsewhere, to be hidden
 */
record FrameCopy(
    CameraId camera,
    long takenNanos,
    BgrPicture small,
    float scale,
    List<Measured> faces,
    List<BoxPx> others,
    Light light,
    @Nullable Zone zone) {
  /**
   * The longer side. A face of 8 px in it, the smallest that is found, is hidden by the squares.
   */
  static final int SIDE_PX = 960;

  /** A dense crowd shows some 40. */
  private static final int MOST_FACES = 60;

  /**
   * A face in pixels of the camera.
   *
   * @param quality of the view
   */
  record Measured(Face face, ShotQuality quality) {}

  static FrameCopy of(Frame frame, List<Face> found, WatchedView view) {
    Picture picture = frame.picture();
    List<Face> finite = found.stream().filter(Face::isFinite).toList();
    List<Face> within = view.within(picture, finite);
    Sharpness sharpness = new Sharpness();
    List<Measured> faces = new ArrayList<>();
    within.stream()
        .limit(MOST_FACES)
        .forEach(
            face ->
                faces.add(
                    new Measured(face, ShotQuality.of(face, sharpness.of(picture, face.box())))));
    Set<BoxPx> drawn =
        faces.stream().map(each -> each.face().box()).collect(Collectors.toUnmodifiableSet());
    Light light = Light.of(picture);
    BgrPicture small =
        new FaceCropper()
            .crop(
                picture,
                new BoxPx(0, 0, picture.widthPx(), picture.heightPx()),
                0,
                Math.min(SIDE_PX, Math.max(picture.widthPx(), picture.heightPx())));
    return new FrameCopy(
        frame.camera(),
        System.nanoTime(),
        small,
        (float) small.widthPx() / picture.widthPx(),
        faces,
        finite.stream().map(Face::box).filter(box -> !drawn.contains(box)).toList(),
        light,
        view.zone());
  }

  void wipe() {
    small.wipe();
  }
}
