package org.sightline.edge.fieldtest.generate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.fieldtest.generate.Truth.FaceInFrame;
import org.sightline.edge.fieldtest.generate.Truth.FrameOfCamera;
import org.sightline.edge.fieldtest.generate.Truth.Pass;

/** The shooting of one camera's clip, with what is learnt of its passes on the way. */
final class Reel {
  private final Mast mast;
  private final Cast cast;
  private final Map<Integer, String> subjects;
  private final List<FrameOfCamera> frames = new ArrayList<>();
  private final Map<Integer, Sightings> sightings = new TreeMap<>();

  /**
   * @param subjects of listed people, by number of the walk
   */
  Reel(Mast mast, Cast cast, Map<Integer, String> subjects) {
    this.mast = mast;
    this.cast = cast;
    this.subjects = subjects;
  }

  /** Paints and encodes every frame. */
  void shoot(Path folder) throws GenerationException {
    Scene scene = mast.scene();
    Film film = new Film(scene, cast, mast.walks());
    try (ClipEncoder encoder = new ClipEncoder(folder.resolve(mast.clip()), scene)) {
      for (int frame = 0; frame < scene.frames(); frame++) {
        float seconds = frame / (float) scene.video().framesPerSecond();
        List<FaceInFrame> faces = film.paint(frame);
        encoder.add(film.canvas());
        frames.add(new FrameOfCamera(mast.camera(), frame, seconds, faces));
        for (FaceInFrame face : faces) {
          sightings.computeIfAbsent(face.pass(), n -> new Sightings()).note(face, frame);
        }
      }
    }
  }

  List<FrameOfCamera> frames() {
    return frames;
  }

  long visibleFaces() {
    return sightings.values().stream().mapToLong(each -> each.visible).sum();
  }

  /** Those of whom the face was visible at all. */
  List<Pass> passes() {
    List<Pass> passes = new ArrayList<>();
    sightings.forEach(
        (number, seen) -> {
          FaceInFrame last = seen.last;
          if (last != null) {
            passes.add(pass(number, seen, last));
          }
        });
    return passes;
  }

  private Pass pass(int number, Sightings seen, FaceInFrame last) {
    float framesPerSecond = mast.scene().video().framesPerSecond();
    return new Pass(
        number,
        last.person(),
        subjects.get(number),
        new Truth.Passage(
            seen.firstFrame / framesPerSecond, seen.lastFrame / framesPerSecond, seen.largestPx),
        mast.camera(),
        new Truth.Visibility(
            seen.visible / framesPerSecond,
            1 - seen.sharesUntilLast / (seen.lastFrame - seen.firstFrame + 1),
            seen.blurPx),
        mast.scene().exposure().light().label());
  }

  /** What is known of one pass so far. */
  private static final class Sightings {
    private @Nullable FaceInFrame last;
    private int firstFrame;
    private int lastFrame;
    private int visible;
    private float largestPx;
    private float blurPx;
    private float shares;
    private float sharesUntilLast;

    void note(FaceInFrame face, int frame) {
      if (last != null || face.visible()) {
        shares += face.seen();
      }
      if (face.visible()) {
        firstFrame = last == null ? frame : firstFrame;
        last = face;
        lastFrame = frame;
        visible++;
        largestPx = Math.max(largestPx, face.box().height());
        blurPx = Math.max(blurPx, face.motionBlurPx());
        sharesUntilLast = shares;
      }
    }
  }
}
