package org.sightline.edge.fieldtest.generate;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.fieldtest.generate.Truth.FaceInFrame;

/** Paints the frames of a scene one after the other, onto one canvas. Not thread-safe. */
final class Film {
  private final Scene scene;
  private final Cast cast;
  private final List<Walk> walks;
  private final Map<Integer, Walker> inSight = new TreeMap<>();
  private final int[] background;
  private final int[] canvas;
  private final Graphics2D g;

  Film(Scene scene, Cast cast, List<Walk> walks) {
    this.scene = scene;
    this.cast = cast;
    this.walks = walks;
    BufferedImage street =
        Street.of(
            scene.seed(),
            scene.video().widthPx(),
            scene.video().heightPx(),
            scene.horizonPx(),
            scene.exposure().light());
    background = pixels(street).clone();
    BufferedImage image =
        new BufferedImage(
            scene.video().widthPx(), scene.video().heightPx(), BufferedImage.TYPE_INT_RGB);
    canvas = pixels(image);
    g = image.createGraphics();
    g.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    g.setRenderingHint(
        RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
  }

  private static int[] pixels(BufferedImage image) {
    return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
  }

  /** The canvas, RGB; overwritten by {@link #paint}. */
  int[] canvas() {
    return canvas;
  }

  /**
   * Paints one frame; frames are painted in order.
   *
   * @return the faces in it, the nearest last
   */
  List<FaceInFrame> paint(int frame) {
    float seconds = frame / (float) scene.video().framesPerSecond();
    for (Walk walk : walks) {
      if (walk.isUnderway(seconds)) {
        inSight.computeIfAbsent(walk.number(), n -> new Walker(walk, scene, cast));
      }
    }
    inSight.values().removeIf(walker -> !walker.walk().isUnderway(seconds));
    List<Walker> farFirst = new ArrayList<>(inSight.values());
    farFirst.sort(Comparator.comparingDouble((Walker walker) -> -walker.walk().distance(seconds)));
    System.arraycopy(background, 0, canvas, 0, canvas.length);
    for (Walker walker : farFirst) {
      walker.paint(g, seconds);
    }
    List<FaceInFrame> faces = new ArrayList<>();
    for (int i = 0; i < farFirst.size(); i++) {
      Walk walk = farFirst.get(i).walk();
      BoxPx face = farFirst.get(i).face(seconds);
      float seen = share(face, farFirst.subList(i + 1, farFirst.size()), seconds);
      if (seen > 0) {
        faces.add(
            new FaceInFrame(
                walk.number(),
                walk.who().name(),
                face,
                seen >= 0.5f && isInside(face),
                seen,
                farFirst.get(i).motion(seconds).px()));
      }
    }
    return faces;
  }

  private boolean isInside(BoxPx face) {
    return face.x() >= 0
        && face.y() >= 0
        && face.right() <= scene.video().widthPx()
        && face.bottom() <= scene.video().heightPx();
  }

  /** How much of a face is within the picture and not behind others. */
  private float share(BoxPx face, List<Walker> nearer, float seconds) {
    int steps = 8;
    int seen = 0;
    for (int row = 0; row < steps; row++) {
      float y = face.y() + face.height() * (row + 0.5f) / steps;
      for (int column = 0; column < steps; column++) {
        float x = face.x() + face.width() * (column + 0.5f) / steps;
        boolean hidden =
            x < 0 || y < 0 || x >= scene.video().widthPx() || y >= scene.video().heightPx();
        for (Walker walker : nearer) {
          hidden = hidden || walker.hides(x, y, seconds);
        }
        seen += hidden ? 0 : 1;
      }
    }
    return seen / (float) (steps * steps);
  }
}
