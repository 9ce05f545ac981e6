package org.sightline.edge.doctor;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.CameraGate;
import org.sightline.edge.capture.CameraInquiry;
import org.sightline.edge.capture.CameraProbe;
import org.sightline.edge.capture.CameraReport;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.deployment.DeploymentException;
import org.sightline.edge.domain.SightlineException;

/**
 * Every camera: what it says of itself, and where an authorisation permits pictures and no agent is
 * reading them, a few seconds of those.
 */
final class CameraChecks {
  private static final Duration LENGTH = Duration.ofSeconds(3);
  private static final double FEWEST_FRAMES_PER_SECOND = 10;
  private static final double DARKEST_LUMA = 40;
  private static final long MOST_PIXELS = 3840L * 2160;
  private static final double RAREST_KEY_PICTURE_SECONDS = 3;

  private final AgentSettings settings;
  private final Clock wall;
  private boolean known;
  private @Nullable String noPictures;

  private CameraChecks(AgentSettings settings, Clock wall) {
    this.settings = settings;
    this.wall = wall;
  }

  static List<Check> of(AgentSettings settings, Clock wall) {
    CameraChecks checks = new CameraChecks(settings, wall);
    return settings.cameras().stream()
        .map(camera -> new Check(subject(camera), () -> checks.camera(camera)))
        .toList();
  }

  private static String subject(CameraSettings camera) {
    return "camera " + camera.id();
  }

  private List<Finding> camera(CameraSettings camera)
      throws SightlineException, InterruptedException {
    boolean live = FrameSources.isLive(camera.source());
    if (!live) {
      return pictures(
          subject(camera),
          false,
          new CameraProbe(camera.at(CameraSettings.Pace.FASTEST), LENGTH).measure());
    }
    String without = reasonAgainstPictures();
    if (without == null) {
      try (CameraGate gate = CameraGate.open(settings, wall)) {
        return pictures(
            subject(camera),
            true,
            new CameraProbe(camera, LENGTH, gate::requireStill, frame -> {}).measure());
      }
    }
    CameraInquiry.Answer answer = CameraInquiry.ask(camera);
    return List.of(
        Finding.held(
            subject(camera),
            answer.guarded(),
            Verdict.LOOK,
            new Finding.Measured(answer.words(), "a login"),
            "anybody on its network sees what it sees: have it ask for a user and password"),
        Finding.untested(subject(camera) + " pictures", without));
  }

  /**
   * By the gate that every camera stands behind; asked once for all of them, and again while each
   * is open. Null if it is open.
   */
  private synchronized @Nullable String reasonAgainstPictures() {
    if (!known) {
      known = true;
      noPictures = determine();
    }
    return noPictures;
  }

  private @Nullable String determine() {
    if (BoxData.unusable(settings).isPresent()) {
      return "pictures need an authorisation that is valid now";
    }
    try {
      CameraGate.open(settings, wall).close();
    } catch (SightlineException e) {
      return "pictures need an authorisation that is valid now: " + e.what();
    }
    try {
      DataFolderLock.take(settings.folders().data(), Duration.ZERO).close();
      return null;
    } catch (DeploymentException e) {
      return "the agent is running and reads them; see its status";
    }
  }

  private static List<Finding> pictures(String subject, boolean live, CameraReport report) {
    String stream =
        String.format(
            Locale.ROOT,
            "%s, %d x %d px, first picture after %.0f ms, jitter %.0f ms, %.0f kbit/s",
            report.stream().codec(),
            report.stream().widthPx(),
            report.stream().heightPx(),
            report.timing().firstFrameMillis(),
            report.timing().jitterMillis(),
            report.kilobitsPerSecond());
    List<Finding> findings = new ArrayList<>();
    long pixels = (long) report.stream().widthPx() * report.stream().heightPx();
    findings.add(
        Finding.held(
            subject,
            pixels <= MOST_PIXELS,
            Verdict.LOOK,
            new Finding.Measured(stream, "at most as many pixels as 3840 x 2160"),
            "set the camera to a smaller size: so many pixels are not searched in time"));
    if (report.counts().sizeChanges() > 0) {
      findings.add(
          Finding.look(
              subject + " size",
              "changed %d times within %d pictures"
                  .formatted(report.counts().sizeChanges(), report.counts().frames()),
              "one size",
              "set the camera to one size, without adapting it to the network or to turns"));
    }
    findings.add(
        Finding.held(
            subject + " frame rate",
            report.pace().framesPerSecond() >= FEWEST_FRAMES_PER_SECOND,
            Verdict.LOOK,
            new Finding.Measured(
                String.format(
                    Locale.ROOT, "%.1f pictures a second", report.pace().framesPerSecond()),
                String.format(Locale.ROOT, "at least %.0f", FEWEST_FRAMES_PER_SECOND)),
            "raise the frame rate in the camera, or find what slows the network"));
    if (live) {
      findings.add(keyPictures(subject, report.timing().keyPictureSeconds()));
      findings.add(
          Finding.untested(
              subject + " latency",
              "how old a picture is when it comes, no camera says: hold a running clock before it"
                  + " and compare"));
    }
    long broken = report.counts().framesBroken();
    findings.add(
        Finding.held(
            subject + " stream",
            broken == 0 && report.counts().reconnects() == 0,
            Verdict.LOOK,
            new Finding.Measured(
                "%d of %d pictures broken, opened again %d times"
                    .formatted(broken, report.counts().frames(), report.counts().reconnects()),
                "none"),
            "check cable, network and the camera's bit rate"));
    findings.add(
        Finding.held(
            subject + " light",
            report.look().meanLuma() >= DARKEST_LUMA,
            Verdict.LOOK,
            new Finding.Measured(
                String.format(Locale.ROOT, "brightness %.0f of 255", report.look().meanLuma()),
                String.format(Locale.ROOT, "at least %.0f", DARKEST_LUMA)),
            "uncover the lens, open the iris or give light"));
    return findings;
  }

  /** What was lost on the way spoils every picture until the next that stands by itself. */
  private static Finding keyPictures(String subject, @Nullable Double seconds) {
    return Finding.held(
        subject + " key pictures",
        seconds != null && seconds <= RAREST_KEY_PICTURE_SECONDS,
        Verdict.LOOK,
        new Finding.Measured(
            seconds == null
                ? "no second one within %d s".formatted(LENGTH.toSeconds())
                : String.format(Locale.ROOT, "every %.1f s", seconds),
            String.format(Locale.ROOT, "at least every %.0f s", RAREST_KEY_PICTURE_SECONDS)),
        "set the camera to send key pictures (I-frames) more often: what is lost on the way is"
            + " seen until the next one");
  }
}
