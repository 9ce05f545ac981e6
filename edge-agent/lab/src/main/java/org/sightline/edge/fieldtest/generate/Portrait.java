package org.sightline.edge.fieldtest.generate;

import java.awt.image.BufferedImage;

/** Turns and lights a {@link Relief}. */
final class Portrait {
  private Portrait() {}

  /**
   * The head as a picture with a transparent background, of the relief's own size.
   *
   * @return ARGB, not premultiplied
   */
  static BufferedImage of(Relief relief, Look look) {
    int width = relief.width;
    int height = relief.height;
    int[] argb = new int[width * height];
    float[] shade = shading(relief, look);
    float sinYaw = (float) Math.sin(look.pose().yaw());
    float cosYaw = (float) Math.cos(look.pose().yaw());
    float sinPitch = (float) Math.sin(look.pose().pitch());
    float cosPitch = (float) Math.cos(look.pose().pitch());
    float unit = relief.unitPx;
    float centreX = -Relief.LEFT * unit;
    float centreY = -Relief.TOP * unit;
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        float x = column + 0.5f - centreX;
        float y = row + 0.5f - centreY;
        float u = x;
        float v = y;
        // The point of the head that is seen here, by fixed-point iteration from straight ahead.
        for (int i = 0; i < 4; i++) {
          float depth = unit * sample(relief.z, width, height, u + centreX, v + centreY);
          u = (x - depth * sinYaw) / cosYaw;
          v = (y - depth * sinPitch) / cosPitch;
        }
        argb[row * width + column] = pixel(relief, shade, look, u + centreX, v + centreY);
      }
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, width, height, argb, 0, width);
    return image;
  }

  /** Brightness of each point of the relief, and its gloss beyond 2 planes. */
  private static float[] shading(Relief relief, Look look) {
    int width = relief.width;
    int height = relief.height;
    float[] shade = new float[2 * width * height];
    float lx = look.lighting().x();
    float ly = look.lighting().y();
    float lz = (float) Math.sqrt(Math.max(0.05, 1 - lx * lx - ly * ly));
    float sinYaw = (float) Math.sin(look.pose().yaw());
    float cosYaw = (float) Math.cos(look.pose().yaw());
    for (int row = 1; row < height - 1; row++) {
      for (int column = 1; column < width - 1; column++) {
        int at = row * width + column;
        if (relief.alpha[at] == 0) {
          continue;
        }
        float dx = slope(relief.z[at + 1] - relief.z[at - 1], relief.unitPx);
        float dy = slope(relief.z[at + width] - relief.z[at - width], relief.unitPx);
        float norm = 1 / (float) Math.sqrt(1 + dx * dx + dy * dy);
        float nx = (-dx * cosYaw + sinYaw) * norm;
        float nz = (cosYaw + dx * sinYaw) * norm;
        float ny = -dy * norm;
        float facing = Math.max(0, nx * lx + ny * ly + nz * lz);
        float ambient = 0.75f + 0.25f * nz;
        shade[2 * at] =
            look.lighting().brightness()
                * ((1 - look.lighting().contrast()) * ambient
                    + look.lighting().contrast() * 1.08f * facing);
        float hx = lx;
        float hy = ly;
        float hz = lz + 1;
        float half = (nx * hx + ny * hy + nz * hz) / (float) Math.sqrt(hx * hx + hy * hy + hz * hz);
        float shine = half * half;
        shine *= shine;
        shine *= shine;
        shine *= shine;
        shade[2 * at + 1] = look.lighting().brightness() * relief.gloss[at] * shine * shine;
      }
    }
    return shade;
  }

  private static float slope(float difference, float unitPx) {
    return Math.max(-2.5f, Math.min(2.5f, difference * unitPx / 2));
  }

  private static float sample(float[] plane, int width, int height, float x, float y) {
    float px = Math.max(0, Math.min(width - 1.001f, x - 0.5f));
    float py = Math.max(0, Math.min(height - 1.001f, y - 0.5f));
    int column = (int) px;
    int row = (int) py;
    float fx = px - column;
    float fy = py - row;
    int at = row * width + column;
    float above = plane[at] + (plane[at + 1] - plane[at]) * fx;
    float below = plane[at + width] + (plane[at + width + 1] - plane[at + width]) * fx;
    return above + (below - above) * fy;
  }

  private static int pixel(Relief relief, float[] shade, Look look, float x, float y) {
    int width = relief.width;
    float px = x - 0.5f;
    float py = y - 0.5f;
    int column = (int) Math.floor(px);
    int row = (int) Math.floor(py);
    if (column < 1 || row < 1 || column >= width - 2 || row >= relief.height - 2) {
      return 0;
    }
    float fx = px - column;
    float fy = py - row;
    float alpha = 0;
    float red = 0;
    float green = 0;
    float blue = 0;
    for (int k = 0; k < 4; k++) {
      int at = (row + (k >> 1)) * width + column + (k & 1);
      float weight = ((k & 1) == 0 ? 1 - fx : fx) * (k < 2 ? 1 - fy : fy) * relief.alpha[at];
      float light = shade[2 * at];
      float shine = shade[2 * at + 1];
      alpha += weight;
      red += weight * (relief.red[at] * light + shine);
      green += weight * (relief.green[at] * light + shine);
      blue += weight * (relief.blue[at] * light + shine);
    }
    if (alpha < 0.004f) {
      return 0;
    }
    return byteOf(alpha) << 24
        | byteOf(red / alpha * (1 + look.lighting().warmth())) << 16
        | byteOf(green / alpha) << 8
        | byteOf(blue / alpha * (1 - look.lighting().warmth()));
  }

  private static int byteOf(float value) {
    return Math.max(0, Math.min(255, Math.round(value * 255)));
  }
}
