package org.sightline.edge.evaluate.attack;

import java.util.List;
import java.util.random.RandomGenerator;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.imaging.JpegCodec;
import org.sightline.edge.imaging.PictureException;
import org.sightline.edge.imaging.Stills;

/**
 * A picture of a face as a camera would see it: printed or on a screen, a little askew, and
 * photographed again. Everything about it is drawn from the generator, so that the same seed makes
 * the same attack.
 *
 * @param picture what the camera sees
 * @param faceX where the middle of the face lies in it
 * @param faceY likewise
 */
record GeneratedAttack(BgrPicture picture, double faceX, double faceY) {
  /** Width and height of what is seen over those of the face, where surroundings are in sight. */
  private static final double SCENE_FACES = 4.6;

  /**
   * Makes one.
   *
   * @param face in the picture that is shown
   * @param background another picture, which is blurred beyond recognition
   */
  static GeneratedAttack make(
      Instrument instrument,
      BgrPicture shown,
      BoxPx face,
      BgrPicture background,
      RandomGenerator random)
      throws PictureException {
    Pixels source = Pixels.of(shown);
    Part part = instrument.fills ? Part.whole(source) : Part.around(face, source, random);
    Pixels scene =
        instrument.fills
            ? new Pixels(source.widthPx, source.heightPx)
            : surroundings(face, background);
    double faceX = (face.centreX() - part.left) / part.width;
    double faceY = (face.centreY() - part.top) / part.height;
    Pose pose =
        instrument.fills
            ? Pose.filling(scene, random)
            : Pose.held(scene, part, faceX, faceY, random);
    Surface surface = instrument.shines ? Surface.screen(random) : Surface.paper(random);
    double border = instrument.fills ? 0 : between(0.04, 0.12, random);
    Perspective seen = pose.perspective(random);
    for (int y = 0; y < scene.heightPx; y++) {
      for (int x = 0; x < scene.widthPx; x++) {
        double across = seen.across(x, y);
        double down = seen.down(x, y);
        if (across < -border || across > 1 + border || down < -border || down > 1 + border) {
          continue;
        }
        boolean inside = across >= 0 && across <= 1 && down >= 0 && down <= 1;
        double u = part.left + across * part.width;
        double v = part.top + down * part.height;
        for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
          scene.set(
              x,
              y,
              channel,
              inside || instrument.fills
                  ? surface.shown(source.at(u, v, channel), u, v, channel)
                  : surface.border());
        }
      }
    }
    surface.glare(scene, pose, random);
    scene.blur(between(0.5, 1.1, random));
    scene.expose(between(0.85, 1.1, random), between(1.5, 4, random), random);
    int quality = 70 + random.nextInt(23);
    return new GeneratedAttack(
        Stills.decode(JpegCodec.encode(scene.toPicture(), quality).bytes(), "a generated attack"),
        pose.left + faceX * pose.width,
        pose.top + faceY * pose.height);
  }

  private static Pixels surroundings(BoxPx face, BgrPicture background) {
    Pixels behind = Pixels.of(background);
    Pixels scene =
        new Pixels(
            (int) Math.round(SCENE_FACES * face.width()),
            (int) Math.round(SCENE_FACES * face.height()));
    for (int y = 0; y < scene.heightPx; y++) {
      for (int x = 0; x < scene.widthPx; x++) {
        for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
          scene.set(
              x,
              y,
              channel,
              behind.at(
                  (double) x * behind.widthPx / scene.widthPx,
                  (double) y * behind.heightPx / scene.heightPx,
                  channel));
        }
      }
    }
    scene.blur(0.03 * scene.widthPx);
    return scene;
  }

  private static double between(double least, double most, RandomGenerator random) {
    return least + (most - least) * random.nextDouble();
  }

  /** What of a picture is shown, in its pixels. */
  private record Part(double left, double top, double width, double height) {
    static Part whole(Pixels source) {
      return new Part(0, 0, source.widthPx, source.heightPx);
    }

    /** Head and shoulders, as far as the picture has them. */
    static Part around(BoxPx face, Pixels source, RandomGenerator random) {
      double scale = between(1.5, 2.2, random);
      double left = Math.max(0, face.centreX() - scale * face.width() / 2);
      double top = Math.max(0, face.centreY() - scale * face.height() / 2);
      double right = Math.min(source.widthPx, face.centreX() + scale * face.width() / 2);
      double bottom = Math.min(source.heightPx, face.centreY() + scale * face.height() / 2);
      return new Part(left, top, right - left, bottom - top);
    }
  }

  /** Where the thing is held, in pixels of the scene, and how far its corners may be askew. */
  private record Pose(double left, double top, double width, double height, double askew) {
    static Pose filling(Pixels scene, RandomGenerator random) {
      double beyond = between(0.02, 0.06, random);
      return new Pose(
          -beyond * scene.widthPx,
          -beyond * scene.heightPx,
          (1 + 2 * beyond) * scene.widthPx,
          (1 + 2 * beyond) * scene.heightPx,
          beyond / 2);
    }

    /** With the face near the middle of the scene, about as large as it was. */
    static Pose held(Pixels scene, Part part, double faceX, double faceY, RandomGenerator random) {
      double scale = between(0.9, 1.1, random);
      double width = scale * part.width;
      double height = scale * part.height;
      return new Pose(
          scene.widthPx * between(0.45, 0.55, random) - faceX * width,
          scene.heightPx * between(0.45, 0.55, random) - faceY * height,
          width,
          height,
          0.06);
    }

    Perspective perspective(RandomGenerator random) {
      double[] x = {left, left + width, left + width, left};
      double[] y = {top, top, top + height, top + height};
      for (int corner = 0; corner < 4; corner++) {
        x[corner] += between(-askew, askew, random) * width;
        y[corner] += between(-askew, askew, random) * height;
      }
      return new Perspective(x, y);
    }
  }

  /**
   * How a thing shows a picture.
   *
   * @param black what black becomes, in [0, 255]
   * @param contrast what is left of it, in [0, 1]
   * @param cast gain of each channel
   * @param dots strength of the raster, in [0, 1]
   * @param pitchPx of the raster, in pixels of the picture shown
   * @param angles of the raster for each channel, in radians
   * @param glare brightness of the reflection, 0 to 255
   * @param border brightness of what surrounds the picture, 0 to 255
   */
  private record Surface(
      double black,
      double contrast,
      List<Double> cast,
      double dots,
      double pitchPx,
      List<Double> angles,
      double glare,
      double border) {
    /** Halftone dots, a raster turned differently for each colour; paper is never black. */
    static Surface paper(RandomGenerator random) {
      return new Surface(
          between(20, 45, random),
          between(0.68, 0.85, random),
          List.of(between(0.86, 1, random), between(0.94, 1, random), 1.0),
          between(0.05, 0.15, random),
          between(2.2, 4, random),
          List.of(Math.toRadians(15), Math.toRadians(75), Math.toRadians(45)),
          between(0, 30, random),
          between(215, 245, random));
    }

    /** A grid of pixels, which beats with that of the camera; bluish, and with a reflection. */
    static Surface screen(RandomGenerator random) {
      return new Surface(
          between(5, 20, random),
          between(0.85, 0.98, random),
          List.of(between(1.02, 1.15, random), 1.0, between(0.85, 0.96, random)),
          between(0.05, 0.2, random),
          between(1.5, 2.6, random),
          List.of(0.0, 0.0, 0.0),
          between(20, 80, random),
          between(8, 35, random));
    }

    double shown(double value, double u, double v, int channel) {
      double cos = Math.cos(angles.get(channel));
      double sin = Math.sin(angles.get(channel));
      double turn = 2 * Math.PI / pitchPx;
      double raster = Math.cos(turn * (u * cos + v * sin)) * Math.cos(turn * (v * cos - u * sin));
      return (black + contrast * value * cast.get(channel)) * (1 + dots * raster);
    }

    /** A soft bright spot somewhere on the thing. */
    void glare(Pixels scene, Pose pose, RandomGenerator random) {
      double centreX = pose.left + random.nextDouble() * pose.width;
      double centreY = pose.top + random.nextDouble() * pose.height;
      double spread = between(0.1, 0.3, random) * pose.width;
      for (int y = 0; y < scene.heightPx; y++) {
        for (int x = 0; x < scene.widthPx; x++) {
          double distance = Math.hypot(x - centreX, y - centreY) / spread;
          double light = glare * Math.exp(-distance * distance / 2);
          for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
            scene.set(x, y, channel, scene.at(x, y, channel) + light);
          }
        }
      }
    }
  }
}
