package org.sightline.edge.evaluate;

import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.detect.FaceDetectors;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Template;
import org.sightline.edge.embed.FaceEmbedder;
import org.sightline.edge.embed.FaceEmbedders;
import org.sightline.edge.imaging.PictureException;
import org.sightline.edge.imaging.Resampler;
import org.sightline.edge.imaging.Stills;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.inference.InferenceException;
import org.sightline.edge.models.InstalledPack;

/**
 * Reads the one subject of each picture of a test set: the face nearest the picture's centre. A
 * picture in which none is found is searched again with a black border, because test sets are often
 * cut too tightly for a detector. One thread at a time.
 */
public final class FaceReader implements AutoCloseable {
  /** Of one network run on the CPU. */
  public static final int THREADS = 2;

  private final Resampler resampler = new Resampler();
  private final FaceDetector detector;
  private final FaceEmbedder embedder;

  /** Reads with given stages, which it owns from now. */
  FaceReader(FaceDetector detector, FaceEmbedder embedder) {
    this.detector = detector;
    this.embedder = embedder;
  }

  /**
   * Opens the stages of a pack.
   *
   * @param compute what they compute with
   * @throws InferenceException if its files cannot be used
   */
  public static FaceReader open(InstalledPack pack, Compute compute) throws InferenceException {
    FaceDetector detector =
        FaceDetectors.open(pack.manifest(), pack.folder(), DetectionSettings.stills(compute));
    try {
      return new FaceReader(detector, FaceEmbedders.open(pack.manifest(), pack.folder(), compute));
    } catch (InferenceException unfit) {
      detector.close();
      throw unfit;
    }
  }

  /**
   * The template of a picture's subject.
   *
   * @return empty if no face was found: a failure to acquire
   * @throws PictureException if the picture cannot be read
   */
  public Optional<Template> read(Path file) throws PictureException {
    BgrPicture picture = Stills.read(file);
    Optional<Template> template = central(picture);
    return template.isPresent() ? template : central(bordered(picture));
  }

  private Optional<Template> central(BgrPicture picture) {
    return subject(picture).map(face -> template(picture, face));
  }

  /** The face nearest the picture's centre, as it is after a closer look. */
  Optional<Face> subject(BgrPicture picture) {
    return detector.detect(picture).stream()
        .min(Comparator.comparingDouble(face -> distanceFromCentre(face, picture)))
        .map(face -> detector.refine(picture, face).orElse(face));
  }

  private static double distanceFromCentre(Face face, BgrPicture picture) {
    return Math.hypot(
        face.box().centreX() - picture.widthPx() / 2.0,
        face.box().centreY() - picture.heightPx() / 2.0);
  }

  /** The template of a face of this picture. */
  Template template(BgrPicture picture, Face face) {
    try (AlignedFace aligned = embedder.align(picture, face.landmarks())) {
      return embedder.embed(List.of(aligned)).get(0);
    }
  }

  /** The picture in the middle of a black one of twice its sides. */
  private BgrPicture bordered(BgrPicture picture) {
    BgrPicture canvas = BgrPicture.allocate(2 * picture.widthPx(), 2 * picture.heightPx());
    int offset = picture.heightPx() / 2 * canvas.strideBytes() + picture.widthPx() / 2 * 3;
    BgrPicture middle =
        new BgrPicture(
            picture.widthPx(),
            picture.heightPx(),
            canvas.strideBytes(),
            canvas.data().slice(offset, canvas.data().capacity() - offset));
    resampler.resample(picture, middle);
    return canvas;
  }

  @Override
  public void close() {
    detector.close();
    embedder.close();
  }
}
