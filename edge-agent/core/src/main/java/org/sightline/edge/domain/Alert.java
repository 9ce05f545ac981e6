package org.sightline.edge.domain;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A possible match that a person has to judge: the only thing about anybody that leaves the box.
 *
 * @param id UUIDv7; receivers de-duplicate on it
 * @param presentationCheck whether the probe may show a picture of a face; null if nothing looked
 */
public record Alert(
    UUID id,
    Origin origin,
    Match match,
    Comparison comparison,
    Times times,
    @Nullable PresentationCheck presentationCheck) {
  /**
   * Where it was raised.
   *
   * @param place where the van stands, from the authorisation
   */
  public record Origin(DeploymentId deployment, VanId van, CameraId camera, Place place) {}

  /**
   * Who it is about.
   *
   * @param category why the subject is listed
   * @param probe the face as the camera saw it
   * @param portrait the subject's picture from the watchlist; null if it could not be read
   * @param response what officers are to do; null if the list has no policy of categories
   * @param whereabouts by what the person is found again; null where that is not permitted
   * @param moreViews further views of the face in the same pass, the best first: at most {@link
   *     #MOST_MORE_VIEWS}, of at most {@link #LARGEST_MORE_VIEW_BYTES} each
   */
  public record Match(
      SubjectRef subject,
      String category,
      FacePicture probe,
      @Nullable FacePicture portrait,
      @Nullable Response response,
      @Nullable Whereabouts whereabouts,
      List<FacePicture> moreViews) {
    /** With the probe three: more would cost the van's link and show nothing new. */
    public static final int MOST_MORE_VIEWS = 2;

    /** Some three times a usual one; two such are 90 kB of a sealed alert. */
    public static final int LARGEST_MORE_VIEW_BYTES = 24 << 10;

    public Match {
      moreViews = List.copyOf(moreViews);
      if (moreViews.size() > MOST_MORE_VIEWS || !moreViews.stream().allMatch(Match::fits)) {
        throw new IllegalArgumentException(
            "an alert has at most %d more views of at most %d bytes"
                .formatted(MOST_MORE_VIEWS, LARGEST_MORE_VIEW_BYTES));
      }
    }

    /** Whether it is small enough for a further view. */
    public static boolean fits(FacePicture view) {
      return view.jpeg().bytes().length <= LARGEST_MORE_VIEW_BYTES;
    }

    /** Whether two officers have to judge it, whatever the authorisation asks. */
    public boolean twoOfficers() {
      return response != null && response.twoOfficers();
    }
  }

  /**
   * How alike the two are, and what that is worth.
   *
   * @param similarity of the pass's fused template to the subject's nearest template
   * @param threshold that the similarity had to reach
   * @param strength what that similarity is worth; null if the model pack was not calibrated
   * @param galleryEntries length of the list that was searched
   * @param modelPack that made the templates
   */
  public record Comparison(
      Similarity similarity,
      Similarity threshold,
      @Nullable MatchStrength strength,
      int galleryEntries,
      String modelPack) {}

  /**
   * When it came about.
   *
   * @param captured when the frame of the probe picture was captured
   * @param decided when the evidence sufficed
   * @param capturedNanos {@link System#nanoTime()} of the frame that completed the evidence, for
   *     latency only
   */
  public record Times(Instant captured, Instant decided, long capturedNanos) {}
}
