package org.sightline.edge.fieldtest.generate;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.util.ArrayList;
import java.util.List;
import org.sightline.edge.domain.BoxPx;

/** Somebody who is in sight, with their head at hand in several turns and sizes. */
final class Walker {
  private static final float[] YAWS = {-0.18f, -0.12f, -0.06f, 0, 0.06f, 0.12f, 0.18f};
  private static final int SIZES = 4;

  private final Walk walk;
  private final Scene scene;

  /** By size, halved each time, and by turn. */
  private final List<List<Sprite>> heads = new ArrayList<>();

  Walker(Walk walk, Scene scene, Cast cast) {
    this.walk = walk;
    this.scene = scene;
    heads.add(cast.heads(walk.person(), walk.look(), YAWS, 0.22f * scene.heightPx()));
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
    float centreX = scene.widthPx() / 2f + walk.lane() * metrePx;
    float top = scene.horizonPx() + (walk.below() - walk.bob(seconds)) * metrePx;
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
    walk.outfit()
        .paint(g, face.centreX(), face.bottom(), face.height() / 1.68f, walk.stride(seconds));
    AffineTransform place = new AffineTransform();
    place.translate(face.centreX(), face.bottom());
    place.rotate(walk.roll(seconds));
    place.scale(scale, scale);
    place.translate(-head.face().centreX(), -head.face().bottom());
    g.drawImage(head.image(), place, null);
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
