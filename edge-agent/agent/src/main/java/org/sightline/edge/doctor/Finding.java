package org.sightline.edge.doctor;

import org.sightline.edge.domain.SightlineException;

/**
 * What was found out about one thing, in one line.
 *
 * @param subject what was tested: "camera mast-1"
 * @param measured what was found, with its unit; for something not tested, why not
 * @param limit what it was held against; empty where there is nothing but yes or no
 * @param remedy what to do about it; empty where there is nothing to do
 */
public record Finding(
    String subject, Verdict verdict, String measured, String limit, String remedy) {

  public static Finding good(String subject, String measured) {
    return new Finding(subject, Verdict.GOOD, measured, "", "");
  }

  public static Finding good(String subject, String measured, String limit) {
    return new Finding(subject, Verdict.GOOD, measured, limit, "");
  }

  public static Finding untested(String subject, String reason) {
    return new Finding(subject, Verdict.UNTESTED, reason, "", "");
  }

  public static Finding look(String subject, String measured, String limit, String remedy) {
    return new Finding(subject, Verdict.LOOK, measured, limit, remedy);
  }

  public static Finding bad(String subject, String measured, String remedy) {
    return new Finding(subject, Verdict.BAD, measured, "", remedy);
  }

  /** Good within a limit, and otherwise what {@code otherwise} says. */
  public static Finding held(
      String subject, boolean within, Verdict otherwise, Measured measured, String remedy) {
    return new Finding(
        subject,
        within ? Verdict.GOOD : otherwise,
        measured.value(),
        measured.limit(),
        within ? "" : remedy);
  }

  /** A value beside its limit. */
  public record Measured(String value, String limit) {}

  public static Finding of(String subject, SightlineException failure) {
    return bad(subject, failure.what() + ": " + failure.where(), failure.remedy());
  }
}
