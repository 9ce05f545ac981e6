package org.sightline.edge.board;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.fieldtest.generate.Generator;

/** Pictures of people who do not exist, cut out as the agent cuts out a probe and a portrait. */
final class DrawnFaces {
  private static final long SEED = 77;

  /** What the agent leaves around a face is about so much of the generator's stills. */
  private static final double SHARE = 0.81;

  private static final int SIDE_PX = 256;

  private final List<Jpeg> portraits;
  private final List<Jpeg> probes;

  private DrawnFaces(List<Jpeg> portraits, List<Jpeg> probes) {
    this.portraits = portraits;
    this.probes = probes;
  }

  /**
   * Draws some people.
   *
   * @param folder new or empty
   */
  static DrawnFaces in(Path folder, int people) throws Exception {
    new Generator().portraits(SEED, people, 2, folder);
    List<Jpeg> portraits = new ArrayList<>();
    List<Jpeg> probes = new ArrayList<>();
    for (int person = 1; person <= people; person++) {
      Path who = folder.resolve("P-%05d".formatted(person));
      portraits.add(picture(who.resolve("01.png")));
      probes.add(picture(who.resolve("02.png")));
    }
    return new DrawnFaces(portraits, probes);
  }

  /** How a street camera sees somebody; numbers beyond the last begin again. */
  Jpeg probe(int person) {
    return probes.get(person % probes.size());
  }

  /** How somebody looks on the list. */
  Jpeg portrait(int person) {
    return portraits.get(person % portraits.size());
  }

  private static Jpeg picture(Path file) throws Exception {
    BufferedImage whole = ImageIO.read(file.toFile());
    int side = (int) (SHARE * whole.getWidth());
    int left = (whole.getWidth() - side) / 2;
    BufferedImage face = new BufferedImage(SIDE_PX, SIDE_PX, BufferedImage.TYPE_INT_RGB);
    Graphics2D canvas = face.createGraphics();
    canvas.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    canvas.drawImage(
        whole.getSubimage(left, left / 2, side, side), 0, 0, SIDE_PX, SIDE_PX, Color.GRAY, null);
    canvas.dispose();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ImageIO.write(face, "jpg", bytes);
    return new Jpeg(bytes.toByteArray());
  }
}
