package org.sightline.edge.authorisation;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.Signatory;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.VanId;

/**
 * Who may watch for whom, where, from when until when, and how surely: what an authorising officer
 * signs before a camera may be opened.
 *
 * @param officer who authorises, by name or role and number
 * @param purpose what the deployment is for
 * @param legalBasis the law or policy it rests on
 * @param place where the cameras stand
 * @param start first moment of capture
 * @param end first moment at which capture is over; after {@code start}
 * @param watchlistDigest of the whole bundle file; no other list may be used
 * @param thresholdFloor cosine in [-1, 1] below which no alert may be raised, whatever is derived
 * @param maximumFalseAlertsPer1000Faces expected false alerts the threshold is derived for, in (0,
 *     1000]
 * @param maximumListAge how old the list may be when capture starts, in (0, {@link
 *     #LONGEST_LIST_AGE}]
 * @param alerts how long they are kept, and for whom they are sealed
 * @param publicNotice reference of the notice by which the public was told
 */
public record Authorisation(
    DeploymentId deployment,
    DeploymentClass deploymentClass,
    VanId van,
    Sha256 device,
    String officer,
    String purpose,
    String legalBasis,
    String place,
    Instant start,
    Instant end,
    Sha256 watchlistDigest,
    double thresholdFloor,
    double maximumFalseAlertsPer1000Faces,
    Duration maximumListAge,
    AlertTerms alerts,
    String publicNotice) {
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
    requireText("officer", officer);
    requireText("purpose", purpose);
    requireText("legal basis", legalBasis);
    requireText("place", place);
    requireText("public notice", publicNotice);
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("an authorisation starts before it ends");
    }
    if (!(thresholdFloor >= -1 && thresholdFloor <= 1)) {
      throw new IllegalArgumentException("a threshold floor lies in [-1, 1]");
    }
    if (!(maximumFalseAlertsPer1000Faces > 0 && maximumFalseAlertsPer1000Faces <= 1000)) {
      throw new IllegalArgumentException("the false alerts per 1000 faces lie in (0, 1000]");
    }
    requireWithin("age of the list", maximumListAge, LONGEST_LIST_AGE);
  }

  static void requireWithin(String name, Duration value, Duration longest) {
    if (value.isNegative() || value.isZero() || value.compareTo(longest) > 0) {
      throw new IllegalArgumentException(
          "the " + name + " is more than nothing and at most " + longest);
    }
  }

  private static void requireText(String name, String text) {
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
