package org.sightline.edge.aim;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.capture.CameraReport;
import org.sightline.edge.doctor.Finding;
import org.sightline.edge.doctor.Verdict;

/** What was measured of a view against its limits; pure. */
final class AimJudgement {
  private AimJudgement() {}

  static List<Finding> of(AimFigures figures, CameraReport report, AimLimits limits) {
    List<Finding> findings = new ArrayList<>();
    findings.add(faces(figures, limits));
    findings.add(
        focus(
            "sharpness",
            figures.focus().slow(),
            "no face that was large enough stood nearly still",
            "focus the lens and clean it"));
    findings.add(
        focus(
            "motion blur",
            figures.focus().walking(),
            "nobody whose face was large enough walked across the view",
            "shorten the exposure in the camera, and give light if it becomes dark"));
    Light light = figures.light();
    if (light == null) {
      findings.add(Finding.untested("light", "no picture was searched"));
    } else {
      light(findings, light);
    }
    stream(findings, report);
    return findings;
  }

  private static Finding faces(AimFigures figures, AimLimits limits) {
    AimFigures.People people = figures.people();
    if (people.seen() == 0) {
      return Finding.untested(
          "faces", "nobody walked by: have somebody walk where faces are to be recognised");
    }
    boolean enough = people.largeEnough() >= AimLimits.ENOUGH_OF_PEOPLE * people.seen();
    return Finding.held(
        "faces",
        enough,
        people.largeEnough() == 0 ? Verdict.BAD : Verdict.LOOK,
        new Finding.Measured(
            "%d of %d people came near enough".formatted(people.largeEnough(), people.seen()),
            format(
                "9 of 10 whose face comes to %.0f px, with %.0f px between the eyes",
                limits.faceHeightPx(), limits.eyeDistancePx())),
        people.shortfall() == null ? "" : remedy(people.shortfall()));
  }

  private static String remedy(Shortfall shortfall) {
    return switch (shortfall.kind()) {
      case SMALL ->
          format(
              "faces in the %s of the view come to %.0f px: zoom in or move nearer",
              shortfall.region(), shortfall.heightPx());
      case TURNED_AWAY ->
          format(
              "faces in the %s of the view are turned away: move the camera so that people come"
                  + " towards it",
              shortfall.region());
      case CUT ->
          format(
              "faces in the %s of the view are cut by its edge: turn the camera towards them",
              shortfall.region());
    };
  }

  private static Finding focus(
      String subject, @Nullable Double sharpness, String unknown, String remedy) {
    return sharpness == null
        ? Finding.untested(subject, unknown)
        : held(
            subject,
            sharpness >= AimLimits.SHARPNESS,
            format("sharpness of faces %.3f", sharpness),
            format("at least %.2f", AimLimits.SHARPNESS),
            remedy);
  }

  private static void light(List<Finding> findings, Light light) {
    findings.add(
        held(
            "brightness",
            light.brightness() >= AimLimits.DARKEST,
            format("%.0f of 255", light.brightness()),
            format("at least %.0f", AimLimits.DARKEST),
            "lengthen the exposure, open the iris or give light"));
    findings.add(
        held(
            "highlights",
            light.clipped() <= AimLimits.MOST_CLIPPED,
            format("%.0f %% of the view as bright as can be", 100 * light.clipped()),
            format("at most %.0f %%", 100 * AimLimits.MOST_CLIPPED),
            "shorten the exposure, or turn the camera from the sun, lamps and the sky"));
    findings.add(
        held(
            "contrast",
            light.contrast() >= AimLimits.CONTRAST,
            format("%.0f of 255 levels", light.contrast()),
            format("at least %.0f", AimLimits.CONTRAST),
            "clean the lens, keep light from shining into it"));
  }

  private static void stream(List<Finding> findings, CameraReport report) {
    findings.add(
        held(
            "frame rate",
            report.pace().framesPerSecond() >= AimLimits.FRAMES_PER_SECOND,
            format("%.1f pictures a second", report.pace().framesPerSecond()),
            format("at least %.0f", AimLimits.FRAMES_PER_SECOND),
            "raise the frame rate in the camera, or find what slows the network"));
    findings.add(
        held(
            "jitter",
            report.timing().jitterMillis() <= AimLimits.JITTER_MILLIS,
            format("%.0f ms from picture to picture", report.timing().jitterMillis()),
            format("at most %.0f ms", AimLimits.JITTER_MILLIS),
            "check cable, network and the camera's bit rate"));
  }

  private static Finding held(
      String subject, boolean within, String value, String limit, String remedy) {
    return Finding.held(subject, within, Verdict.LOOK, new Finding.Measured(value, limit), remedy);
  }

  private static String format(String format, @Nullable Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
