package org.sightline.edge.console;

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
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.detect.FaceDetectors;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.imaging.FaceCropper;
import org.sightline.edge.imaging.Stills;
import org.sightline.edge.imaging.Turn;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.pipeline.WatchedView;
import org.sightline.edge.testing.ClipStills;
import org.sightline.edge.testing.Endurance;

/**
 * What is served of streets full of people, as it is served, upright and turned, and without a word
 * of the pipeline on where faces are: the detector at its most sensitive, which looks at it another
 * time than when it was made, finds nobody who is not hidden.
 */
class NobodyInPreviewsTest {
  /** Colours in the middle of a hidden face: one, or where heads beside each other meet. */
  private static final int FEW_COLOURS = 9;

  /** Of the grid that all of a picture is made of, in its pixels. */
  private static final int SQUARE_PX = 5;

  /** What JPEG adds to one colour. */
  private static final int NOISE = 24;

  private static final int EVERY_FRAMES = 240;

  /** Of each clip, of which no more is read. */
  private static final int MOST_FRAMES = Endurance.times(1, 100);

  @TempDir private Path folder;
  private final List<String> seen = new ArrayList<>();
  private int pictures;
  private int people;

  @Test
  void ofPeopleInStreets() throws Exception {
    InstalledPack pack = RetailPack.installedIn(folder.resolve("models"));
    try (FaceDetector keen = FaceDetectors.keen(pack.manifest(), pack.folder(), Compute.cpu(1));
        Hider hider = FaceHider.open(pack, null)) {
      for (String clip :
          List.of("commuters", "four-friends", "hall-masks", "masks", "station", "times-square")) {
        Path file = SharedFiles.data().resolve("streets").resolve(clip + ".mp4");
        try (FrameSource source = FrameSources.open(ClipStills.fastest("clip", file))) {
          lookThrough(source, hider, keen, clip);
        }
      }
    }

    assertThat(pictures).isGreaterThan(5);
    assertThat(people).isGreaterThan(20);
    assertThat(seen).isEmpty();
  }

  private void lookThrough(FrameSource source, Hider hider, FaceDetector keen, String clip)
      throws Exception {
    int looked = 0;
    for (Frame next = source.next(); next != null; next = source.next()) {
      try (Frame frame = next) {
        if (frame.number() % EVERY_FRAMES == 0) {
          if (looked++ == MOST_FRAMES) {
            return;
          }
          look(frame, hider, keen, clip + " " + frame.number());
        }
      }
    }
  }

  private void look(Frame frame, Hider hider, FaceDetector keen, String where) throws Exception {
    FrameCopy upright = FrameCopy.of(frame, List.of(), new WatchedView(null));
    BgrPicture turned = Turn.CLOCKWISE.of(upright.small());
    served(upright, hider, keen, where);
    served(
        new FrameCopy(
            upright.camera(),
            upright.takenNanos(),
            turned,
            upright.scale(),
            List.of(),
            List.of(),
            upright.light(),
            null),
        hider,
        keen,
        where + " turned");
  }

  private void served(FrameCopy copy, Hider hider, FaceDetector keen, String where)
      throws Exception {
    people += keen.detect(copy.small()).size();
    Preview preview = hider.hide(copy);
    if (preview.jpeg() == null) {
      return;
    }
    pictures++;
    BgrPicture picture = Stills.decode(preview.jpeg().bytes(), where);
    for (BgrPicture looked : List.of(smaller(picture), picture)) {
      float scale = (float) picture.widthPx() / looked.widthPx();
      for (Face face : keen.detect(looked)) {
        BoxPx box = face.box().scaled(scale);
        Set<List<Integer>> colours = colours(picture, box);
        if (colours.size() > FEW_COLOURS) {
          seen.add(
              "%s: %.2f at %s, %d colours".formatted(where, face.score(), box, colours.size()));
        }
      }
    }
  }

  /** So that the squares lie otherwise in the detector's grid. */
  private static BgrPicture smaller(BgrPicture picture) {
    return new FaceCropper()
        .crop(
            picture,
            new BoxPx(0, 0, picture.widthPx(), picture.heightPx()),
            0,
            Math.max(picture.widthPx(), picture.heightPx()) * 4 / 5);
  }

  /** How many squares of the middle half differ in more than what JPEG adds. */
  private static Set<List<Integer>> colours(BgrPicture picture, BoxPx box) {
    Set<List<Integer>> colours = new HashSet<>();
    int right = (int) Math.min(picture.widthPx(), box.x() + 0.75f * box.width());
    int bottom = (int) Math.min(picture.heightPx(), box.y() + 0.75f * box.height());
    for (int y = middle(box.y() + 0.25f * box.height()); y < bottom; y += SQUARE_PX) {
      for (int x = middle(box.x() + 0.25f * box.width()); x < right; x += SQUARE_PX) {
        int at = y * picture.strideBytes() + 3 * x;
        colours.add(List.of(shade(picture, at), shade(picture, at + 1), shade(picture, at + 2)));
      }
    }
    return colours;
  }

  private static int shade(BgrPicture picture, int at) {
    return (picture.data().get(at) & 0xff) / NOISE;
  }

  /** The middle of the square in which a point lies. */
  private static int middle(float at) {
    return (int) Math.max(0, at) / SQUARE_PX * SQUARE_PX + SQUARE_PX / 2;
  }
}
