package org.sightline.edge.aim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.RetailPack;
import org.sightline.edge.SharedFiles;
import org.sightline.edge.capture.FrameSource;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.detect.FaceDetectors;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.imaging.FaceCropper;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.testing.ClipStills;
import org.sightline.edge.testing.Endurance;

/**
 * Streets full of people, as snapshots: the detector at its most sensitive, which looks at the
 * picture another time than when it was made, finds nobody who is not hidden, and where it finds
 * somebody in the frame there is one colour, or the edge of two.
 */
class NobodyInAimPicturesTest {
  /**
   * Colours in the middle of a face, of which less than half is seen then: a head is of one colour,
   * and heads that are hidden beside each other meet there. Somebody so far away that no detector
   * has to find them is made of so few squares that it does not matter.
   */
  private static final int FEW_COLOURS = 9;

  /** The keen search is not done at this size. */
  private static final int SMALLEST_FACE_PX = 13;

  /** Doubtful finds below this are squares of pavement as often as faces. */
  private static final float SCORE = 0.45f;

  private static final int EVERY_FRAMES = 90;

  /** Of each clip, of which no more is read. */
  private static final int MOST_PICTURES = Endurance.times(2, 100);

  @TempDir private Path folder;
  private final List<String> seen = new ArrayList<>();
  private int pictures;
  private int faces;

  @Test
  void ofPeopleInStreets() throws Exception {
    InstalledPack pack = RetailPack.installedIn(folder.resolve("models"));
    for (String clip :
        List.of("commuters", "four-friends", "hall-masks", "masks", "station", "times-square")) {
      lookThrough(SharedFiles.data().resolve("streets").resolve(clip + ".mp4"), pack);
    }

    assertThat(faces).isGreaterThan(20);
    assertThat(pictures).isGreaterThan(5);
    assertThat(seen).isEmpty();
  }

  private void lookThrough(Path clip, InstalledPack pack) throws Exception {
    Compute compute = Compute.cpu(2);
    try (FaceDetector usual =
            FaceDetectors.open(
                pack.manifest(),
                pack.folder(),
                DetectionSettings.frames(SMALLEST_FACE_PX, compute));
        FaceDetector keen = FaceDetectors.keen(pack.manifest(), pack.folder(), compute);
        FrameSource source = FrameSources.open(ClipStills.fastest("clip", clip))) {
      AimPicture pictureOf = new AimPicture(new KeenSearch(keen), SCORE, 1280);
      int looked = 0;
      for (Frame next = source.next(); next != null; next = source.next()) {
        try (Frame frame = next) {
          if (frame.number() % EVERY_FRAMES == 0) {
            if (looked++ == MOST_PICTURES) {
              return;
            }
            BgrPicture picture = pictureOf.of(frame.picture(), List.of(), null);
            if (picture != null) {
              pictures++;
              look(frame, picture, usual, clip.getFileName() + " " + frame.number());
              lookAgain(picture, keen, clip.getFileName() + " " + frame.number());
            }
          }
        }
      }
    }
  }

  /** Where somebody is in the frame there is next to nothing in the picture. */
  private void look(Frame frame, BgrPicture picture, FaceDetector usual, String where) {
    float scale = (float) picture.widthPx() / frame.picture().widthPx();
    for (Face face : usual.detect(frame.picture())) {
      faces++;
      BoxPx box = face.box();
      Set<Integer> colours =
          colours(
              picture,
              new BoxPx(
                  scale * (box.x() + box.width() / 4),
                  scale * (box.y() + box.height() / 4),
                  scale * box.width() / 2,
                  scale * box.height() / 2));
      if (colours.size() > FEW_COLOURS) {
        seen.add(colours.size() + " colours in " + where + " at " + box);
      }
    }
  }

  /**
   * A little smaller than it was made, so that the squares lie otherwise in the detector's grid.
   */
  private void lookAgain(BgrPicture picture, FaceDetector keen, String where) {
    BgrPicture smaller =
        new FaceCropper()
            .crop(
                picture,
                new BoxPx(0, 0, picture.widthPx(), picture.heightPx()),
                0,
                Math.max(picture.widthPx(), picture.heightPx()) * 4 / 5);
    float scale = (float) picture.widthPx() / smaller.widthPx();
    for (Face face : keen.detect(smaller)) {
      BoxPx box = face.box();
      BoxPx middle =
          new BoxPx(
              scale * (box.x() + box.width() / 4),
              scale * (box.y() + box.height() / 4),
              scale * box.width() / 2,
              scale * box.height() / 2);
      if (face.score() >= SCORE && colours(picture, middle).size() > FEW_COLOURS) {
        seen.add("found in " + where + " at " + box + " by " + face.score());
      }
    }
  }

  private static Set<Integer> colours(BgrPicture picture, BoxPx box) {
    Set<Integer> colours = new HashSet<>();
    for (int y = Math.max(0, (int) box.y()); y < Math.min(picture.heightPx(), box.bottom()); y++) {
      for (int x = Math.max(0, (int) box.x()); x < Math.min(picture.widthPx(), box.right()); x++) {
        int at = y * picture.strideBytes() + 3 * x;
        colours.add(
            (picture.data().get(at) & 0xff) << 16
                | (picture.data().get(at + 1) & 0xff) << 8
                | (picture.data().get(at + 2) & 0xff));
      }
    }
    return colours;
  }
}
