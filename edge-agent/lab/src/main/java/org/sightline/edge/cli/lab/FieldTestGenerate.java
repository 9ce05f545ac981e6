package org.sightline.edge.cli.lab;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.cli.models.ModelsFolderOption;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.fieldtest.generate.Generator;
import org.sightline.edge.fieldtest.generate.Light;
import org.sightline.edge.fieldtest.generate.Portraits;
import org.sightline.edge.fieldtest.generate.Scene;
import org.sightline.edge.models.InstalledPack;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code fieldtest generate}: a crowd with exact ground truth. */
@Command(
    name = "generate",
    description = {
      "Make scenes of people walking up to cameras, with exact ground truth: people who do not"
          + " exist, or heads cut out of portraits.",
      "",
      "Writes clip.mp4 (or clip-1.mp4 ...), truth.json, enrol/ (pictures of each listed person),"
          + " fillers/ (pictures of people who do not appear) and scenario.yaml, ready for"
          + " 'fieldtest run'. The same options give the same pixels.",
      "",
      "With --from, the folder written holds pictures of real people, and people.csv says who is"
          + " who: treat it like the portraits, and commit it nowhere."
    },
    footer = {
      "",
      "Examples:",
      "  sightline fieldtest generate --out /tmp/walk --seed 7 --people 8 --listed 4 --fillers 50",
      "  sightline fieldtest generate --out /tmp/busy --width 1920 --height 1080 --seconds 20 \\",
      "    --faces-per-frame 7 --listed 2 --fillers 10000",
      "  sightline fieldtest generate --out /tmp/people --portraits 500 --per-person 4",
      "  sightline fieldtest generate --out /tmp/crowd --from portraits --pack retail-0095 \\",
      "    --people 1200 --listed 200 --fillers 300 --faces-per-frame 5 --cameras 4 --fps 12",
      "",
      "What the scenes are and are not: docs/generated-scenes.md."
    })
final class FieldTestGenerate implements Callable<Integer> {
  private static final int DEFAULT_PEOPLE = 8;
  private static final int DEFAULT_SECONDS = 20;
  private static final float PORTRAIT_CROSSING = 1.5f;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "Folder to write; new or empty.")
  private Path out = Path.of("");

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Another seed, other people (default: ${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--from",
      paramLabel = "DIR",
      description =
          "Portraits to cut the heads from: a folder of pictures, or one picture, for each person.")
  private @Nullable Path from;

  @Option(
      names = "--enrol-pictures",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "With --from: pictures of each listed person that are enrolled; another one walks by"
              + " (default: ${DEFAULT-VALUE}).")
  private int enrolPictures;

  @Option(
      names = "--people",
      paramLabel = "N",
      description = "How many walk by, at all cameras together (default: " + DEFAULT_PEOPLE + ").")
  private @Nullable Integer people;

  @Option(
      names = "--passes-per-person",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "How often the same person is among them: fewer people for as many passes (default:"
              + " ${DEFAULT-VALUE}).")
  private int passesPerPerson;

  @Option(
      names = "--faces-per-frame",
      defaultValue = "0",
      paramLabel = "N",
      description =
          "About N people in sight at a time. With --people the clip is as long as that takes;"
              + " without, a steady stream for --seconds.")
  private float facesPerFrame;

  @Option(
      names = "--cameras",
      defaultValue = "1",
      paramLabel = "N",
      description =
          "Cameras with a clip each, among which the people are divided (default:"
              + " ${DEFAULT-VALUE}).")
  private int cameras;

  @Option(
      names = "--crossing",
      paramLabel = "M",
      description =
          "Metres by which people drift to a side on their way (default: 1.5 with --from, else 0).")
  private @Nullable Float crossing;

  @Option(
      names = "--light",
      defaultValue = "day",
      paramLabel = "LIGHT",
      description = "day, dusk or backlit (default: ${DEFAULT-VALUE}).")
  private Light light = Light.DAY;

  @Option(
      names = "--exposure",
      paramLabel = "MS",
      description =
          "How long a frame is exposed: what moves is blurred (default: day 2, backlit 4, dusk"
              + " 20).")
  private @Nullable Float exposureMillis;

  @Option(
      names = "--listed",
      paramLabel = "N",
      defaultValue = "4",
      description = "How many people among them are listed (default: ${DEFAULT-VALUE}).")
  private int listed;

  @Option(
      names = "--fillers",
      paramLabel = "N",
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
      paramLabel = "N",
      defaultValue = "15",
      description = "Frames per second (default: ${DEFAULT-VALUE}).")
  private int framesPerSecond;

  @Option(
      names = "--seconds",
      paramLabel = "S",
      description =
          "Length of the clip, unless --people and --faces-per-frame give it (default: "
              + DEFAULT_SECONDS
              + ").")
  private @Nullable Float seconds;

  @Option(
      names = "--noise",
      paramLabel = "LEVELS",
      description = "Noise of the sensor, in grey levels (default: day 2, backlit 3, dusk 5).")
  private @Nullable Float noise;

  @Option(
      names = "--bit-rate",
      defaultValue = "0",
      paramLabel = "BPS",
      description = "Bits per second of the video (default: one that suits its size).")
  private int bitRate;

  @Option(
      names = "--pack",
      paramLabel = "NAME",
      defaultValue = "builtin",
      description =
          "Model pack named in the scenario; with --from it also finds the faces, and must be"
              + " installed (default: ${DEFAULT-VALUE}).")
  private String pack = "";

  @Mixin private ModelsFolderOption models;

  @Option(
      names = "--pace",
      paramLabel = "PACE",
      defaultValue = "fastest",
      description =
          "How the scenario replays the clip: fastest or realtime (default: ${DEFAULT-VALUE}).")
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
  public Integer call() throws SightlineException, InterruptedException {
    Generator generator = new Generator();
    CommandSpec command = Objects.requireNonNull(spec);
    if (portraits != null) {
      generator.portraits(seed, portraits, perPerson, out);
      say(command, "%d people, %d pictures each, in %s", portraits, perPerson, out);
      return 0;
    }
    Generator.Outcome made = generator.fieldTest(order(command), out);
    say(
        command,
        "%d frames, %d passes (%d listed), %.1f visible faces a frame, %d fillers: %s",
        made.frames(),
        made.passes(),
        made.listedPasses(),
        made.facesPerFrame(),
        fillers,
        out.resolve("scenario.yaml"));
    if (made.leftOut() > 0) {
      say(command, "%d people left out: too few usable pictures", made.leftOut());
    }
    return 0;
  }

  private Generator.Order order(CommandSpec command) throws SightlineException {
    InstalledPack finder = from == null ? null : models.packs().installed(pack);
    try {
      return new Generator.Order(
          scene(),
          listed,
          fillers,
          pack,
          pace.name().toLowerCase(Locale.ROOT),
          cameras,
          passesPerPerson,
          from == null || finder == null ? null : new Portraits(from, finder, enrolPictures));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), e.getMessage(), e);
    }
  }

  private Scene scene() {
    int walking = people == null ? DEFAULT_PEOPLE : people;
    boolean counted = people != null && facesPerFrame > 0;
    if (counted && seconds != null) {
      throw new IllegalArgumentException(
          "--people and --faces-per-frame give the length of the clip: leave --seconds out");
    }
    int atOneCamera = (walking + cameras - 1) / Math.max(1, cameras);
    float lengthSeconds =
        counted
            ? Scene.seconds(atOneCamera, facesPerFrame)
            : seconds == null ? DEFAULT_SECONDS : seconds;
    return new Scene(
        seed,
        new Scene.Video(widthPx, heightPx, framesPerSecond, lengthSeconds, bitRate),
        new Scene.Crowd(
            walking,
            counted ? 0 : facesPerFrame,
            crossing == null ? from == null ? 0 : PORTRAIT_CROSSING : crossing),
        new Scene.Exposure(
            light,
            exposureMillis == null ? light.exposureMillis() : exposureMillis,
            noise == null ? light.noise() : noise));
  }

  private static void say(CommandSpec command, String format, Object... values) {
    command.commandLine().getOut().printf(format + "%n", values);
  }
}
