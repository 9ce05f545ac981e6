package org.sightline.edge.testing;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.FacePicture;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.MatchStrength;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.PresentationCheck;
import org.sightline.edge.domain.Response;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.domain.Whereabouts;

/** An alert about nobody, decided now, but for what a test sets. */
public final class SampleAlert {
  public static final VanId VAN = new VanId("van-1");

  private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();

  private final SubjectRef subject;
  private UUID id = IDS.generate();
  private DeploymentId deployment = new DeploymentId("D-2026-001");
  private VanId van = VAN;
  private CameraId camera = new CameraId("mast-1");
  private Place place = new Place("High Street");
  private String category = "exercise";
  private @Nullable Response response;
  private FacePicture probe;
  private @Nullable FacePicture portrait;
  private @Nullable Whereabouts whereabouts;
  private List<FacePicture> moreViews = List.of();
  private Similarity similarity = new Similarity(0.83);
  private @Nullable MatchStrength strength = new MatchStrength(0.004, 0.02, false, "lfw-dev");
  private int galleryEntries = 501;
  private String modelPack = "retail-0095";
  private Instant decided = Instant.now();
  private Instant captured = decided.minusMillis(400);
  private @Nullable PresentationCheck presentationCheck;

  private SampleAlert(String subject) {
    this.subject = new SubjectRef(subject);
    this.probe = new FacePicture(picture("probe of " + subject), null);
    this.portrait = new FacePicture(picture("portrait of " + subject), null);
  }

  public static SampleAlert about(String subject) {
    return new SampleAlert(subject);
  }

  public SampleAlert id(UUID known) {
    id = known;
    return this;
  }

  public SampleAlert deployment(DeploymentId of) {
    deployment = of;
    return this;
  }

  public SampleAlert van(VanId by) {
    van = by;
    return this;
  }

  public SampleAlert camera(String name) {
    camera = new CameraId(name);
    return this;
  }

  public SampleAlert place(String name) {
    place = new Place(name);
    return this;
  }

  public SampleAlert category(String word) {
    category = word;
    return this;
  }

  public SampleAlert response(@Nullable Response ofCategory) {
    response = ofCategory;
    return this;
  }

  public SampleAlert probe(Jpeg picture) {
    return probe(new FacePicture(picture, null));
  }

  public SampleAlert probe(FacePicture picture) {
    probe = picture;
    return this;
  }

  public SampleAlert portrait(Jpeg picture) {
    return portrait(new FacePicture(picture, null));
  }

  public SampleAlert portrait(FacePicture picture) {
    portrait = picture;
    return this;
  }

  public SampleAlert withoutPortrait() {
    portrait = null;
    return this;
  }

  public SampleAlert whereabouts(Whereabouts found) {
    whereabouts = found;
    return this;
  }

  public SampleAlert moreViews(FacePicture... ofThePass) {
    moreViews = List.of(ofThePass);
    return this;
  }

  public SampleAlert similarity(double cosine) {
    similarity = new Similarity(cosine);
    return this;
  }

  public SampleAlert strength(@Nullable MatchStrength worth) {
    strength = worth;
    return this;
  }

  public SampleAlert galleryEntries(int searched) {
    galleryEntries = searched;
    return this;
  }

  public SampleAlert modelPack(String name) {
    modelPack = name;
    return this;
  }

  public SampleAlert captured(Instant at) {
    captured = at;
    return this;
  }

  public SampleAlert decided(Instant at) {
    decided = at;
    return this;
  }

  public SampleAlert presentationCheck(@Nullable PresentationCheck check) {
    presentationCheck = check;
    return this;
  }

  public Alert build() {
    return new Alert(
        id,
        new Alert.Origin(deployment, van, camera, place),
        new Alert.Match(subject, category, probe, portrait, response, whereabouts, moreViews),
        new Alert.Comparison(similarity, new Similarity(0.62), strength, galleryEntries, modelPack),
        new Alert.Times(captured, decided, System.nanoTime()),
        presentationCheck);
  }

  private static Jpeg picture(String content) {
    return new Jpeg(content.repeat(50).getBytes(StandardCharsets.US_ASCII));
  }
}
