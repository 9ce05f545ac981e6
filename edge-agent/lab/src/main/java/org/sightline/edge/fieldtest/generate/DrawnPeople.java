package org.sightline.edge.fieldtest.generate;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Drawn people; no two parts are played by the same. */
final class DrawnPeople implements People {
  private static final float ENROLMENT_FACE_PX = 160;
  private static final float FILLER_FACE_PX = 96;
  private static final int ENROLMENT_PICTURES = 2;

  private final Scene scene;
  private final List<Part> parts;
  private final int fillers;
  private final Cast cast = new DrawnCast();
  private final Studio studio = new Studio(cast);

  DrawnPeople(Scene scene, List<Part> parts, int fillers) {
    this.scene = scene;
    this.parts = parts;
    this.fillers = fillers;
  }

  @Override
  public Cast cast() {
    return cast;
  }

  @Override
  public List<Walk> walks(int part) {
    Walk first = parts.get(part).walks().get(0);
    return parts.get(part).walks().stream().map(walk -> walk.by(first.who())).toList();
  }

  @Override
  public List<String> enrol(int part, Path folder) throws GenerationException {
    List<String> files = new ArrayList<>();
    for (int i = 0; i < ENROLMENT_PICTURES; i++) {
      String file = "enrol/%s-%c.png".formatted(parts.get(part).subject(), 'a' + i);
      write(walks(part).get(0).who().person(), i, ENROLMENT_FACE_PX, folder.resolve(file));
      files.add(file);
    }
    return files;
  }

  @Override
  public void others(Path folder) throws GenerationException {
    AllCores.each(
        fillers,
        i ->
            write(
                scene.stranger(i),
                0,
                FILLER_FACE_PX,
                folder.resolve("fillers/%05d.png".formatted(i + 1))));
  }

  private void write(long person, int occasion, float faceHeightPx, Path file)
      throws GenerationException {
    Draw draw = Draw.of(person, 100 + occasion);
    Studio.write(studio.picture(person, Look.portrait(draw), faceHeightPx, draw), file);
  }
}
