package org.sightline.edge.evaluate;

import java.util.List;
import org.sightline.edge.enrol.EnrolmentResult.Reason;

/**
 * What became of the pictures that a measurement lists people by.
 *
 * @param refused each that is part of no entry
 */
public record Enrolment(int picturesUsed, int picturesRefused, List<Refused> refused) {
  public Enrolment {
    refused = List.copyOf(refused);
  }

  /**
   * A picture that would not be listed, as {@code watchlist build} reports it.
   *
   * @param explanation one line, without the picture's name
   */
  public record Refused(String picture, Reason reason, String explanation) {}
}
