package org.sightline.edge.evaluate.street;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Line2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;
import java.awt.geom.RoundRectangle2D;
import java.util.random.RandomGenerator;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.Face;
import org.sightline.edge.imaging.Degradation;

/**
 * Something worn on the head, painted flat over it where the landmarks say that it belongs; its
 * colour is left to chance, but for the mask and the glasses.
 */
public enum Worn implements Degradation {
  /** A crown over hair and the upper forehead, its peak down to just above the eyebrows. */
  CAP {
    @Override
    void paint(Graphics2D g, Color cloth) {
      g.setColor(cloth);
      g.fill(above(-0.62));
      g.setColor(cloth.darker());
      g.fill(new Ellipse2D.Double(-1.25, -0.84, 2.5, 0.5));
    }
  },

  /** Wool over hair, ears and forehead, down to the eyebrows. */
  WOOLLEN_HAT {
    @Override
    void paint(Graphics2D g, Color cloth) {
      g.setColor(cloth);
      g.fill(above(-0.42));
      g.setColor(cloth.darker());
      g.fill(new Rectangle2D.Double(-1.35, -0.8, 2.7, 0.38));
    }
  },

  /** Cloth around the face: over hair, forehead, temples, cheeks and jaw; the middle is free. */
  HOOD {
    @Override
    void paint(Graphics2D g, Color cloth) {
      Area hood = new Area(new Ellipse2D.Double(-1.75, -1.95, 3.5, 4.5));
      hood.subtract(new Area(new Ellipse2D.Double(-0.92, -0.72, 1.84, 2.72)));
      g.setColor(cloth);
      g.fill(hood);
    }
  },

  /** A surgical mask: from below the eyes over nose, mouth and chin, pale blue with folds. */
  MASK {
    @Override
    void paint(Graphics2D g, Color cloth) {
      Path2D mask = new Path2D.Double();
      mask.moveTo(-0.98, 0.42);
      mask.quadTo(0, 0.12, 0.98, 0.42);
      mask.lineTo(0.9, 1.35);
      mask.quadTo(0, 2.25, -0.9, 1.35);
      mask.closePath();
      g.setColor(new Color(172, 199, 214));
      g.fill(mask);
      g.setColor(new Color(140, 170, 188));
      g.setStroke(new BasicStroke(0.035f));
      for (double fold = 0.65; fold < 1.3; fold += 0.22) {
        g.draw(new Line2D.Double(-0.85, fold, 0.85, fold));
      }
    }
  },

  /** Sunglasses that let nothing be seen of the eyes. */
  DARK_GLASSES {
    @Override
    void paint(Graphics2D g, Color cloth) {
      g.setColor(new Color(22, 22, 24));
      g.fill(lens(-0.5));
      g.fill(lens(0.5));
      frame(g, new Color(12, 12, 12));
    }
  },

  /** Spectacles: a dark frame, and a reflection on each lens. */
  CLEAR_GLASSES {
    @Override
    void paint(Graphics2D g, Color cloth) {
      g.setColor(new Color(255, 255, 255, 40));
      g.fill(lens(-0.5));
      g.fill(lens(0.5));
      g.setColor(new Color(255, 255, 255, 150));
      g.fill(new Ellipse2D.Double(-0.72, -0.2, 0.2, 0.12));
      g.fill(new Ellipse2D.Double(0.28, -0.2, 0.2, 0.12));
      frame(g, new Color(35, 30, 28));
    }
  };

  /**
   * Paints it in the coordinates of {@link Painting#onFace}.
   *
   * @param cloth for what may have any colour
   */
  abstract void paint(Graphics2D g, Color cloth);

  @Override
  public BgrPicture of(BgrPicture picture, Face face, RandomGenerator chance) {
    Color cloth =
        new Color(20 + chance.nextInt(180), 20 + chance.nextInt(180), 20 + chance.nextInt(180));
    return Painting.onFace(picture, face, g -> paint(g, cloth));
  }

  /** The head above a line, and a little around it. */
  private static Area above(double line) {
    Area head = new Area(new Ellipse2D.Double(-1.4, -1.95, 2.8, 3.5));
    head.intersect(new Area(new Rectangle2D.Double(-2, -3, 4, 3 + line)));
    return head;
  }

  private static RoundRectangle2D lens(double x) {
    return new RoundRectangle2D.Double(x - 0.4, -0.3, 0.8, 0.6, 0.4, 0.4);
  }

  private static void frame(Graphics2D g, Color colour) {
    g.setColor(colour);
    g.setStroke(new BasicStroke(0.07f));
    g.draw(lens(-0.5));
    g.draw(lens(0.5));
    g.draw(new Line2D.Double(-0.12, -0.1, 0.12, -0.1));
    g.draw(new Line2D.Double(-0.9, -0.12, -1.15, -0.08));
    g.draw(new Line2D.Double(0.9, -0.12, 1.15, -0.08));
  }
}
