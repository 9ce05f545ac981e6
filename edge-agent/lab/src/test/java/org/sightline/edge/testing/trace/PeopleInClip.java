package org.sightline.edge.testing.trace;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sightline.edge.alert.PassEvidence;
import org.sightline.edge.capture.FrameSource;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.domain.AlignedFace;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.I420Picture;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Picture;
import org.sightline.edge.domain.Template;
import org.sightline.edge.imaging.FaceCropper;
import org.sightline.edge.imaging.JpegCodec;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.pipeline.Engine;
import org.sightline.edge.testing.ClipStills;
import org.sightline.edge.testing.GeneratedStreet;

/**
 * What a pack's engine makes of every face in every frame of a street's clip: more than the agent
 * ever makes, which embeds the best views alone. Whose face it is, the street's truth says.
 */
public final class PeopleInClip {
  /** As the agent cuts its probe pictures. */
  private static final double PROBE_MARGIN = 0.35;

  private static final int PROBE_SIDE_PX = 256;
  private static final int PROBE_JPEG_QUALITY = 90;

  private final FaceCropper cropper = new FaceCropper();
  private final Map<Long, List<BoxPx>> listedFaces;
  private final Traces listed = Traces.none();
  private final Traces unlisted = Traces.none();

  /** The street has one stranger. */
  private final PassEvidence strangerSoFar = new PassEvidence();

  private final List<Jpeg> listedProbes = new ArrayList<>();

  private PeopleInClip(Map<Long, List<BoxPx>> listedFaces) {
    this.listedFaces = listedFaces;
  }

  /** Looks at the whole clip. */
  public static PeopleInClip of(GeneratedStreet street, InstalledPack pack) throws Exception {
    PeopleInClip people = new PeopleInClip(street.listedFaces());
    try (Engine engine =
            Engine.open(
                pack, DetectionSettings.frames(GeneratedStreet.SMALLEST_FACE_PX, Compute.cpu(2)));
        FrameSource source = FrameSources.open(ClipStills.fastest("truth", street.clip()))) {
      for (Frame next = source.next(); next != null; next = source.next()) {
        try (Frame frame = next) {
          people.lookAt(frame, engine);
        }
      }
    }
    return people;
  }

  private void lookAt(Frame frame, Engine engine) {
    for (Face face : engine.detector().detect(frame.picture())) {
      boolean isListed =
          listedFaces.getOrDefault(frame.number(), List.of()).stream()
              .anyMatch(truth -> truth.overlapWith(face.box()) > 0);
      take(frame.picture(), face, engine, isListed);
      Optional<Face> refined = engine.detector().refine(frame.picture(), face);
      if (refined.isPresent()) {
        BgrPicture probe = take(frame.picture(), refined.get(), engine, isListed);
        if (isListed) {
          listedProbes.add(JpegCodec.encode(probe, PROBE_JPEG_QUALITY));
        }
      }
    }
  }

  /** Takes what there is of one face, and returns its picture as an alert would show it. */
  private BgrPicture take(Picture picture, Face face, Engine engine, boolean isListed) {
    Traces traces = isListed ? listed : unlisted;
    traces.boxes().add(face.box());
    try (AlignedFace aligned = engine.embedder().align(picture, face.landmarks());
        Template template = engine.embedder().embed(List.of(aligned)).get(0)) {
      traces.add(template);
      if (!isListed) {
        try (Template fused = strangerSoFar.add(template, 1)) {
          traces.add(fused);
        }
      }
      traces.crops().add(PixelCrop.of(aligned));
    }
    traces.crops().add(asFilmed((I420Picture) picture, face.box()));
    BgrPicture probe = cropper.crop(picture, face.box(), PROBE_MARGIN, PROBE_SIDE_PX);
    traces.crops().add(PixelCrop.of(probe));
    return probe;
  }

  private static PixelCrop asFilmed(I420Picture picture, BoxPx box) {
    int left = Math.max(0, (int) box.x());
    int top = Math.max(0, (int) box.y());
    return PixelCrop.lumaOf(
        picture,
        left,
        top,
        Math.min(picture.widthPx(), (int) box.right()) - left,
        Math.min(picture.heightPx(), (int) box.bottom()) - top);
  }

  /** Of those who are listed. */
  public Traces listed() {
    return listed;
  }

  /** Of all others, and of what the detector took for a face. */
  public Traces unlisted() {
    return unlisted;
  }

  /** Every picture of a listed person that could be an alert's probe. */
  public List<Jpeg> listedProbes() {
    return listedProbes;
  }
}
