package org.sightline.edge.fieldtest.generate;

import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.sightline.edge.domain.BoxPx;

/** Somebody who is in sight, with their head at hand in several turns and sizes. */
final class Walker {
  private static final float[] YAWS = {-0.18f, -0.12f, -0.06f, 0, 0.06f, 0.12f, 0.18f};
  private static final int SIZES = 4;

  /** Less than a pixel cannot be seen. */
  private static final float LEAST_BLUR_PX = 1;

  private final Walk walk;
  private final Scene scene;
  private final Outfit outfit;

  /** By size, halved each time, and by turn. */
  private final List<List<Sprite>> heads = new ArrayList<>();

  Walker(Walk walk, Scene scene, Cast cast) {
    this.walk = walk;
    this.scene = scene;
    outfit = walk.outfit().under(scene.exposure().light());
    heads.add(
        cast
            .heads(walk.who().person(), walk.look(), YAWS, 0.22f * scene.video().heightPx())
            .stream()
            .map(head -> head.under(scene.exposure().light()))
            .toList());
    for (int size = 1; size < SIZES; size++) {
      heads.add(heads.get(size - 1).stream().map(Sprite::half).toList());
    }
  }

  Walk walk() {
    return walk;
  }

  /** Where the upright face is in the picture; may lie outside of it. */
  BoxPx face(float seconds) {
    float metrePx = scene.focalPx() / walk.distance(seconds);
    float heightPx = 0.168f * metrePx;
    BoxPx sprite = head(seconds, heightPx).face();
    float widthPx = heightPx * sprite.width() / sprite.height();
    float centreX = scene.video().widthPx() / 2f + walk.aside(seconds) * metrePx;
    float top = scene.horizonPx() + (walk.line().below() - walk.bob(seconds)) * metrePx;
    return new BoxPx(centreX - widthPx / 2, top, widthPx, heightPx);
  }

  /** Whether this person's head or body covers a point, as boxes. */
  boolean hides(float x, float y, float seconds) {
    BoxPx face = face(seconds);
    float aside = Math.abs(x - face.centreX());
    float unitPx = face.height() / 1.68f;
    boolean head =
        aside < 0.85f * unitPx && y > face.y() - 0.5f * unitPx && y < face.bottom() + 0.6f * unitPx;
    boolean body = aside < walk.outfit().shoulder() * unitPx && y >= face.bottom() + 0.6f * unitPx;
    return head || body;
  }

  void paint(Graphics2D g, float seconds) {
    BoxPx face = face(seconds);
    Sprite head = head(seconds, face.height());
    float scale = face.height() / head.face().height();
    outfit.paint(g, face.centreX(), face.bottom(), face.height() / 1.68f, walk.stride(seconds));
    AffineTransform place = new AffineTransform();
    place.translate(face.centreX(), face.bottom());
    place.rotate(walk.roll(seconds));
    place.scale(scale, scale);
    place.translate(-head.face().centreX(), -head.face().bottom());
    Motion motion = motion(seconds);
    if (motion.px() < LEAST_BLUR_PX) {
      g.drawImage(head.image(), place, null);
    } else {
      paintBlurred(g, head.image(), place, motion);
    }
  }

  private static void paintBlurred(
      Graphics2D g, BufferedImage head, AffineTransform place, Motion motion) {
    Rectangle bounds =
        place.createTransformedShape(new Rectangle(head.getWidth(), head.getHeight())).getBounds();
    int margin = 2 + Math.round(motion.px() / 2);
    bounds.grow(margin, margin);
    BufferedImage sharp =
        new BufferedImage(bounds.width, bounds.height, BufferedImage.TYPE_INT_ARGB_PRE);
    Graphics2D still = sharp.createGraphics();
    still.setRenderingHints(g.getRenderingHints());
    still.translate(-bounds.x, -bounds.y);
    still.drawImage(head, place, null);
    still.dispose();
    g.drawImage(MotionBlur.of(sharp, motion.dx(), motion.dy()), bounds.x, bounds.y, null);
  }

  /** How far the face moves over the sensor while a frame is exposed. */
  Motion motion(float seconds) {
    float half = scene.exposure().millis() / 2000;
    BoxPx before = face(seconds - half);
    BoxPx after = face(seconds + half);
    return new Motion(after.centreX() - before.centreX(), after.centreY() - before.centreY());
  }

  /** A way over the sensor, pixels. */
  record Motion(float dx, float dy) {
    float px() {
      return (float) Math.hypot(dx, dy);
    }
  }

  private Sprite head(float seconds, float heightPx) {
    int size = 0;
    while (size + 1 < SIZES && heads.get(size + 1).get(0).face().height() >= heightPx) {
      size++;
    }
    int turn = Math.round((walk.yaw(seconds) - YAWS[0]) / (YAWS[1] - YAWS[0]));
    return heads.get(size).get(Math.max(0, Math.min(YAWS.length - 1, turn)));
  }
}
