package org.sightline.edge.evaluate.attack;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.PresentationCheck;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.evaluate.Progress;
import org.sightline.edge.imaging.PictureException;
import org.sightline.edge.imaging.Resampler;
import org.sightline.edge.imaging.Stills;
import org.sightline.edge.presentationattack.AttackDetector;
import org.sightline.edge.presentationattack.PresentedFace;
import org.sightline.edge.statistics.Proportion;

/**
 * How often a pack takes faces for pictures and pictures for faces, by ISO/IEC 30107-3: the
 * pictures of a folder as they are count as bona fide, and from each of them one attack of each
 * species is generated.
 *
 * @param failuresToAcquire pictures in which no face was found; nothing was made of them
 * @param nonResponses by species, attacks in which no face was found; they count in no rate
 * @param points at rising thresholds
 */
public record AttackMeasurement(
    int pictures,
    int failuresToAcquire,
    Map<Instrument, Integer> nonResponses,
    List<Point> points) {
  /** Faces are made no larger than this, which is much for a camera in a street. */
  private static final float HIGHEST_FACE_PX = 160;

  private static final List<Double> THRESHOLDS =
      List.of(0.01, 0.02, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95);

  /**
   * What a threshold does.
   *
   * @param suspectedBelow bona fide scores below it are suspected
   * @param bpcer bona fide presentations suspected
   * @param apcer by species, attacks not suspected
   */
  public record Point(double suspectedBelow, Proportion bpcer, Map<Instrument, Proportion> apcer) {
    public Point {
      apcer = Map.copyOf(apcer);
    }
  }

  public AttackMeasurement {
    nonResponses = Map.copyOf(nonResponses);
    points = List.copyOf(points);
  }

  /**
   * Measures a pack on all pictures of a folder.
   *
   * @param pictures each with a face; of several, the one nearest the middle counts
   * @param seed of the attacks
   * @throws PictureException if a picture cannot be read
   * @throws SightlineException if no face was found in any
   */
  public static AttackMeasurement measure(
      List<Path> pictures, FaceDetector faces, AttackDetector attacks, long seed, Progress progress)
      throws PictureException, SightlineException {
    Bench bench = new Bench(faces, attacks);
    for (int i = 0; i < pictures.size(); i++) {
      bench.measure(Stills.read(pictures.get(i)), new Random(seed + i));
      progress.done(i + 1, pictures.size());
    }
    return bench.result(pictures.size());
  }

  /** The scores so far. */
  private static final class Bench {
    private final FaceDetector faces;
    private final AttackDetector attacks;
    private final Resampler resampler = new Resampler();
    private final List<PresentationCheck> bonaFide = new ArrayList<>();
    private final Map<Instrument, List<PresentationCheck>> attacked =
        new EnumMap<>(Instrument.class);
    private final Map<Instrument, Integer> nonResponses = new EnumMap<>(Instrument.class);
    private @Nullable BgrPicture previous;

    Bench(FaceDetector faces, AttackDetector attacks) {
      this.faces = faces;
      this.attacks = attacks;
      for (Instrument instrument : Instrument.values()) {
        attacked.put(instrument, new ArrayList<>());
        nonResponses.put(instrument, 0);
      }
    }

    /** The picture as it is, and an attack of each species made from it. */
    void measure(BgrPicture original, Random random) throws PictureException {
      Optional<BoxPx> found = face(original, original.widthPx() / 2.0, original.heightPx() / 2.0);
      if (found.isEmpty()) {
        return;
      }
      BgrPicture picture = shrunk(original, found.get());
      found = face(picture, picture.widthPx() / 2.0, picture.heightPx() / 2.0);
      if (found.isEmpty()) {
        return;
      }
      BoxPx face = found.get();
      bonaFide.add(check(picture, face));
      BgrPicture background = previous == null ? picture : previous;
      previous = picture;
      for (Instrument instrument : Instrument.values()) {
        GeneratedAttack attack =
            GeneratedAttack.make(instrument, picture, face, background, random);
        Optional<BoxPx> seen = face(attack.picture(), attack.faceX(), attack.faceY());
        if (seen.isPresent()) {
          attacked(instrument).add(check(attack.picture(), seen.get()));
        } else {
          nonResponses.merge(instrument, 1, Integer::sum);
        }
      }
    }

    private List<PresentationCheck> attacked(Instrument instrument) {
      return Objects.requireNonNull(attacked.get(instrument));
    }

    private PresentationCheck check(BgrPicture picture, BoxPx face) {
      try (PresentedFace presented = attacks.look(picture, face)) {
        return attacks.assess(presented);
      }
    }

    /** The face nearest a point, as the agent would look at it. */
    private Optional<BoxPx> face(BgrPicture picture, double x, double y) {
      return faces.detect(picture).stream()
          .min(
              Comparator.comparingDouble(
                  face -> Math.hypot(face.box().centreX() - x, face.box().centreY() - y)))
          .flatMap(face -> faces.refine(picture, face))
          .map(Face::box);
    }

    private BgrPicture shrunk(BgrPicture picture, BoxPx face) {
      double scale = Math.min(1, HIGHEST_FACE_PX / face.height());
      BgrPicture result =
          BgrPicture.allocate(
              Math.max(1, (int) Math.round(scale * picture.widthPx())),
              Math.max(1, (int) Math.round(scale * picture.heightPx())));
      resampler.resample(picture, result);
      return result;
    }

    AttackMeasurement result(int pictures) throws SightlineException {
      if (bonaFide.isEmpty()) {
        throw new SightlineException(
            ErrorKind.UNUSABLE_INPUT,
            "no face was found",
            "in " + pictures + " pictures",
            "give pictures of faces");
      }
      SortedSet<Double> thresholds = new TreeSet<>(THRESHOLDS);
      thresholds.add(bonaFide.get(0).suspectedBelow());
      return new AttackMeasurement(
          pictures,
          pictures - bonaFide.size(),
          nonResponses,
          thresholds.stream().map(this::point).toList());
    }

    private Point point(double threshold) {
      Map<Instrument, Proportion> apcer = new EnumMap<>(Instrument.class);
      attacked.forEach(
          (instrument, checks) -> {
            if (!checks.isEmpty()) {
              apcer.put(
                  instrument,
                  Proportion.of(checks.size() - suspected(checks, threshold), checks.size()));
            }
          });
      return new Point(
          threshold, Proportion.of(suspected(bonaFide, threshold), bonaFide.size()), apcer);
    }

    private static long suspected(List<PresentationCheck> checks, double threshold) {
      return checks.stream().filter(check -> check.bonaFideScore() < threshold).count();
    }
  }
}
