package org.sightline.edge.fieldtest.generate;

import java.util.Arrays;
import org.sightline.edge.fieldtest.generate.Person.Cut;
import org.sightline.edge.fieldtest.generate.Person.Mark;

/**
 * A person's head as a height map with its colours, seen from the front with no light on it: what a
 * {@link Portrait} turns and lights. Lengths are in decimetres, as in {@link Person}.
 */
final class Relief {
  /** What a relief covers, in decimetres: the head with its hair, and the neck. */
  static final float LEFT = -1.25f;

  static final float TOP = -1.6f;
  static final float RIGHT = 1.25f;
  static final float BOTTOM = 1.75f;

  private static final Colour WHITE = Colour.of(0xE9E4DE);
  private static final Colour BLACK = Colour.of(0x0C0A0A);

  final int width;
  final int height;
  final float unitPx;
  final float[] z;
  final float[] red;
  final float[] green;
  final float[] blue;
  final float[] alpha;
  final float[] gloss;

  private final Person person;
  private final float smile;
  private final float edge;
  private final Noise fine;
  private final Noise coarse;
  private final float[] halfWidth;

  /** Coverage of a shape at a point, in [0, 1]. */
  private interface Shape {
    float at(float x, float y);
  }

  /**
   * @param unitPx pixels to a decimetre; the face is about 1.9 dm high
   * @param smile 0 at rest to 1
   * @param shut 0 eyes open to 1 nearly closed
   */
  Relief(Person person, float unitPx, float smile, float shut) {
    this.person = person;
    this.unitPx = unitPx;
    this.smile = smile;
    width = Math.round((RIGHT - LEFT) * unitPx);
    height = Math.round((BOTTOM - TOP) * unitPx);
    edge = 0.7f / unitPx;
    z = new float[width * height];
    red = new float[width * height];
    green = new float[width * height];
    blue = new float[width * height];
    alpha = new float[width * height];
    gloss = new float[width * height];
    Arrays.fill(z, -0.6f);
    fine = new Noise((int) person.seed());
    coarse = new Noise((int) (person.seed() >>> 32));
    halfWidth = new float[height];
    for (int row = 0; row < height; row++) {
      halfWidth[row] = halfWidthAt(yOf(row));
    }
    neck();
    hairBehind();
    ears();
    skull();
    features();
    skin();
    mouth();
    nostrils();
    eye(-1, shut);
    eye(1, shut);
    beard();
    brow(-1);
    brow(1);
    hairInFront();
    glasses();
    soften();
  }

  /** Rounds the steps between layers, which would otherwise catch the light like edges of paper. */
  private void soften() {
    float[] before = z.clone();
    for (int r = 1; r < height - 1; r++) {
      for (int at = r * width + 1; at < (r + 1) * width - 1; at++) {
        z[at] =
            0.25f * before[at]
                + 0.125f
                    * (before[at - 1] + before[at + 1] + before[at - width] + before[at + width])
                + 0.0625f
                    * (before[at - width - 1]
                        + before[at - width + 1]
                        + before[at + width - 1]
                        + before[at + width + 1]);
      }
    }
  }

  private float xOf(int column) {
    return LEFT + (column + 0.5f) / unitPx;
  }

  private float yOf(int row) {
    return TOP + (row + 0.5f) / unitPx;
  }

  private float foreheadTop() {
    return -1.12f;
  }

  /** Half the width of the face's outline at a height. */
  private float halfWidthAt(float y) {
    Person.Head head = person.head();
    float middle = (head.outline().chinY() + foreheadTop()) / 2;
    float reach = (head.outline().chinY() - foreheadTop()) / 2;
    float t = Math.abs(y - middle) / reach;
    if (t >= 1) {
      return 0;
    }
    float round = (float) Math.sqrt(1 - Math.pow(t, head.outline().fullness() + 1.2f));
    float[] heights = {-0.9f, -0.45f, 0.05f, 0.55f, 0.85f * head.outline().chinY()};
    float[] widths = {
      head.outline().foreheadHalf(),
      head.outline().foreheadHalf() * 1.02f,
      head.outline().cheekHalf(),
      head.outline().jawHalf() * 1.05f,
      head.outline().chinHalf() * 1.35f
    };
    return round * along(heights, widths, y);
  }

  /** Smooth course through given points. */
  private static float along(float[] at, float[] values, float t) {
    if (t <= at[0]) {
      return values[0];
    }
    for (int i = 1; i < at.length; i++) {
      if (t < at[i]) {
        float share = (t - at[i - 1]) / (at[i] - at[i - 1]);
        share = share * share * (3 - 2 * share);
        return values[i - 1] + (values[i] - values[i - 1]) * share;
      }
    }
    return values[values.length - 1];
  }

  private float midline(float y) {
    return y > 0 ? person.head().lean() * y : 0;
  }

  /** 1 inside, 0 outside, by the signed distance into a shape. */
  private float inside(float distance) {
    return clamp(0.5f + distance / (2 * edge));
  }

  /** 0 at {@code from}, 1 at {@code to}, smoothly. */
  private static float rise(float from, float to, float t) {
    float share = clamp((t - from) / (to - from));
    return share * share * (3 - 2 * share);
  }

  private static float clamp(float value) {
    return Math.max(0, Math.min(1, value));
  }

  private static float square(float value) {
    return value * value;
  }

  private int column(float x) {
    return Math.max(0, Math.min(width, (int) ((x - LEFT) * unitPx)));
  }

  private int row(float y) {
    return Math.max(0, Math.min(height, (int) ((y - TOP) * unitPx)));
  }

  /** Adds a smooth hill, zero beyond its radii. */
  private void hill(float x, float y, float radiusX, float radiusY, float by) {
    int right = column(x + radiusX + 2 / unitPx);
    int bottom = row(y + radiusY + 2 / unitPx);
    for (int r = row(y - radiusY); r < bottom; r++) {
      float dy = square((yOf(r) - y) / radiusY);
      for (int c = column(x - radiusX); c < right; c++) {
        float d = 1 - dy - square((xOf(c) - x) / radiusX);
        if (d > 0) {
          z[r * width + c] += by * d * d;
        }
      }
    }
  }

  private void paint(float left, float top, float right, float bottom, Colour colour, Shape shape) {
    int lastColumn = column(right + 2 / unitPx);
    int lastRow = row(bottom + 2 / unitPx);
    for (int r = row(top - 2 / unitPx); r < lastRow; r++) {
      float y = yOf(r);
      for (int c = column(left - 2 / unitPx); c < lastColumn; c++) {
        float share = shape.at(xOf(c), y);
        if (share > 0) {
          tint(r * width + c, colour, share);
        }
      }
    }
  }

  private void tint(int at, Colour colour, float share) {
    red[at] += (colour.red() - red[at]) * share;
    green[at] += (colour.green() - green[at]) * share;
    blue[at] += (colour.blue() - blue[at]) * share;
  }

  private void ellipse(float x, float y, float radiusX, float radiusY, Colour colour, float share) {
    float mean = Math.min(radiusX, radiusY);
    paint(
        x - radiusX,
        y - radiusY,
        x + radiusX,
        y + radiusY,
        colour,
        (px, py) ->
            share
                * inside(
                    mean
                        * (1
                            - (float)
                                Math.sqrt(
                                    square((px - x) / radiusX) + square((py - y) / radiusY)))));
  }

  /** A soft patch that fades towards its radii. */
  private void glow(float x, float y, float radiusX, float radiusY, Colour colour, float share) {
    paint(
        x - radiusX,
        y - radiusY,
        x + radiusX,
        y + radiusY,
        colour,
        (px, py) -> {
          float d = 1 - square((px - x) / radiusX) - square((py - y) / radiusY);
          return d > 0 ? share * d * d : 0;
        });
  }

  private void neck() {
    Colour shade = person.skin().base().times(0.72f);
    float half = person.head().neckHalf();
    for (int r = row(0.3f); r < height; r++) {
      float y = yOf(r);
      float wide = half + 0.5f * square(Math.max(0, y - 1.1f));
      for (int c = 0; c < width; c++) {
        float x = xOf(c);
        float cover = inside(wide - Math.abs(x));
        if (cover > 0) {
          int at = r * width + c;
          tint(at, shade, cover);
          alpha[at] = cover;
          z[at] = -0.45f + 0.3f * (float) Math.sqrt(Math.max(0, 1 - square(x / wide)));
        }
      }
    }
  }

  private void ears() {
    Person.Head head = person.head();
    Colour colour = person.skin().base().times(0.85f);
    float y = 0.02f;
    for (int side = -1; side <= 1; side += 2) {
      float x = side * (halfWidthAt(y) + head.ears().out() * 0.4f);
      float radiusX = 0.05f + head.ears().out() * 0.6f;
      cover(x, y, radiusX, head.ears().height(), colour, -0.35f);
      glow(x, y, radiusX * 0.7f, head.ears().height() * 0.6f, colour.times(0.7f), 0.7f);
    }
  }

  /** An opaque ellipse at a depth. */
  private void cover(float x, float y, float radiusX, float radiusY, Colour colour, float depth) {
    for (int r = row(y - radiusY); r < row(y + radiusY) + 1; r++) {
      for (int c = column(x - radiusX); c < column(x + radiusX) + 1; c++) {
        float d =
            1 - (float) Math.sqrt(square((xOf(c) - x) / radiusX) + square((yOf(r) - y) / radiusY));
        float share = inside(d * Math.min(radiusX, radiusY));
        if (share > 0) {
          int at = r * width + c;
          tint(at, colour, share);
          alpha[at] = Math.max(alpha[at], share);
          z[at] = depth + 0.1f * Math.max(0, d);
        }
      }
    }
  }

  private void skull() {
    Colour base = person.skin().base();
    float middle = (person.head().outline().chinY() + foreheadTop()) / 2;
    float reach = (person.head().outline().chinY() - foreheadTop()) / 2;
    for (int r = 0; r < height; r++) {
      float wide = halfWidth[r];
      if (wide <= 0) {
        continue;
      }
      float y = yOf(r);
      float t = (y - middle) / reach;
      float bow = 0.75f * (float) Math.sqrt(Math.max(0, 1 - t * t * t * t)) - 0.08f * t * t;
      for (int c = 0; c < width; c++) {
        float x = xOf(c) - midline(y);
        float share = inside(wide - Math.abs(x));
        if (share > 0) {
          int at = r * width + c;
          tint(at, base, share);
          alpha[at] = Math.max(alpha[at], share);
          float across = Math.min(1, Math.abs(x) / wide);
          z[at] =
              Math.max(
                  z[at], bow * (float) Math.sqrt(1 - across * across * Math.sqrt(across)) - 0.05f);
          gloss[at] = person.skin().gloss() * share;
        }
      }
    }
  }

  private float mouthY() {
    return Math.min(
        person.features().nose().y() + person.features().mouth().below(),
        person.head().outline().chinY() - 0.24f);
  }

  private float eyeY(int side) {
    return person.features().eyes().y()
        + (side > 0 ? person.features().eyes().drop() : -person.features().eyes().drop());
  }

  private void features() {
    Person.Head head = person.head();
    Person.Eyes eyes = person.features().eyes();
    Person.Nose nose = person.features().nose();
    for (int side = -1; side <= 1; side += 2) {
      float x = side * eyes.halfGap();
      float y = eyeY(side);
      hill(x, y - person.features().brows().above(), 0.36f, 0.16f, head.bones().browRidge());
      hill(x, y, 0.30f, 0.20f, -eyes.lids().socket());
      hill(x, y, eyes.opening().halfWidth() * 1.15f, 0.13f, 0.06f);
      hill(side * 0.45f, 0.16f, 0.26f, 0.24f, head.bones().cheekbone() + 0.04f * smile);
      hill(side * 0.42f, 0.52f, 0.22f, 0.30f, -head.bones().hollow());
      hill(side * nose.halfWidth() * 0.75f, nose.y() + 0.03f, 0.1f, 0.1f, 0.07f);
    }
    bridge();
    hill(0, nose.y(), nose.tip(), nose.tip() * 0.9f, nose.projection() * 0.35f);
    hill(0, mouthY(), 0.40f, 0.26f, 0.05f);
    hill(0, mouthY() + 0.16f, 0.2f, 0.07f, -0.035f);
    hill(
        midline(head.outline().chinY()),
        head.outline().chinY() - 0.14f,
        0.2f,
        0.18f,
        head.bones().chin());
    hill(
        midline(head.outline().chinY()),
        head.outline().chinY() - 0.12f,
        0.035f,
        0.12f,
        -head.bones().cleft());
    hill(0, nose.y() + 0.14f, 0.035f, 0.09f, -0.02f);
  }

  private void bridge() {
    Person.Nose nose = person.features().nose();
    float top = person.features().eyes().y() - 0.12f;
    float bottom = nose.y() + 0.08f;
    for (int r = row(top); r < row(bottom); r++) {
      float y = yOf(r);
      float down = clamp((y - top) / (nose.y() - top));
      float high =
          nose.bridge().relief()
              + (nose.projection() * 0.75f - nose.bridge().relief()) * down * down
              + nose.course().hump() * 4 * down * (1 - down);
      high *= rise(top, top + 0.14f, y) * (1 - rise(nose.y() + 0.01f, bottom, y));
      float half =
          1.5f * (nose.bridge().half() + (nose.halfWidth() - nose.bridge().half()) * down * down);
      float centre = nose.course().bend() * (float) Math.sin(Math.PI * down);
      for (int c = column(centre - half); c < column(centre + half) + 1; c++) {
        float d = 1 - square((xOf(c) - centre) / half);
        if (d > 0) {
          z[r * width + c] += high * d * d;
        }
      }
    }
  }

  private void skin() {
    Person.Skin skin = person.skin();
    Colour base = skin.base();
    Colour flushed = base.towards(new Colour(0.75f, 0.25f, 0.22f), 0.6f);
    Colour dim = base.times(0.62f);
    for (int r = 0; r < height; r++) {
      for (int c = 0; c < width; c++) {
        int at = r * width + c;
        if (alpha[at] > 0) {
          float x = xOf(c);
          float y = yOf(r);
          float uneven =
              1
                  + skin.blotch() * (coarse.at(x * 3, y * 3) + 0.6f * coarse.at(x * 8, y * 8))
                  + 0.025f * fine.at(x * 45, y * 45);
          red[at] *= uneven;
          green[at] *= uneven;
          blue[at] *= uneven;
        }
      }
    }
    for (int side = -1; side <= 1; side += 2) {
      glow(side * 0.42f, 0.25f, 0.3f, 0.25f, flushed, skin.flush());
      glow(
          side * person.features().eyes().halfGap(),
          eyeY(side) + 0.1f,
          0.2f,
          0.1f,
          dim,
          skin.eyeShadow());
      glow(side * person.features().eyes().halfGap(), eyeY(side) - 0.06f, 0.25f, 0.16f, dim, 0.35f);
      glow(side * 0.13f, eyeY(side) - 0.02f, 0.1f, 0.16f, dim, 0.3f);
      fold(side, dim);
    }
    glow(0, person.features().nose().y(), 0.16f, 0.12f, flushed, skin.flush() * 0.7f);
    glow(0, person.features().nose().y() + 0.11f, 0.16f, 0.07f, dim, 0.4f);
    glow(0, mouthY() + 0.17f, 0.18f, 0.06f, dim, 0.35f);
    for (int i = 0; i < 3; i++) {
      furrow(-0.72f + 0.13f * i, dim);
    }
    Draw draw = Draw.of(person.seed(), 1);
    for (int i = 0; i < skin.freckles(); i++) {
      float x = draw.between(-0.5, 0.5);
      float y = draw.between(-0.05, 0.5) - 0.1f * Math.abs(x);
      float size = draw.between(0.008, 0.022);
      ellipse(x, y, size, size, base.times(0.62f), draw.between(0.3, 0.8));
    }
    for (Mark mark : person.marks()) {
      mark(mark, base);
    }
  }

  private void fold(int side, Colour dim) {
    float strength = person.skin().folds() + 0.35f * smile;
    if (strength <= 0) {
      return;
    }
    float top = person.features().nose().y() - 0.02f;
    float bottom = mouthY() + 0.08f;
    paint(
        -0.6f,
        top,
        0.6f,
        bottom,
        dim,
        (x, y) -> {
          float t = clamp((y - top) / (bottom - top));
          float line =
              side * (person.features().nose().halfWidth() + 0.03f + 0.17f * t * (1.3f - 0.5f * t));
          float d = 1 - Math.abs(x - line) / 0.035f;
          return y < top || y > bottom || d < 0 ? 0 : strength * d * (1 - square(2 * t - 1));
        });
  }

  private void furrow(float y, Colour dim) {
    float strength = person.skin().furrows();
    if (strength <= 0) {
      return;
    }
    paint(
        -0.4f,
        y - 0.06f,
        0.4f,
        y + 0.06f,
        dim,
        (px, py) -> {
          float line = y + 0.04f * coarse.at(px * 4, y * 9) - 0.06f * px * px;
          float d = 1 - Math.abs(py - line) / 0.018f;
          return d < 0 ? 0 : strength * d * (1 - square(px / 0.42f));
        });
  }

  private void mark(Mark mark, Colour base) {
    Colour colour =
        mark.dark() ? base.times(0.38f) : base.towards(new Colour(0.85f, 0.62f, 0.58f), 0.7f);
    if (mark.length() == 0) {
      ellipse(mark.x(), mark.y(), mark.thickness(), mark.thickness(), colour, 0.9f);
      return;
    }
    float cos = (float) Math.cos(mark.angle());
    float sin = (float) Math.sin(mark.angle());
    float half = mark.length() / 2;
    paint(
        mark.x() - half,
        mark.y() - half,
        mark.x() + half,
        mark.y() + half,
        colour,
        (x, y) -> {
          float u = (x - mark.x()) * cos + (y - mark.y()) * sin;
          float v = (y - mark.y()) * cos - (x - mark.x()) * sin;
          float beyond = Math.max(0, Math.abs(u) - half);
          return 0.8f * inside(mark.thickness() / 2 - (float) Math.hypot(beyond, v));
        });
  }

  private void nostrils() {
    Person.Nose nose = person.features().nose();
    Colour dark = person.skin().base().times(0.2f);
    for (int side = -1; side <= 1; side += 2) {
      ellipse(
          side * nose.halfWidth() * 0.48f,
          nose.y() + 0.055f,
          nose.halfWidth() * 0.26f,
          0.022f + 0.016f * nose.nostril(),
          dark,
          0.55f + 0.4f * nose.nostril());
      float wing = side * nose.halfWidth() * 1.02f;
      glow(wing, nose.y() + 0.02f, 0.035f, 0.09f, dark, 0.45f);
    }
  }

  private void mouth() {
    Person.Mouth mouth = person.features().mouth();
    float y = mouthY();
    float half = mouth.halfWidth() * (1 + 0.18f * smile);
    float rise = mouth.corner() + 0.055f * smile;
    float open = 0.045f * Math.max(0, smile - 0.4f);
    Shape line =
        (x, unused) ->
            y - rise * square(x / half) + mouth.skew() * x / half + 0.012f * (1 - square(x / half));
    paint(
        -half,
        y - 0.2f,
        half,
        y + 0.25f,
        mouth.colour(),
        (x, py) -> {
          float t = Math.abs(x) / half;
          if (t >= 1) {
            return 0;
          }
          float at = py - line.at(x, 0);
          float notch = mouth.bow() * Math.max(0, 1 - Math.abs(x) / 0.06f);
          float up = mouth.upper() * (float) Math.pow(1 - t, 0.7) - notch;
          float down = (mouth.lower() + open) * (float) Math.sqrt(1 - t * t);
          return 0.9f * inside(Math.min(at + up, down - at));
        });
    hill(0, y + mouth.lower() * 0.5f, half * 0.8f, mouth.lower(), 0.05f);
    hill(0, y - mouth.upper() * 0.5f, half * 0.8f, mouth.upper() + 0.02f, 0.03f);
    Colour gap = mouth.colour().times(0.3f);
    paint(
        -half,
        y - 0.15f,
        half,
        y + 0.15f,
        open > 0 ? WHITE.times(0.85f) : gap,
        (x, py) -> {
          float t = Math.abs(x) / half;
          float thick = 0.011f + open * (1 - t * t);
          return t >= 1 ? 0 : 0.95f * inside(thick - Math.abs(py - line.at(x, 0)));
        });
    for (int side = -1; side <= 1; side += 2) {
      glow(side * half, line.at(half, 0) + side * mouth.skew(), 0.06f, 0.05f, gap, 0.6f);
    }
  }

  private void eye(int side, float shut) {
    Person.Eyes eyes = person.features().eyes();
    float cx = side * eyes.halfGap();
    float cy = eyeY(side);
    float half = eyes.opening().halfWidth();
    float squeeze = (1 - 0.85f * shut) * (1 - 0.25f * smile);
    float upper = eyes.opening().upper() * squeeze;
    float lower = eyes.opening().lower() * (1 - 0.3f * smile);
    Shape slant = (x, unused) -> cy - eyes.opening().tilt() * side * (x - cx);
    Shape opening =
        (x, y) -> {
          float t = (x - cx) / half;
          if (Math.abs(t) >= 1) {
            return -1;
          }
          float at = y - slant.at(x, 0);
          float up = upper * (1 - (float) Math.pow(Math.abs(t + 0.15f * side), 2.2));
          float down = lower * (1 - t * t);
          return Math.min(at + up, down - at);
        };
    float left = cx - half * 1.3f;
    float right = cx + half * 1.3f;
    float top = cy - 0.25f;
    float bottom = cy + 0.2f;
    Colour white = WHITE.times(0.6f + 0.4f * person.skin().lightness());
    paint(left, top, right, bottom, white, (x, y) -> inside(opening.at(x, y)));
    float radius = eyes.iris().radius();
    float irisY = cy - (upper - lower) * 0.45f;
    Colour rim = eyes.iris().colour().times(0.45f);
    paint(
        left,
        top,
        right,
        bottom,
        rim,
        (x, y) ->
            inside(opening.at(x, y)) * inside(radius - (float) Math.hypot(x - cx, y - irisY)));
    paint(
        left,
        top,
        right,
        bottom,
        eyes.iris().colour(),
        (x, y) ->
            inside(opening.at(x, y))
                * inside(radius * 0.8f - (float) Math.hypot(x - cx, y - irisY)));
    paint(
        left,
        top,
        right,
        bottom,
        BLACK,
        (x, y) ->
            inside(opening.at(x, y))
                * inside(radius * 0.42f - (float) Math.hypot(x - cx, y - irisY)));
    ellipse(cx - 0.02f, irisY - 0.022f, 0.012f, 0.012f, WHITE, 0.9f * squeeze);
    float lash = 0.012f + 0.014f * eyes.lids().lash();
    paint(
        left,
        top,
        right,
        bottom,
        BLACK,
        (x, y) -> {
          float t = (x - cx) / (half * 1.08f);
          if (Math.abs(t) >= 1) {
            return 0;
          }
          float line =
              slant.at(x, 0) - upper * (1 - (float) Math.pow(Math.abs(t + 0.15f * side), 2.2));
          return (0.6f + 0.35f * eyes.lids().lash())
              * inside(lash - Math.abs(y - line + lash * 0.3f));
        });
    Colour fold = person.skin().base().times(0.5f);
    paint(
        left,
        top,
        right,
        bottom,
        fold,
        (x, y) -> {
          float t = (x - cx) / (half * 1.2f);
          if (Math.abs(t) >= 1) {
            return 0;
          }
          float lidLine = slant.at(x, 0) + lower * (1 - t * t) + 0.008f;
          float crease =
              slant.at(x, 0) - eyes.lids().crease() - eyes.opening().upper() * (1 - t * t);
          return 0.5f
              * Math.max(
                  inside(0.008f - Math.abs(y - lidLine)), inside(0.011f - Math.abs(y - crease)));
        });
  }

  private void brow(int side) {
    Person.Brows brows = person.features().brows();
    float base = eyeY(side) - brows.above();
    paint(
        -0.75f,
        base - 0.3f,
        0.75f,
        base + 0.25f,
        brows.colour(),
        (x, y) -> {
          float out = x * side;
          float t = (out - brows.inner()) / (brows.outer() - brows.inner());
          if (t <= 0 || t >= 1) {
            return 0;
          }
          float line =
              base
                  - brows.lift() * (1 - square(2 * t - 1.1f))
                  - brows.slope() * (t - 0.5f)
                  - 0.02f * smile;
          float thick = brows.thickness() * (float) Math.pow(1 - t, 0.35) * rise(0, 0.12f, t);
          float strand = 0.75f + 0.35f * fine.at(out * 30 + y * 20, y * 40 - out * 10);
          return clamp(brows.density() * strand) * inside(thick - Math.abs(y - line));
        });
  }

  private void beard() {
    Person.Beard beard = person.beard();
    Person.Head head = person.head();
    float y0 = mouthY();
    if (Math.max(beard.chin(), beard.moustache()) == 0) {
      return;
    }
    float lip = person.features().mouth().upper() + person.features().mouth().lower();
    for (int r = row(0); r < row(head.outline().chinY() + beard.drop() + 0.05f); r++) {
      float y = yOf(r);
      float drop = y - head.outline().chinY() + 0.25f;
      float wide =
          Math.max(
              halfWidth[r],
              beard.drop() > 0 && drop > 0
                  ? head.outline().chinHalf()
                      * 1.25f
                      * (float) Math.sqrt(Math.max(0, 1 - square(drop / (0.25f + beard.drop()))))
                  : 0);
      for (int c = 0; c < width; c++) {
        float x = xOf(c) - midline(y);
        float hidden = inside(wide - Math.abs(x));
        if (hidden == 0) {
          continue;
        }
        float lips =
            1 - inside(1.25f * lip - (float) Math.hypot(y - y0 - 0.01f, x * 0.45f) + 0.02f);
        float cheek =
            beard.cheeks()
                * rise(0, 0.16f, y - beard.edgeY() + 0.6f * (Math.abs(x) - 0.35f))
                * rise(0.30f, 0.42f, (float) Math.hypot(x, 0.9f * (y - y0 + 0.12f)));
        float chin =
            beard.chin() * rise(0.06f, 0.14f, y - y0) * (1 - rise(0.30f, 0.42f, Math.abs(x)));
        float upper =
            beard.moustache()
                * inside(
                    0.09f
                        - Math.abs(
                            y - (person.features().nose().y() + y0 + 0.06f) / 2 - 0.4f * x * x))
                * (1 - rise(0.26f, 0.36f, Math.abs(x)));
        float strand = 0.8f + 0.3f * fine.at(x * 40, y * 22);
        float share = clamp(Math.max(cheek, Math.max(chin, upper)) * lips * strand) * hidden;
        if (share > 0) {
          int at = r * width + c;
          tint(at, beard.colour(), share);
          gloss[at] *= 1 - share;
          if (wide > halfWidth[r]) {
            alpha[at] = Math.max(alpha[at], share);
            z[at] = Math.max(z[at], 0.35f);
          }
        }
      }
    }
  }

  private float outerHair(float y) {
    Person.Hair hair = person.hair();
    float top = foreheadTop() - hair.mass().volume();
    if (y <= top) {
      return -1;
    }
    float t = y < 0 ? y / top : 0;
    return (Math.max(
                person.head().outline().foreheadHalf(), person.head().outline().cheekHalf() * 0.97f)
            + hair.mass().side()
            + hair.mass().volume() * 0.25f)
        * (float) Math.sqrt(1 - t * t * Math.sqrt(t));
  }

  private float waver(float y) {
    return person.hair().mass().curl() * 0.045f * coarse.at(y * 7, person.hair().part() * 9);
  }

  private void hairBehind() {
    Person.Hair hair = person.hair();
    if (hair.cut() == Cut.BALD) {
      return;
    }
    float end = hair.mass().length();
    Colour shade = hair.tint().colour().times(0.6f);
    for (int r = 0; r < row(end); r++) {
      float y = yOf(r);
      float wide =
          y < 0
              ? outerHair(y)
              : outerHair(-0.01f) * (1 + (hair.cut() == Cut.LONG ? 0.12f : -0.12f) * y);
      wide += waver(y);
      float fade = 1 - rise(end - 0.12f, end, y);
      for (int c = 0; c < width; c++) {
        float x = xOf(c);
        float cover = inside(wide - Math.abs(x)) * fade;
        if (cover > 0) {
          int at = r * width + c;
          float strand = 1 + hair.streak() * strand(x, y);
          tint(at, shade.times(strand), cover);
          alpha[at] = Math.max(alpha[at], cover);
          z[at] = -0.3f + 0.5f * (float) Math.sqrt(Math.max(0, 1 - square(x / wide)));
        }
      }
    }
  }

  /** Light and dark strands: along the comb if straight, all over if curly. */
  private float strand(float x, float y) {
    Person.Hair hair = person.hair();
    float from = x - hair.part();
    float along = (float) Math.hypot(from, y + 1.2f);
    float straight = fine.at((float) Math.atan2(from, y + 1.9f) * 26, along * 2.2f);
    float curly =
        0.7f * fine.at(x * 9 + 2 * coarse.at(y * 5, x * 5), y * 9) + 0.5f * fine.at(x * 21, y * 19);
    return straight * (1 - hair.mass().curl()) + curly * hair.mass().curl();
  }

  private void hairInFront() {
    Person.Hair hair = person.hair();
    if (hair.cut() == Cut.BALD) {
      return;
    }
    float burns = Math.min(hair.mass().length(), 0.45f);
    for (int r = 0; r < row(Math.max(0.1f, hair.mass().length())); r++) {
      float y = yOf(r);
      float outer = y < 0 ? outerHair(y) + waver(y) : halfWidth[r] + 0.01f;
      for (int c = 0; c < width; c++) {
        float x = xOf(c);
        float within = inside(outer - Math.abs(x));
        if (within == 0) {
          continue;
        }
        float off = Math.abs(x) / person.head().outline().foreheadHalf();
        float line =
            hair.edge().hairline()
                - hair.edge().recession() * rise(0.2f, 0.7f, off) * (1 - rise(0.8f, 1.0f, off))
                + hair.edge().peak() * Math.max(0, 1 - Math.abs(x) / 0.15f)
                + 0.55f * square(square(Math.min(1.1f, off)))
                + 0.02f * fine.at(x * 24, 3);
        if (hair.edge().fringe() > 0) {
          line =
              Math.max(
                  line,
                  hair.edge().hairline()
                      + hair.edge().fringe()
                      + hair.edge().fringeSlope() * (x - hair.part() * 0.3f));
        }
        float front = inside(line - y);
        float temple =
            y < burns
                ? inside(Math.abs(x) - (halfWidthAt(y) - 0.05f - hair.mass().side() * 0.35f))
                    * (1 - rise(burns - 0.06f, burns, y))
                : 0;
        float share = within * Math.max(front, temple);
        if (share > 0) {
          if (hair.cut() == Cut.CROPPED) {
            share *= 0.75f;
          }
          int at = r * width + c;
          float strand = strand(x, y);
          tint(
              at,
              hair.tint()
                  .colour()
                  .times(1 + hair.streak() * strand + 0.08f * fine.at(x * 50, y * 18)),
              share);
          alpha[at] = Math.max(alpha[at], share);
          float t = outer <= 0 ? 0 : Math.min(1, Math.abs(x) / outer);
          float up =
              clamp((y - foreheadTop() + hair.mass().volume()) / (0.9f + hair.mass().volume()));
          float dome = 0.8f * (float) Math.sqrt(1 - t * t) * (float) Math.sqrt(up * (2 - up));
          float outwards = rise(-0.3f, 0.02f, Math.abs(x) - halfWidth[r]);
          z[at] += (dome - z[at]) * outwards * share + 0.02f * share * strand;
          gloss[at] = 0.12f * share * (1 - hair.mass().curl());
        }
      }
    }
  }

  private void glasses() {
    Person.Glasses glasses = person.glasses();
    if (glasses == null) {
      return;
    }
    float y = person.features().eyes().y() + 0.02f;
    float gap = Math.max(person.features().eyes().halfGap(), glasses.halfWidth() + 0.06f);
    lens(glasses, -1, gap, y);
    lens(glasses, 1, gap, y);
    float bridge = gap - glasses.halfWidth();
    paint(
        -bridge,
        y - 0.1f,
        bridge,
        y,
        glasses.colour(),
        (px, py) ->
            Math.abs(px) > bridge
                ? 0
                : inside(glasses.rim() * 0.6f - Math.abs(py - y + 0.05f - 0.4f * px * px)));
  }

  private void lens(Person.Glasses glasses, int side, float gap, float y) {
    float cx = side * gap;
    Shape depth =
        (px, py) -> {
          double u = Math.pow(Math.abs(px - cx) / glasses.halfWidth(), glasses.roundness());
          double v = Math.pow(Math.abs(py - y) / glasses.halfHeight(), glasses.roundness());
          return (float) (1 - Math.pow(u + v, 1 / glasses.roundness())) * glasses.halfHeight();
        };
    float left = cx - glasses.halfWidth() - 0.06f;
    float right = cx + glasses.halfWidth() + 0.06f;
    float top = y - glasses.halfHeight() - 0.06f;
    float bottom = y + glasses.halfHeight() + 0.06f;
    paint(left, top, right, bottom, BLACK, (px, py) -> glasses.tint() * inside(depth.at(px, py)));
    paint(
        left,
        top,
        right,
        bottom,
        glasses.colour(),
        (px, py) -> {
          float rim = glasses.rim() + (py < y ? glasses.browRim() : 0);
          return inside(rim / 2 - Math.abs(depth.at(px, py)));
        });
    float hinge = cx + side * glasses.halfWidth();
    float end = side * (person.head().outline().cheekHalf() + 0.02f);
    paint(
        Math.min(hinge, end),
        y - 0.1f,
        Math.max(hinge, end),
        y,
        glasses.colour(),
        (px, py) ->
            (px - hinge) * side < 0 || (px - end) * side > 0
                ? 0
                : inside(glasses.rim() * 0.6f - Math.abs(py - y + 0.05f)));
  }
}
