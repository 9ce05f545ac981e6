package org.sightline.edge.fieldtest.generate;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.geom.Path2D;

/**
 * What somebody wears today.
 *
 * @param shoulder half width, decimetres
 */
record Outfit(Colour top, Colour legs, float shoulder, boolean striped) {

  static Outfit of(Draw draw) {
    return new Outfit(
        muted(draw), muted(draw).times(0.6f), draw.between(1.9, 2.5), draw.chance(0.25));
  }

  Outfit under(Light light) {
    return new Outfit(light.onPeople(top), light.onPeople(legs), shoulder, striped);
  }

  private static Colour muted(Draw draw) {
    float grey = draw.between(0.12, 0.7);
    Colour tone = new Colour(draw.between(0, 1), draw.between(0, 1), draw.between(0, 1));
    return new Colour(grey, grey, grey).towards(tone, draw.between(0.1, 0.45));
  }

  /**
   * Paints the body below a head.
   *
   * @param x middle of the body
   * @param chinY where the chin is
   * @param unitPx pixels to a decimetre
   * @param stride of the legs, in [-1, 1]
   */
  void paint(Graphics2D g, float x, float chinY, float unitPx, float stride) {
    float neck = chinY + 0.42f * unitPx;
    float hips = chinY + 6.2f * unitPx;
    float feet = chinY + 14.5f * unitPx;
    leg(g, x - 0.7f * unitPx, hips, feet + 0.4f * stride * unitPx, unitPx);
    leg(g, x + 0.7f * unitPx, hips, feet - 0.4f * stride * unitPx, unitPx);
    float wide = shoulder * unitPx;
    Path2D.Float torso = new Path2D.Float();
    torso.moveTo(x - 0.55f * unitPx, neck);
    torso.quadTo(x, neck + 0.45f * unitPx, x + 0.55f * unitPx, neck);
    torso.curveTo(
        x + 0.6f * wide, neck + 0.35f * unitPx, x + wide, neck, x + wide, neck + 1.4f * unitPx);
    torso.lineTo(x + 0.95f * wide, hips);
    torso.lineTo(x - 0.95f * wide, hips);
    torso.lineTo(x - wide, neck + 1.4f * unitPx);
    torso.curveTo(x - wide, neck, x - 0.6f * wide, neck + 0.35f * unitPx, x - 0.55f * unitPx, neck);
    torso.closePath();
    g.setPaint(
        new GradientPaint(
            x - wide,
            neck,
            new Color(top.times(1.1f).rgb()),
            x + wide,
            hips,
            new Color(top.times(0.7f).rgb())));
    g.fill(torso);
    if (striped) {
      g.setColor(new Color(top.times(0.55f).rgb()));
      for (int i = 1; i < 5; i++) {
        g.fillRect(
            Math.round(x - 0.93f * wide),
            Math.round(neck + (1.2f + i * 0.9f) * unitPx),
            Math.round(1.86f * wide),
            Math.max(1, Math.round(0.3f * unitPx)));
      }
    }
  }

  private void leg(Graphics2D g, float x, float top, float bottom, float unitPx) {
    g.setColor(new Color(legs.rgb()));
    g.fillRect(
        Math.round(x - 0.65f * unitPx),
        Math.round(top - unitPx),
        Math.round(1.3f * unitPx),
        Math.round(bottom - top + unitPx));
  }
}
