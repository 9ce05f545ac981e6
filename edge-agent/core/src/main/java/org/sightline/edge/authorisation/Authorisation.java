package org.sightline.edge.authorisation;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.Signatory;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Place;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.domain.Zone;

/**
 * Who may watch for whom, where, from when until when, and how surely: what an authorising officer
 * signs before a camera may be opened.
 *
 * @param list no other may be used
 * @param alerts how long they are kept, and for whom they are sealed
 */
public record Authorisation(
    DeploymentId deployment,
    DeploymentClass deploymentClass,
    Site site,
    Grounds grounds,
    Period period,
    ListRule list,
    AlertLimits limits,
    AlertTerms alerts) {
  /** What the public policies name: one in a thousand. */
  public static final double DEFAULT_MAXIMUM_FALSE_ALERTS_PER_1000_FACES = 1;

  /** A list is made for its deployment: no older than a day when that starts. */
  public static final Duration DEFAULT_MAXIMUM_LIST_AGE = Duration.ofHours(24);

  /** Nobody can authorise the use of an older list. */
  public static final Duration LONGEST_LIST_AGE = Duration.ofDays(7);

  /** Authorities whose signatures a {@code live} deployment needs. */
  public static final int SIGNATURES_FOR_LIVE = 2;

  private static final int MAX_TEXT_LENGTH = 1000;

  /** Media type that the signatures cover. */
  static final String TYPE = "application/vnd.sightline.authorisation.v1+json";

  public Authorisation {
    if (deploymentClass == DeploymentClass.LIVE
        && site.boxes().stream()
            .flatMap(box -> box.cameras().stream())
            .flatMap(List::stream)
            .anyMatch(camera -> camera.kind() == CameraKind.RECORDED)) {
      throw new IllegalArgumentException("a live deployment reads cameras, not recordings");
    }
  }

  /**
   * What may watch, and where.
   *
   * @param device fingerprint of the box in the van
   * @param place where the cameras stand
   * @param cameras that may be read, and no others; empty, and not written, if any of the van may
   * @param others further vans of the same deployment; empty, and not written, if there are none
   */
  public record Site(
      VanId van,
      Sha256 device,
      Place place,
      Optional<List<AuthorisedCamera>> cameras,
      Optional<List<AuthorisedBox>> others) {
    public Site {
      cameras.ifPresent(AuthorisedCamera::requireList);
      cameras = cameras.map(List::copyOf);
      others = others.map(List::copyOf);
      AuthorisedBox.requireList(new AuthorisedBox(van, device, cameras), others);
    }

    /** Of one van. */
    public Site(VanId van, Sha256 device, Place place, Optional<List<AuthorisedCamera>> cameras) {
      this(van, device, place, cameras, Optional.empty());
    }

    /** One whose cameras are not named. */
    public Site(VanId van, Sha256 device, Place place) {
      this(van, device, place, Optional.empty());
    }

    /** All that may watch. */
    public List<AuthorisedBox> boxes() {
      List<AuthorisedBox> boxes = new ArrayList<>();
      boxes.add(new AuthorisedBox(van, device, cameras));
      others.ifPresent(boxes::addAll);
      return boxes;
    }

    /**
     * The same as one of its devices sees it: as the first. Empty if the device is none of them.
     */
    Optional<Site> at(Sha256 here) {
      List<AuthorisedBox> rest = boxes();
      Optional<AuthorisedBox> own =
          rest.stream().filter(box -> box.device().equals(here)).findFirst();
      own.ifPresent(rest::remove);
      return own.map(
          box ->
              new Site(
                  box.van(),
                  box.device(),
                  place,
                  box.cameras(),
                  rest.isEmpty() ? Optional.empty() : Optional.of(rest)));
    }

    /** The zone of a camera; empty if its whole view may be watched. */
    public Optional<Zone> zone(CameraId camera) {
      return cameras.stream()
          .flatMap(List::stream)
          .filter(each -> each.id().equals(camera))
          .findFirst()
          .flatMap(AuthorisedCamera::zone);
    }
  }

  /**
   * Who answers for it, what for, by what right, and how the public was informed.
   *
   * @param urgency that it cannot wait for a second authority; empty, and not written, if it can
   */
  public record Grounds(
      Officer officer,
      Purpose purpose,
      LegalBasis legalBasis,
      PublicNotice publicNotice,
      Optional<Urgency> urgency) {
    /** Of one that is not urgent. */
    public Grounds(
        Officer officer, Purpose purpose, LegalBasis legalBasis, PublicNotice publicNotice) {
      this(officer, purpose, legalBasis, publicNotice, Optional.empty());
    }
  }

  /** Who authorises, by name or role and number. */
  public record Officer(String value) {
    public Officer {
      requireText("officer", value);
    }
  }

  /** What a deployment is for. */
  public record Purpose(String value) {
    public Purpose {
      requireText("purpose", value);
    }
  }

  /** The law or policy that a deployment rests on. */
  public record LegalBasis(String value) {
    public LegalBasis {
      requireText("legal basis", value);
    }
  }

  /** Reference of the notice by which the public was informed. */
  public record PublicNotice(String value) {
    public PublicNotice {
      requireText("public notice", value);
    }
  }

  /**
   * When there may be capture.
   *
   * @param start first moment of capture
   * @param end first moment at which capture is over; after {@code start}
   */
  public record Period(Instant start, Instant end) {
    public Period {
      if (!start.isBefore(end)) {
        throw new IllegalArgumentException("an authorisation starts before it ends");
      }
    }
  }

  /**
   * The one watchlist that may be used.
   *
   * @param digest of the whole bundle file
   * @param maximumAge how old the list may be when capture starts, in (0, {@link
   *     #LONGEST_LIST_AGE}]
   */
  public record ListRule(Sha256 digest, Duration maximumAge) {
    public ListRule {
      requireWithin("age of the list", maximumAge, LONGEST_LIST_AGE);
    }
  }

  /**
   * How sure it has to be before an alert is raised.
   *
   * @param thresholdFloor below which no alert may be raised, whatever is derived
   * @param maximumFalseAlertsPer1000Faces expected false alerts the threshold is derived for, in
   *     (0, 1000]
   * @param recognition how often control entries have to be found; empty, and not written, if that
   *     is not asked
   */
  public record AlertLimits(
      Similarity thresholdFloor,
      double maximumFalseAlertsPer1000Faces,
      Optional<LowestRecognition> recognition) {
    /** Without a word on how often control entries are found. */
    public AlertLimits(Similarity thresholdFloor, double maximumFalseAlertsPer1000Faces) {
      this(thresholdFloor, maximumFalseAlertsPer1000Faces, Optional.empty());
    }

    public AlertLimits {
      if (!(maximumFalseAlertsPer1000Faces > 0 && maximumFalseAlertsPer1000Faces <= 1000)) {
        throw new IllegalArgumentException("the false alerts per 1000 faces lie in (0, 1000]");
      }
    }
  }

  /** What is in the signed document, in this order and under these names. */
  private record Document(
      DeploymentId deployment,
      DeploymentClass deploymentClass,
      VanId van,
      Sha256 device,
      String officer,
      String purpose,
      String legalBasis,
      Place place,
      Instant start,
      Instant end,
      Sha256 watchlistDigest,
      double thresholdFloor,
      double maximumFalseAlertsPer1000Faces,
      Duration maximumListAge,
      AlertTerms alerts,
      String publicNotice,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<LowestRecognition> recognition,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<List<AuthorisedCamera>> cameras,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Urgency> urgent,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<List<AuthorisedBox>> moreBoxes) {}

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  private static Authorisation of(Document document) {
    return new Authorisation(
        document.deployment,
        document.deploymentClass,
        new Site(
            document.van, document.device, document.place, document.cameras, document.moreBoxes),
        new Grounds(
            new Officer(document.officer),
            new Purpose(document.purpose),
            new LegalBasis(document.legalBasis),
            new PublicNotice(document.publicNotice),
            document.urgent),
        new Period(document.start, document.end),
        new ListRule(document.watchlistDigest, document.maximumListAge),
        new AlertLimits(
            new Similarity(document.thresholdFloor),
            document.maximumFalseAlertsPer1000Faces,
            document.recognition),
        document.alerts);
  }

  @JsonValue
  private Document document() {
    return new Document(
        deployment,
        deploymentClass,
        site.van,
        site.device,
        grounds.officer.value,
        grounds.purpose.value,
        grounds.legalBasis.value,
        site.place,
        period.start,
        period.end,
        list.digest,
        limits.thresholdFloor.cosine(),
        limits.maximumFalseAlertsPer1000Faces,
        list.maximumAge,
        alerts,
        grounds.publicNotice.value,
        limits.recognition,
        site.cameras,
        grounds.urgency,
        site.others);
  }

  /**
   * The first moment at which it permits nothing unless a second authority has confirmed it, which
   * may lie after its end; empty if it is not urgent, as it needs no confirmation then.
   */
  public Optional<Instant> lapses() {
    return grounds.urgency.map(urgency -> urgency.lapses(period.start));
  }

  /** The same as one of its devices sees it; empty if the device is none of them. */
  public Optional<Authorisation> at(Sha256 device) {
    return site.at(device)
        .map(
            here ->
                new Authorisation(
                    deployment, deploymentClass, here, grounds, period, list, limits, alerts));
  }

  /** What is authorised of cameras, and beyond what every alert says, in words, a line for each. */
  public List<String> permitLines() {
    List<String> lines = new ArrayList<>();
    boolean several = site.others.isPresent();
    for (AuthorisedBox box : site.boxes()) {
      if (several) {
        lines.add(box.line());
      }
      if (box.cameras().isPresent()) {
        box.cameras().get().forEach(camera -> lines.add(camera.line()));
      } else if (several || deploymentClass == DeploymentClass.LIVE) {
        lines.add(
            "any %s of %s may be read: none is named"
                .formatted(
                    deploymentClass == DeploymentClass.LIVE ? "live camera" : "camera or recording",
                    several ? "van " + box.van() : "the van"));
      }
    }
    lines.addAll(alerts.permitLines());
    return lines;
  }

  static void requireWithin(String name, Duration value, Duration longest) {
    if (value.isNegative() || value.isZero() || value.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "the " + name + " is more than nothing and at most " + longest);
    }
  }

  static void requireText(String name, String text) {
    if (text.isBlank()
        || text.length() > MAX_TEXT_LENGTH
        || text.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the " + name + " is one line of 1 to " + MAX_TEXT_LENGTH + " characters");
    }
  }

  /** Signs it; a {@code live} one is refused unless {@value #SIGNATURES_FOR_LIVE} do. */
  public SignedDocument sign(Collection<? extends Signatory> authorities) {
    return SignedDocument.sign(TYPE, CanonicalJson.write(this), authorities);
  }

  /** Reads an authorisation whose every signature is by one of these authorities. */
  public static SignedDocument.Reading<Authorisation> readSigned(
      byte[] file, Collection<AuthorityPublicKey> signers) {
    return SignedDocument.read(file, TYPE, Authorisation.class, signers);
  }
}
