package org.sightline.edge.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.RetailPack;
import org.sightline.edge.SharedFiles;
import org.sightline.edge.capture.FrameSource;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Landmarks;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.domain.Template;
import org.sightline.edge.imaging.FaceCropper;
import org.sightline.edge.imaging.Figure;
import org.sightline.edge.imaging.Stills;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.testing.ClipStills;
import org.sightline.edge.testing.GeneratedStreet;

/**
 * Everybody in a clip as if each had raised an alert: nobody else can be found in their figures by
 * our own detector, searching for smaller faces than the agent does, or recognised by our own
 * embedder, which is shown where the others' faces are.
 */
class NobodyElseInFiguresTest {
  /** The agent raises no alert for faces that are smaller. */
  private static final int SMALLEST_PX = 36;

  /** By how much what is left may be more like somebody than a picture of nobody is. */
  private static final double MORE_THAN_CHANCE = 0.1;

  /** A face of which less is known is nobody's. */
  private static final int SMALLEST_EYES_PX = 4;

  /** Smaller than what any camera is set to. */
  private static final int SEARCHED_PX = 10;

  /** Less alike than this, somebody is a stranger; the thresholds of lists lie above it. */
  private static final double STRANGERS = 0.5;

  @TempDir private Path folder;

  private int figures;
  private int bystanders;
  private final List<String> recognisable = new ArrayList<>();

  @Test
  void ofDrawnPeople() throws Exception {
    GeneratedStreet street = GeneratedStreet.in(folder.resolve("street"));
    InstalledPack builtin = ModelPacks.at(folder.resolve("models")).installed("builtin");
    lookThrough(street.clip(), builtin, 3);
    assertThat(figures).isGreaterThan(5);
    assertThat(recognisable).isEmpty();
  }

  @Test
  void ofPeopleInStreets() throws Exception {
    RetailPack.installedIn(folder.resolve("models"));
    InstalledPack pack = ModelPacks.at(folder.resolve("models")).installed("retail-0095");
    for (String clip : List.of("commuters", "four-friends", "station", "times-square")) {
      lookThrough(SharedFiles.data().resolve("streets").resolve(clip + ".mp4"), pack, 40);
    }
    assertThat(figures).isGreaterThan(10);
    assertThat(bystanders).isGreaterThan(5);
    assertThat(recognisable).isEmpty();
  }

  private void lookThrough(Path clip, InstalledPack pack, int everyFrames) throws Exception {
    try (Engine engine = Engine.open(pack, DetectionSettings.frames(null, Compute.cpu(2)));
        Engine keen = Engine.open(pack, DetectionSettings.frames(SEARCHED_PX, Compute.cpu(2)));
        FrameSource source = FrameSources.open(ClipStills.fastest("clip", clip))) {
      FigurePictures pictures = new FigurePictures(engine.detector(), new FaceCropper());
      for (Frame next = source.next(); next != null; next = source.next()) {
        try (Frame frame = next) {
          if (frame.number() % everyFrames == 0) {
            look(frame, engine, keen, pictures, clip.getFileName() + " " + frame.number());
          }
        }
      }
    }
  }

  private void look(Frame frame, Engine engine, Engine keen, FigurePictures pictures, String where)
      throws Exception {
    Picture picture = frame.picture();
    List<Face> faces = engine.detector().detect(picture);
    List<Template> everybody =
        faces.stream().map(face -> template(picture, face.landmarks(), engine)).toList();
    for (Face person : faces) {
      Jpeg figure =
          person.box().height() < SMALLEST_PX ? null : pictures.of(picture, person.box(), faces);
      if (figure != null) {
        figures++;
        Shown shown = Shown.of(figure, person, picture);
        searchFor(shown, keen, where);
        for (int i = 0; i < faces.size(); i++) {
          Face other = faces.get(i);
          Landmarks there = shown.landmarks(other);
          if (!isFoundTwice(other.box(), person.box())
              && there != null
              && other.landmarks().interEyeDistancePx() >= SMALLEST_EYES_PX) {
            bystanders++;
            try (Template left = template(shown.picture(), there, engine);
                Template nothing = template(shown.oneColour(other), there, engine)) {
              compare(left, nothing, everybody.get(i), where + " at " + other.box());
            }
          }
        }
      }
    }
    everybody.forEach(Template::close);
  }

  private static Template template(Picture picture, Landmarks landmarks, Engine engine) {
    try (AlignedFace aligned = engine.embedder().align(picture, landmarks)) {
      return engine.embedder().embed(List.of(aligned)).get(0);
    }
  }

  /** A detector may find a face twice, in boxes that differ: its middle is in the other. */
  private static boolean isFoundTwice(BoxPx face, BoxPx person) {
    return face.centreX() > person.x()
        && face.centreX() < person.right()
        && face.centreY() > person.y()
        && face.centreY() < person.bottom();
  }

  /** Nobody but the person is found. */
  private void searchFor(Shown shown, Engine keen, String where) {
    for (Face found : keen.detector().detect(shown.picture())) {
      if (found.box().overlapWith(shown.own()) == 0) {
        recognisable.add("found in " + where + " at " + found.box());
      }
    }
  }

  /**
   * What is left of a bystander is not like the bystander, or not much more so than a picture of
   * one colour, which is a little like any blurred face.
   */
  private void compare(Template left, Template nothing, Template bystander, String where) {
    double similarity = left.similarityTo(bystander).cosine();
    double chance = nothing.similarityTo(bystander).cosine();
    if (similarity >= STRANGERS && similarity > chance + MORE_THAN_CHANCE) {
      recognisable.add("%.2f alike, by chance %.2f, in %s".formatted(similarity, chance, where));
    }
  }

  /** A figure as it was sent, and where it was in the frame. */
  private record Shown(BgrPicture picture, BoxPx own, float left, float top, float scale) {
    static Shown of(Jpeg figure, Face person, Picture frame) throws Exception {
      BgrPicture picture = Stills.decode(figure.bytes(), "a figure");
      BoxPx column = new Figure(person.box()).column();
      float left = Math.max(0, column.x());
      float top = Math.max(0, column.y());
      float scale = picture.heightPx() / (Math.min(column.bottom(), frame.heightPx()) - top);
      BoxPx face = person.box();
      return new Shown(
          picture,
          new BoxPx(
              scale * (face.x() - left),
              scale * (face.y() - top),
              scale * face.width(),
              scale * face.height()),
          left,
          top,
          scale);
    }

    /** A picture of this size in the colour that is where a face was. */
    BgrPicture oneColour(Face face) {
      int x =
          Math.max(
              0, Math.min(picture.widthPx() - 1, (int) (scale * (face.box().centreX() - left))));
      int y =
          Math.max(
              0, Math.min(picture.heightPx() - 1, (int) (scale * (face.box().centreY() - top))));
      BgrPicture plain = BgrPicture.allocate(picture.widthPx(), picture.heightPx());
      for (int i = 0; i < plain.data().capacity(); i++) {
        plain.data().put(i, picture.data().get(y * picture.strideBytes() + 3 * x + i % 3));
      }
      return plain;
    }

    /** Where a face of the frame would be; null if it is not in the figure. */
    @Nullable Landmarks landmarks(Face face) {
      List<PointPx> points =
          face.landmarks().inOrder().stream()
              .map(point -> new PointPx(scale * (point.x() - left), scale * (point.y() - top)))
              .toList();
      boolean within =
          points.stream()
              .allMatch(
                  point ->
                      point.x() >= 0
                          && point.x() < picture.widthPx()
                          && point.y() >= 0
                          && point.y() < picture.heightPx());
      return within
          ? new Landmarks(points.get(0), points.get(1), points.get(2), points.get(3), points.get(4))
          : null;
    }
  }
}
