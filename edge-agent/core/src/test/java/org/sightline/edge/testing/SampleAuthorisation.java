package org.sightline.edge.testing;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.Authorisation.AlertLimits;
import org.sightline.edge.authorisation.Authorisation.Grounds;
import org.sightline.edge.authorisation.Authorisation.LegalBasis;
import org.sightline.edge.authorisation.Authorisation.ListRule;
import org.sightline.edge.authorisation.Authorisation.Officer;
import org.sightline.edge.authorisation.Authorisation.Period;
import org.sightline.edge.authorisation.Authorisation.PublicNotice;
import org.sightline.edge.authorisation.Authorisation.Purpose;
import org.sightline.edge.authorisation.Authorisation.Site;
import org.sightline.edge.authorisation.AuthorisedBox;
import org.sightline.edge.authorisation.AuthorisedCamera;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.authorisation.LowestRecognition;
import org.sightline.edge.authorisation.Urgency;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.VanId;

/** An authorisation to watch for nobody: an exercise, but for what a test sets. */
public final class SampleAuthorisation {
  public static final Instant START = Instant.parse("2026-11-23T09:00:00Z");
  public static final Instant DURING = Instant.parse("2026-11-23T10:30:00Z");
  public static final Instant END = Instant.parse("2026-11-23T13:00:00Z");
  public static final VanId VAN = new VanId("van-7");
  public static final Sha256 DEVICE = Sha256.of(new byte[] {1});

  private DeploymentId deployment = new DeploymentId("D-2026-11-23");
  private DeploymentClass deploymentClass = DeploymentClass.EXERCISE;
  private VanId van = VAN;
  private Sha256 device = DEVICE;
  private Purpose purpose = new Purpose("find those wanted on warrant");
  private Optional<Urgency> urgency = Optional.empty();
  private Instant start = START;
  private Instant end = END;
  private Sha256 list = Sha256.of(new byte[] {3});
  private Duration maximumListAge = Authorisation.DEFAULT_MAXIMUM_LIST_AGE;
  private double thresholdFloor = 0.3;
  private double falseAlertsPer1000Faces =
      Authorisation.DEFAULT_MAXIMUM_FALSE_ALERTS_PER_1000_FACES;
  private Optional<LowestRecognition> recognition = Optional.empty();
  private AlertTerms alerts = AlertTerms.DEFAULT;
  private Optional<List<AuthorisedCamera>> cameras = Optional.empty();
  private Optional<List<AuthorisedBox>> others = Optional.empty();

  public static Authorisation of(DeploymentClass deploymentClass) {
    return new SampleAuthorisation().deploymentClass(deploymentClass).build();
  }

  public SampleAuthorisation deployment(DeploymentId id) {
    deployment = id;
    return this;
  }

  public SampleAuthorisation deploymentClass(DeploymentClass exerciseOrLive) {
    deploymentClass = exerciseOrLive;
    return this;
  }

  public SampleAuthorisation van(VanId id) {
    van = id;
    return this;
  }

  public SampleAuthorisation device(Sha256 fingerprint) {
    device = fingerprint;
    return this;
  }

  public SampleAuthorisation purpose(String text) {
    purpose = new Purpose(text);
    return this;
  }

  public SampleAuthorisation urgent(String reason, Instant signedAt) {
    urgency = Optional.of(new Urgency(reason, signedAt));
    return this;
  }

  public SampleAuthorisation start(Instant first) {
    start = first;
    return this;
  }

  public SampleAuthorisation end(Instant over) {
    end = over;
    return this;
  }

  /** By the digest of the bundle file. */
  public SampleAuthorisation list(Sha256 digest) {
    list = digest;
    return this;
  }

  public SampleAuthorisation maximumListAge(Duration age) {
    maximumListAge = age;
    return this;
  }

  public SampleAuthorisation thresholdFloor(double cosine) {
    thresholdFloor = cosine;
    return this;
  }

  public SampleAuthorisation falseAlertsPer1000Faces(double most) {
    falseAlertsPer1000Faces = most;
    return this;
  }

  public SampleAuthorisation recognition(Optional<LowestRecognition> lowest) {
    recognition = lowest;
    return this;
  }

  public SampleAuthorisation alerts(AlertTerms terms) {
    alerts = terms;
    return this;
  }

  /** These, and no others. */
  public SampleAuthorisation cameras(AuthorisedCamera... named) {
    cameras = Optional.of(List.of(named));
    return this;
  }

  /** Further boxes besides the one. */
  public SampleAuthorisation others(AuthorisedBox... boxes) {
    others = boxes.length == 0 ? Optional.empty() : Optional.of(List.of(boxes));
    return this;
  }

  public Authorisation build() {
    return new Authorisation(
        deployment,
        deploymentClass,
        new Site(van, device, new Place("High Street"), cameras, others),
        new Grounds(
            new Officer("Supt 1234"),
            purpose,
            new LegalBasis("Policy 5.2"),
            new PublicNotice("https://example.org/notices/12"),
            urgency),
        new Period(start, end),
        new ListRule(list, maximumListAge),
        new AlertLimits(new Similarity(thresholdFloor), falseAlertsPer1000Faces, recognition),
        alerts);
  }
}
