package org.sightline.edge.cli.van;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.CameraGate;
import org.sightline.edge.app.CameraRules;
import org.sightline.edge.authorisation.AuthorisedCamera;
import org.sightline.edge.capture.CameraProbe;
import org.sightline.edge.capture.CameraReport;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.CaptureException;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.capture.PixelAspect;
import org.sightline.edge.cli.SnapshotFile;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Zone;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code camera probe}: opens a source and measures it. */
@Command(
    name = "probe",
    description = {
      "Open a source for a few seconds and measure it: encoding, size, frame rate, jitter, broken"
          + " frames, brightness, sharpness.",
      "",
      "A camera, unlike a clip, is opened only while the deployment authorisation named in --config"
          + " is valid. Nothing that is seen is kept, except the snapshot that you ask for: the"
          + " whole view as 20 grey squares across, enough to aim by and to judge the light, too"
          + " few to know a face; with the outline of the camera's zone, if it has one."
    },
    exitCodeList = {"0:measured", "1:no authority to look", "2:no picture"},
    footer = {
      "",
      "Examples:",
      "  sightline camera probe clips/walk.mp4",
      "  sightline camera probe rtsps://viewer@10.0.0.21/stream1 --config agent.yaml \\",
      "    --password-file mast-1.password --ca-file cameras-ca.pem --snapshot aim.png",
      "  sightline camera probe /dev/video0 --config agent.yaml --json"
    })
final class CameraProbeCommand implements Callable<Integer> {
  @Parameters(
      paramLabel = "SOURCE",
      description = "A file, rtsp://, rtsps://, /dev/video0 or /dev/v4l/...")
  private String source = "";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "The agent's settings, which name the authorisation; needed for a camera.")
  private @Nullable Path config;

  @Option(names = "--json", description = "Print JSON to standard output; see docs/results.md.")
  private boolean json;

  @Option(
      names = "--snapshot",
      paramLabel = "FILE",
      description = "Write the view as a PNG of coarse grey squares.")
  private @Nullable Path snapshot;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "5",
      description = "How much to measure, 1 to 600 (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "First line: the password of the user named in the address.")
  private @Nullable Path passwordFile;

  @Option(
      names = "--ca-file",
      paramLabel = "FILE",
      description = "PEM of the private authority that signed an RTSPS camera's certificate.")
  private @Nullable Path caFile;

  @Option(
      names = "--decoder",
      paramLabel = "DECODER",
      defaultValue = "software",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}); see docs/gpu.md.")
  private CameraSettings.Decoder decoder;

  @Option(
      names = "--pixel-aspect",
      paramLabel = "W:H",
      description = "Shape of the pixels, such as 16:11, of a recorder that does not signal it.")
  private @Nullable String pixelAspect;

  @Spec private @Nullable CommandSpec spec;
  private boolean outlined;

  @Override
  public Integer call() throws SightlineException, InterruptedException {
    CommandSpec command = Objects.requireNonNull(spec);
    if (seconds < 1 || seconds > 600) {
      throw new ParameterException(command.commandLine(), "--seconds is 1 to 600");
    }
    if (snapshot != null) {
      SnapshotFile.requireWritable(snapshot);
    }
    CameraSettings settings =
        new CameraSettings(
            new CameraId("probe"),
            source,
            CameraSettings.Pace.FASTEST,
            false,
            new CameraSettings.Access(passwordFile, caFile),
            CameraSettings.Patience.DEFAULT,
            decoder,
            pixelAspect(command));
    print(measured(settings), command.commandLine().getOut());
    return 0;
  }

  private @Nullable PixelAspect pixelAspect(CommandSpec command) {
    try {
      return pixelAspect == null ? null : PixelAspect.parse(pixelAspect);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          command.commandLine(), "--pixel-aspect " + pixelAspect + ": " + e.getMessage());
    }
  }

  /**
   * A clip may be looked at by anybody; a camera only under a valid authorisation, and if that
   * names its cameras, only one of those.
   */
  private CameraReport measured(CameraSettings settings)
      throws SightlineException, InterruptedException {
    Duration length = Duration.ofSeconds(seconds);
    if (!FrameSources.isLive(source)) {
      return new CameraProbe(settings, length).measure(snapshotFile(), null);
    }
    if (config == null) {
      throw refused("a camera is opened only under an authorisation", settings, "give --config");
    }
    AgentSettings agent = AgentSettings.read(config);
    try (CameraGate gate = CameraGate.open(agent, Clock.systemUTC())) {
      Zone zone =
          CameraRules.ofSource(agent, gate.authorisation(), source)
              .flatMap(AuthorisedCamera::zone)
              .orElse(null);
      outlined = zone != null;
      return new CameraProbe(settings, length, gate::requireStill, frame -> {})
          .measure(snapshotFile(), zone);
    }
  }

  private CameraProbe.@Nullable Snapshot snapshotFile() {
    Path file = snapshot;
    return file == null ? null : png -> SnapshotFile.write(file, png);
  }

  private static CaptureException refused(String what, CameraSettings settings, String remedy) {
    return new CaptureException(what, settings.describe(), remedy, null);
  }

  private void print(CameraReport report, PrintWriter out) {
    if (json) {
      out.println(
          JsonMapper.builder()
              .enable(SerializationFeature.INDENT_OUTPUT)
              .build()
              .writeValueAsString(report));
      return;
    }
    row(out, "source", "%s", report.source());
    row(out, "encoding", "%s", report.stream().codec());
    row(out, "size", "%d x %d px", report.stream().widthPx(), report.stream().heightPx());
    row(
        out,
        "frame rate",
        "%.2f per second measured, %s declared",
        report.pace().framesPerSecond(),
        declared(report.pace().nominalFramesPerSecond()));
    row(out, "frames", "%d, %d broken", report.counts().frames(), report.counts().framesBroken());
    row(out, "reconnects", "%d", report.counts().reconnects());
    row(out, "first frame", "%.0f ms after opening", report.timing().firstFrameMillis());
    row(out, "jitter", "%.1f ms", report.timing().jitterMillis());
    Double keyPictures = report.timing().keyPictureSeconds();
    row(
        out,
        "key pictures",
        "%s",
        keyPictures == null
            ? "no second one came"
            : String.format(Locale.ROOT, "every %.1f s", keyPictures));
    row(out, "bit rate", "%.0f kbit/s", report.kilobitsPerSecond());
    row(out, "brightness", "%.0f of 255", report.look().meanLuma());
    row(
        out,
        "sharpness",
        "%.0f (higher is finer; compare on one scene)",
        report.look().sharpness());
    if (snapshot != null) {
      row(
          out,
          "snapshot",
          "%s, pixelated throughout%s",
          snapshot,
          outlined ? ", with the outline of the zone" : "");
    }
  }

  private static String declared(double framesPerSecond) {
    return framesPerSecond > 0 ? String.format(Locale.ROOT, "%.2f", framesPerSecond) : "none";
  }

  private static void row(PrintWriter out, String name, String format, Object... values) {
    out.printf(Locale.ROOT, "%-12s %s%n", name, String.format(Locale.ROOT, format, values));
  }
}
