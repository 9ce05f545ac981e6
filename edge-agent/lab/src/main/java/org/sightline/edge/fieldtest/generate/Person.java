package org.sightline.edge.fieldtest.generate;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who does not exist: everything that stays the same from one picture of them to the next,
 * drawn from one seed.
 *
 * <p>Lengths are in decimetres, seen from the front: x to the right of the picture, y down, z
 * towards the viewer, with the origin in the middle of the face. Ranges are wider than nature's, so
 * that few people look alike.
 */
record Person(
    long seed,
    Head head,
    Skin skin,
    Features features,
    Hair hair,
    Beard beard,
    @Nullable Glasses glasses,
    List<Mark> marks) {

  Person {
    marks = List.copyOf(marks);
  }

  static Person of(long seed) {
    Draw draw = new Draw(seed);
    Head head = Head.of(draw);
    Skin skin = Skin.of(draw);
    Hair hair = Hair.of(draw, skin);
    Eyes eyes = Eyes.of(draw, skin);
    return new Person(
        seed,
        head,
        skin,
        new Features(eyes, Brows.of(draw, hair), Nose.of(draw), Mouth.of(draw, skin)),
        hair,
        Beard.of(draw, hair),
        draw.chance(0.28) ? Glasses.of(draw) : null,
        Mark.some(draw));
  }

  /** What stands in the face. */
  record Features(Eyes eyes, Brows brows, Nose nose, Mouth mouth) {}

  /** Where a face detector's box begins: the middle of the forehead. */
  float faceTop() {
    return features.eyes.y() - 0.63f;
  }

  /** From {@link #faceTop()} to the chin. */
  float faceHeight() {
    return head.outline().chinY() - faceTop();
  }

  /**
   * @param lean sideways shift of the chin
   */
  record Head(Outline outline, Bones bones, float neckHalf, Ears ears, float lean) {
    /**
     * @param foreheadHalf half widths at the forehead, cheekbones and jaw, and of the chin
     * @param chinY where the face ends below
     * @param fullness how square the outline is: 2 is an ellipse
     */
    record Outline(
        float foreheadHalf,
        float cheekHalf,
        float jawHalf,
        float chinHalf,
        float chinY,
        float fullness) {}

    /**
     * @param cheekbone relief of the cheekbones; {@code hollow} of the cheeks below them
     */
    record Bones(float cheekbone, float hollow, float chin, float cleft, float browRidge) {}

    record Ears(float height, float out) {}

    private static Head of(Draw draw) {
      return new Head(
          new Outline(
              draw.between(0.54, 0.72),
              draw.between(0.62, 0.78),
              draw.between(0.46, 0.70),
              draw.between(0.22, 0.46),
              draw.between(0.88, 1.12),
              draw.between(2.0, 3.2)),
          new Bones(
              draw.between(0, 0.09),
              draw.between(-0.02, 0.08),
              draw.between(0.0, 0.10),
              draw.chance(0.2) ? draw.between(0.02, 0.05) : 0,
              draw.between(0, 0.08)),
          draw.between(0.34, 0.52),
          new Ears(draw.between(0.24, 0.38), draw.between(0.03, 0.14)),
          draw.between(-0.04, 0.04));
    }
  }

  /**
   * @param blotch strength of uneven pigment; {@code freckles} a count; {@code folds} and {@code
   *     furrows} strengths of lines beside the mouth and across the forehead
   */
  record Skin(
      Colour base,
      float blotch,
      float flush,
      float eyeShadow,
      int freckles,
      float folds,
      float furrows,
      float gloss) {
    private static final int[] TONES = {
      0xF3D3C0, 0xECC3A6, 0xE3B08F, 0xD49C76, 0xC68863, 0xAE7450, 0x925C3C, 0x77482F, 0x5C3624
    };

    /** How much light the skin returns, in [0, 1]. */
    float lightness() {
      return 0.3f * base.red() + 0.59f * base.green() + 0.11f * base.blue();
    }

    private static Skin of(Draw draw) {
      int tone = draw.below(TONES.length - 1);
      Colour base = Colour.of(TONES[tone]).towards(Colour.of(TONES[tone + 1]), draw.between(0, 1));
      float warmth = draw.between(-0.03, 0.03);
      return new Skin(
          new Colour(
              Math.min(1, base.red() + warmth), base.green(), Math.max(0, base.blue() - warmth)),
          draw.between(0.01, 0.07),
          draw.between(0, 0.30),
          draw.between(0, 0.45),
          draw.chance(0.3) ? 20 + draw.below(90) : 0,
          draw.chance(0.5) ? draw.between(0.1, 0.5) : 0,
          draw.chance(0.4) ? draw.between(0.1, 0.45) : 0,
          draw.between(0.02, 0.16));
    }
  }

  /**
   * @param halfGap from the middle of the face to the middle of each eye
   * @param drop how much lower the left eye stands than the right
   */
  record Eyes(float y, float halfGap, Opening opening, Iris iris, Lids lids, float drop) {
    /**
     * @param upper how far the upper lid arches; {@code lower} likewise
     * @param tilt of the outer corner, upwards
     */
    record Opening(float halfWidth, float upper, float lower, float tilt) {}

    record Iris(float radius, Colour colour) {}

    /**
     * @param crease height of the lid's fold above the eye
     */
    record Lids(float crease, float socket, float lash) {}

    private static final int[] IRISES = {
      0x2B1A10, 0x3B2416, 0x5A3A1E, 0x7A5A2E, 0x6B7A3A, 0x4E6E4A, 0x4A7A8C, 0x6E95B4, 0x8C9AA0
    };

    private static Eyes of(Draw draw, Skin skin) {
      return new Eyes(
          draw.between(-0.20, -0.06),
          draw.between(0.26, 0.37),
          new Opening(
              draw.between(0.115, 0.175),
              draw.between(0.045, 0.095),
              draw.between(0.025, 0.06),
              draw.between(-0.12, 0.22)),
          new Iris(
              draw.between(0.050, 0.068),
              Colour.of(IRISES[draw.below(skin.lightness() < 0.5f ? 4 : IRISES.length)])),
          new Lids(draw.between(0.02, 0.09), draw.between(0.03, 0.15), draw.between(0.3, 1.0)),
          draw.between(-0.02, 0.02));
    }
  }

  /**
   * @param above distance over the eyes; {@code lift} how much the middle is higher than the ends
   */
  record Brows(
      float above,
      float inner,
      float outer,
      float lift,
      float slope,
      float thickness,
      float density,
      Colour colour) {
    private static Brows of(Draw draw, Hair hair) {
      return new Brows(
          draw.between(0.14, 0.25),
          draw.between(0.06, 0.17),
          draw.between(0.42, 0.58),
          draw.between(0.0, 0.09),
          draw.between(-0.06, 0.10),
          draw.between(0.022, 0.07),
          draw.between(0.45, 0.95),
          hair.tint().grey()
              ? Colour.of(0x6A6460)
              : hair.tint().colour().times(draw.between(0.5, 0.9)));
    }
  }

  /**
   * @param y of the tip
   */
  record Nose(
      float y,
      float halfWidth,
      Bridge bridge,
      float projection,
      float tip,
      float nostril,
      Course course) {
    record Bridge(float half, float relief) {}

    /**
     * @param bend sideways course of the bridge
     */
    record Course(float bend, float hump) {}

    private static Nose of(Draw draw) {
      return new Nose(
          draw.between(0.22, 0.44),
          draw.between(0.13, 0.25),
          new Bridge(draw.between(0.06, 0.13), draw.between(0.04, 0.14)),
          draw.between(0.16, 0.32),
          draw.between(0.07, 0.13),
          draw.between(0.4, 1.0),
          new Course(draw.between(-0.035, 0.035), draw.between(-0.02, 0.06)));
    }
  }

  /**
   * @param below distance under the tip of the nose
   * @param bow depth of the notch in the upper lip
   * @param skew how much one corner stands higher
   */
  record Mouth(
      float below,
      float halfWidth,
      float upper,
      float lower,
      float bow,
      float corner,
      float skew,
      Colour colour) {
    private static Mouth of(Draw draw, Skin skin) {
      Colour lip = new Colour(0.62f, 0.24f, 0.24f);
      return new Mouth(
          draw.between(0.18, 0.30),
          draw.between(0.19, 0.34),
          draw.between(0.025, 0.085),
          draw.between(0.04, 0.11),
          draw.between(0, 0.03),
          draw.between(-0.03, 0.03),
          draw.between(-0.02, 0.02),
          skin.base().times(0.9f).towards(lip, draw.between(0.25, 0.75)));
    }
  }

  /** How far hair reaches. */
  enum Cut {
    BALD,
    CROPPED,
    SHORT,
    FULL,
    LONG
  }

  /**
   * @param part where the parting is, in x
   */
  record Hair(Cut cut, Tint tint, Edge edge, Mass mass, float part, float streak) {
    record Tint(Colour colour, boolean grey) {}

    /**
     * @param hairline height of the forehead's edge; {@code recession} rise beside the middle;
     *     {@code peak} drop in the middle; {@code fringe} how far hair hangs over the forehead
     */
    record Edge(float hairline, float recession, float peak, float fringe, float fringeSlope) {}

    /**
     * @param curl 0 straight to 1 curly
     */
    record Mass(float volume, float side, float length, float curl) {}

    private static final int[] COLOURS = {
      0x14100E, 0x1E1612, 0x2E2019, 0x46301F, 0x6A4526, 0x8A6238, 0xB48A50, 0xD2B37A, 0x8C3F1E,
      0x5E2A18
    };

    private static Hair of(Draw draw, Skin skin) {
      boolean grey = draw.chance(0.15);
      int shade = draw.below(skin.lightness() < 0.5f ? 4 : COLOURS.length);
      Colour colour =
          grey
              ? Colour.of(0x8A8884).times((0.6f + skin.lightness()) * draw.between(0.6, 1.1))
              : Colour.of(COLOURS[shade]).times(draw.between(0.85, 1.15));
      Cut[] cuts = Cut.values();
      Cut cut = draw.chance(0.1) ? Cut.BALD : cuts[1 + draw.below(cuts.length - 1)];
      boolean fringed = (cut == Cut.FULL || cut == Cut.LONG) && draw.chance(0.5);
      return new Hair(
          cut,
          new Tint(colour, grey),
          new Edge(
              draw.between(-0.92, -0.62),
              draw.between(0, 0.22),
              draw.chance(0.3) ? draw.between(0.03, 0.10) : 0,
              fringed ? draw.between(0.05, 0.28) : 0,
              draw.between(-0.35, 0.35)),
          new Mass(
              switch (cut) {
                case BALD -> 0;
                case CROPPED -> draw.between(0.02, 0.06);
                case SHORT -> draw.between(0.06, 0.20);
                case FULL -> draw.between(0.14, 0.38);
                case LONG -> draw.between(0.10, 0.28);
              },
              draw.between(0.02, 0.13),
              switch (cut) {
                case BALD, CROPPED -> draw.between(-0.25, 0.05);
                case SHORT -> draw.between(-0.1, 0.25);
                case FULL -> draw.between(0.15, 0.7);
                case LONG -> draw.between(0.9, 1.7);
              },
              draw.chance(0.4) ? draw.between(0.5, 1) : draw.between(0, 0.3)),
          draw.between(-0.4, 0.4),
          draw.between(0.1, 0.5));
    }
  }

  /**
   * Densities in [0, 1] of the hair on cheeks and chin and above the mouth.
   *
   * @param edgeY where the cheek's beard begins; {@code drop} how far it hangs below the chin
   */
  record Beard(float cheeks, float chin, float moustache, float edgeY, float drop, Colour colour) {
    private static Beard of(Draw draw, Hair hair) {
      Colour colour = hair.tint().colour().times(draw.between(0.6, 1.0));
      float edge = draw.between(0.2, 0.55);
      float density = draw.between(0.45, 0.95);
      return switch (draw.below(10)) {
        case 0 -> new Beard(density, density, density, edge, draw.between(0, 0.3), colour);
        case 1 -> new Beard(0.25f, 0.3f, 0.3f, edge, 0, colour);
        case 2 -> new Beard(0, density, density, edge, draw.between(0, 0.15), colour);
        case 3 -> new Beard(0, 0, density, edge, 0, colour);
        default -> new Beard(0, 0, 0, edge, 0, colour);
      };
    }
  }

  /**
   * @param roundness 2 is an ellipse, more is squarer
   */
  record Glasses(
      float halfWidth,
      float halfHeight,
      float roundness,
      float rim,
      float browRim,
      float tint,
      Colour colour) {
    private static final int[] RIMS = {
      0x121212, 0x2A1C14, 0x6B4A2A, 0x8A8A8E, 0xA88A3A, 0x5A1420, 0x1C2E5A
    };

    private static Glasses of(Draw draw) {
      return new Glasses(
          draw.between(0.19, 0.27),
          draw.between(0.12, 0.19),
          draw.between(2, 5),
          draw.between(0.010, 0.034),
          draw.between(0, 0.03),
          draw.between(0, 0.15),
          Colour.of(RIMS[draw.below(RIMS.length)]));
    }
  }

  /** A mole, or a scar if it is long: something at one place of one face. */
  record Mark(float x, float y, float length, float thickness, float angle, boolean dark) {
    private static List<Mark> some(Draw draw) {
      List<Mark> marks = new ArrayList<>();
      int count = draw.below(5);
      for (int i = 0; i < count; i++) {
        boolean scar = draw.chance(0.2);
        marks.add(
            new Mark(
                draw.between(-0.55, 0.55),
                draw.between(-0.6, 0.8),
                scar ? draw.between(0.08, 0.22) : 0,
                scar ? draw.between(0.012, 0.02) : draw.between(0.014, 0.042),
                draw.between(-1.5, 1.5),
                !scar || draw.chance(0.3)));
      }
      return marks;
    }
  }
}
