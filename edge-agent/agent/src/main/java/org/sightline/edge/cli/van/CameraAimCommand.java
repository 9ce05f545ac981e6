package org.sightline.edge.cli.van;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.aim.AimFigures;
import org.sightline.edge.aim.AimReport;
import org.sightline.edge.aim.CameraAim;
import org.sightline.edge.aim.Region;
import org.sightline.edge.aim.Sizes;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.CameraGate;
import org.sightline.edge.app.CameraRules;
import org.sightline.edge.authorisation.AuthorisedCamera;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.cli.JsonOutput;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.cli.SnapshotFile;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.domain.BgrPicture;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Zone;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.InstalledPack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code camera aim}: watches a camera of the settings, and reports whether it is aimed. */
@Command(
    name = "aim",
    description = {
      "Watch a camera of the settings for a while, and report how large faces are across its"
          + " view, how sharp, in what light and at what pace, each against its limit, and what to"
          + " do.",
      "",
      "Have somebody walk where faces are to be recognised. The camera is opened only while the"
          + " deployment authorisation is valid, which is asked again every second; within its"
          + " zone, if it has one, faces are measured, and none outside. Nobody is compared with"
          + " anybody: the list is not opened. Nothing that is seen is kept, except the snapshot"
          + " that you ask for: the view in squares, at most 72 down, and faces that are found"
          + " hidden. A large face that the detector misses, as in profile, may still be recognised"
          + " in it."
    },
    exitCodeList = {
      "0:aimed",
      "1:not aimed, or nobody walked by, or no authority to look",
      "2:no picture, or no snapshot"
    },
    footer = {
      "",
      "Run it as the service's user, in the van: sudo sightline-on-device camera aim mast-1",
      "Example: sightline camera aim mast-1 --config /etc/sightline/agent.yaml \\",
      "  --snapshot /var/lib/sightline/aim.png"
    })
final class CameraAimCommand implements Callable<Integer> {
  private static final int MOST_SECONDS = 600;

  @Parameters(paramLabel = "ID", description = "The camera, by its id in the settings.")
  private String id = "";

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Settings of the agent (YAML).")
  private Path config;

  @Option(names = "--json", description = "Print JSON; see docs/results.md.")
  private boolean json;

  @Option(
      names = "--snapshot",
      paramLabel = "FILE",
      description =
          "Write the view as a PNG in squares, with the faces hidden that are found, the zone's"
              + " outline and the heights of faces.")
  private @Nullable Path snapshot;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "15",
      description = "How long to watch, 1 to 600 (default: ${DEFAULT-VALUE}).")
  private int seconds;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws SightlineException, InterruptedException {
    CommandSpec command = Objects.requireNonNull(spec);
    if (seconds < 1 || seconds > MOST_SECONDS) {
      throw new ParameterException(
          command.commandLine(), "--seconds is 1 to " + MOST_SECONDS + ", and not " + seconds);
    }
    if (snapshot != null) {
      SnapshotFile.requireWritable(snapshot);
    }
    AgentSettings settings = AgentSettings.read(config);
    CameraSettings camera = camera(settings);
    try (CameraGate gate = CameraGate.open(settings, Clock.systemUTC())) {
      AimReport report = look(camera, gate, command.commandLine());
      return report.aimed() ? 0 : Sightline.EXIT_NO;
    }
  }

  private AimReport look(CameraSettings camera, CameraGate gate, picocli.CommandLine command)
      throws SightlineException, InterruptedException {
    AgentSettings settings = gate.device().settings();
    Zone zone =
        CameraRules.of(gate.authorisation(), camera).flatMap(AuthorisedCamera::zone).orElse(null);
    InstalledPack pack = gate.device().packs().installed(settings.recognition().modelPack());
    Compute compute = new Compute(settings.inference().device(), settings.inference().threads());
    DetectionSettings detection =
        DetectionSettings.frames(settings.recognition().smallestFacePx(), compute);
    try (CameraAim aim = new CameraAim(camera, zone, pack, detection, snapshot != null)) {
      AimReport report = aim.watch(Duration.ofSeconds(seconds), gate::requireStill);
      print(report, command);
      if (snapshot != null) {
        BgrPicture picture = aim.snapshot(compute);
        gate.requireStill();
        write(picture, snapshot);
      }
      return report;
    }
  }

  private CameraSettings camera(AgentSettings settings) throws SightlineException {
    return settings.cameras().stream()
        .filter(each -> each.id().value().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new SightlineException(
                    ErrorKind.UNUSABLE_INPUT,
                    "the settings have no such camera",
                    id,
                    "give one of "
                        + settings.cameras().stream()
                            .map(each -> each.id().value())
                            .collect(Collectors.joining(", "))));
  }

  private void print(AimReport report, picocli.CommandLine command) {
    PrintWriter out = command.getOut();
    if (json) {
      JsonOutput.print(out, report);
      return;
    }
    AimFigures figures = report.figures();
    Ansi colour = command.getColorScheme().ansi();
    out.printf(
        Locale.ROOT,
        "%s, %d x %d px, %s, %d pictures searched%n",
        report.camera(),
        report.widthPx(),
        report.heightPx(),
        report.zone() ? "within its zone" : "the whole view",
        figures.picturesSearched());
    out.println("height of faces in px, smallest / median (how many), by where in the view:");
    for (int region = 0; region < figures.regions().size(); region++) {
      out.printf(Locale.ROOT, "  %-22s", cell(figures.regions().get(region).faceHeightPx()));
      if (region % Region.ACROSS == Region.ACROSS - 1) {
        out.println();
      }
    }
    out.println("between the eyes, px:  " + cell(figures.eyeDistancePx()));
    report.findings().forEach(each -> out.println(FindingLines.line(each, colour)));
    out.println(report.aimed() ? "aimed" : "not aimed: " + report.toDo());
  }

  private static String cell(Sizes sizes) {
    return sizes.count() == 0
        ? "-"
        : String.format(
            Locale.ROOT, "%.0f / %.0f (%d)", sizes.smallestPx(), sizes.medianPx(), sizes.count());
  }

  private static void write(BgrPicture picture, Path file) throws SightlineException {
    BufferedImage image =
        new BufferedImage(picture.widthPx(), picture.heightPx(), BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < picture.heightPx(); y++) {
      for (int x = 0; x < picture.widthPx(); x++) {
        int at = y * picture.strideBytes() + 3 * x;
        image.setRGB(
            x,
            y,
            (picture.data().get(at + 2) & 0xff) << 16
                | (picture.data().get(at + 1) & 0xff) << 8
                | (picture.data().get(at) & 0xff));
      }
    }
    // Not straight into the file: that would delete what stands there, be it a device.
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    SnapshotFile.write(file, png.toByteArray());
  }
}
