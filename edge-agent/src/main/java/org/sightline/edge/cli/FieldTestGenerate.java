package org.sightline.edge.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.fieldtest.generate.Generator;
import org.sightline.edge.fieldtest.generate.Scene;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fieldtest generate}: a crowd with exact ground truth. */
@Command(
    name = "generate",
    description = {
      "Draw people who do not exist walking up to the camera, with exact ground truth.",
      "",
      "Writes clip.mp4, truth.json, enrol/ (two portraits of each listed person), fillers/"
          + " (portraits of people who do not appear) and scenario.yaml, ready for 'fieldtest run'."
          + " The same options give the same pixels."
    },
    footer = {
      "",
      "Examples:",
      "  sightline fieldtest generate --out /tmp/walk --seed 7 --people 8 --listed 4 --fillers 50",
      "  sightline fieldtest generate --out /tmp/busy --width 1920 --height 1080 --seconds 20 \\",
      "    --faces-per-frame 7 --listed 2 --fillers 10000",
      "  sightline fieldtest generate --out /tmp/people --portraits 500 --per-person 4"
    })
final class FieldTestGenerate implements Callable<Integer> {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder to write; new or empty.")
  private Path out = Path.of("");

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Another seed, other people (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--people",
      defaultValue = "8",
      description = "How many people walk by (default: ${DEFAULT-VALUE}).")
  private int people;

  @Option(
      names = "--faces-per-frame",
      defaultValue = "0",
      paramLabel = "N",
      description = "A steady stream with about N people in sight, instead of --people.")
  private float facesPerFrame;

  @Option(
      names = "--listed",
      defaultValue = "4",
      description = "How many of them are on the watchlist (default: ${DEFAULT-VALUE}).")
  private int listed;

  @Option(
      names = "--fillers",
      defaultValue = "0",
      description = "Listed people who do not appear (default: ${DEFAULT-VALUE}).")
  private int fillers;

  @Option(
      names = "--width",
      defaultValue = "1280",
      paramLabel = "PX",
      description = "Width of the picture (default: ${DEFAULT-VALUE}).")
  private int widthPx;

  @Option(
      names = "--height",
      defaultValue = "720",
      paramLabel = "PX",
      description = "Height of the picture (default: ${DEFAULT-VALUE}).")
  private int heightPx;

  @Option(
      names = "--fps",
      defaultValue = "15",
      description = "Frames per second (default: ${DEFAULT-VALUE}).")
  private int framesPerSecond;

  @Option(
      names = "--seconds",
      defaultValue = "20",
      description = "Length of the clip (default: ${DEFAULT-VALUE}).")
  private float seconds;

  @Option(
      names = "--noise",
      defaultValue = "2",
      paramLabel = "LEVELS",
      description = "Noise of the sensor, in grey levels (default: ${DEFAULT-VALUE}).")
  private float noise;

  @Option(
      names = "--bit-rate",
      defaultValue = "0",
      paramLabel = "BPS",
      description = "Bits per second of the video (default: one that suits its size).")
  private int bitRate;

  @Option(
      names = "--pack",
      defaultValue = "builtin",
      description = "Model pack named in the scenario (default: ${DEFAULT-VALUE}).")
  private String pack = "";

  @Option(
      names = "--pace",
      defaultValue = "fastest",
      description = "How the scenario replays the clip: fastest or realtime.")
  private Pace pace = Pace.FASTEST;

  @Option(
      names = "--portraits",
      paramLabel = "N",
      description = "Write only pictures of N people, a folder each, to calibrate with.")
  private @Nullable Integer portraits;

  @Option(
      names = "--per-person",
      defaultValue = "4",
      paramLabel = "K",
      description = "Pictures of each with --portraits (default: ${DEFAULT-VALUE}).")
  private int perPerson;

  @Spec private @Nullable CommandSpec spec;

  private enum Pace {
    FASTEST,
    REALTIME
  }

  @Override
  public Integer call() throws SightlineException {
    Generator generator = new Generator();
    CommandSpec command = Objects.requireNonNull(spec);
    if (portraits != null) {
      generator.portraits(seed, portraits, perPerson, out);
      say(command, "%d people, %d pictures each, in %s", portraits, perPerson, out);
      return 0;
    }
    Generator.Outcome made =
        generator.fieldTest(
            new Generator.Order(
                scene(command), listed, fillers, pack, pace.name().toLowerCase(Locale.ROOT)),
            out);
    say(
        command,
        "%d frames, %d passes (%d listed), %.1f visible faces a frame, %d fillers: %s",
        made.frames(),
        made.passes(),
        made.listedPasses(),
        made.facesPerFrame(),
        fillers,
        out.resolve("scenario.yaml"));
    return 0;
  }

  private Scene scene(CommandSpec command) {
    try {
      return new Scene(
          seed, widthPx, heightPx, framesPerSecond, seconds, people, facesPerFrame, noise, bitRate);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private static void say(CommandSpec command, String format, Object... values) {
    command.commandLine().getOut().printf(format + "%n", values);
  }
}
