package org.sightline.edge.cli.van;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.cli.models.TerminalProgress;
import org.sightline.edge.doctor.Doctor;
import org.sightline.edge.doctor.Finding;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.models.InstallProgress;
import org.sightline.edge.models.Installation;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.models.PackInstaller;
import org.sightline.edge.setup.CameraSearch;
import org.sightline.edge.setup.Questions;
import org.sightline.edge.setup.Setup;
import org.sightline.edge.setup.Wanted;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sightline setup}. */
@Command(
    name = "setup",
    description = {
      "Makes a box ready: asks what is to be known of van, keys, authorities, broker, cameras and"
          + " model pack, makes the keys, writes the settings with their comments, and ends with"
          + " what doctor finds.",
      "",
      "Cameras are looked for in the box's networks (ONVIF). What an option says is not asked. It"
          + " can be run again: what is there is kept and suggested, keys are never replaced, and"
          + " cameras are added. Until the last question is answered nothing is changed.",
      "",
      "Files that the settings will name are copied beside them, those with secrets for the"
          + " service's user alone. device.identity, for the authorities, lies there too."
    },
    exitCodeList = {
      "0:ready, and nothing stands against a deployment",
      "1:ready, and doctor found something against a deployment",
      "2:something cannot be used or made"
    },
    footer = {
      "",
      "Examples:",
      "  sudo sightline setup --config /etc/sightline/agent.yaml",
      "  sudo sightline setup --config /etc/sightline/agent.yaml --yes --van van-7 \\",
      "    --authority a.public --authority b.public --broker mqtts://control.example:8883 \\",
      "    --broker-ca broker-ca.pem --broker-certificate van.pem --broker-key van.key \\",
      "    --camera mast-1=rtsp://agent@192.0.2.10/stream1 --camera-password mast-1=mast.password \\",
      "    --models-from /media/usb"
    })
final class SetupCommand implements Callable<Integer> {
  private static final List<Path> ON_DEVICE =
      List.of(
          Path.of("/usr/bin/sightline-on-device"), Path.of("/usr/local/bin/sightline-on-device"));

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      required = true,
      paramLabel = "FILE",
      description = "Settings to make, or to change.")
  private Path config;

  @Option(names = "--yes", description = "Ask nothing: what no option says is as it was, or usual.")
  private boolean yes;

  @Option(names = "--van", paramLabel = "NAME", description = "Name of the van.")
  private @Nullable String van;

  @Option(
      names = "--seal",
      negatable = true,
      description =
          "Seal the keys to this machine, as live deployments need (for the service: the usual);"
              + " --no-seal: in a key file, for exercises.")
  private @Nullable Boolean seal;

  @Option(
      names = "--authority",
      paramLabel = "FILE",
      description = "Public key of an authority that the box trusts; once for each.")
  private List<Path> authorities = new ArrayList<>();

  @Option(names = "--broker", paramLabel = "URI", description = "mqtts://HOST:PORT of the broker.")
  private @Nullable String broker;

  @Option(
      names = "--broker-ca",
      paramLabel = "FILE",
      description = "PEM of the authority that signed its certificate.")
  private @Nullable Path brokerCa;

  @Option(
      names = "--broker-certificate",
      paramLabel = "FILE",
      description = "Client certificate of the van, PEM.")
  private @Nullable Path brokerCertificate;

  @Option(
      names = "--broker-key",
      paramLabel = "FILE",
      description = "Its private key, PEM (PKCS#8).")
  private @Nullable Path brokerKey;

  @Option(
      names = "--camera",
      paramLabel = "ID=SOURCE",
      description = "A camera: rtsp://, rtsps://, /dev/video...; once for each.")
  private Map<String, String> cameras = Map.of();

  @Option(
      names = "--camera-password",
      paramLabel = "ID=FILE",
      description = "File whose first line is the password of a camera; once for each.")
  private Map<String, Path> passwords = Map.of();

  @Option(names = "--model-pack", paramLabel = "PACK", description = "Model pack.")
  private @Nullable String modelPack;

  @Option(
      names = "--models-from",
      paramLabel = "DIR",
      description = "Install the model pack from the files anywhere under DIR.")
  private @Nullable Path modelsFrom;

  @Option(
      names = "--service",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description = "Start the timer that keeps the end of deployments (where systemd runs).")
  private boolean service;

  @Override
  public Integer call() throws SightlineException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    Questions questions =
        yes
            ? Questions.none(out)
            : Questions.of(
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), out);
    AgentSettings settings =
        Setup.run(
            new Wanted(
                config,
                van,
                seal,
                authorities,
                new Wanted.Broker(broker, brokerCa, brokerCertificate, brokerKey),
                cameras,
                passwords,
                modelPack),
            questions,
            CameraSearch::everywhere);
    out.println("settings  " + config);
    out.println("identity  " + config.resolveSibling("device.identity") + " (for the authorities)");
    install(settings, out);
    if (service && Setup.isForTheService(config)) {
      start();
    }
    return examine(out);
  }

  private void install(AgentSettings settings, PrintWriter out) throws SightlineException {
    if (modelsFrom == null) {
      return;
    }
    Path models = settings.folders().models();
    ModelPacks packs = ModelPacks.at(models == null ? ModelPacks.defaultFolder() : models);
    String pack = settings.recognition().modelPack();
    Installation installation =
        new PackInstaller(
                packs,
                TerminalProgress.hasTerminal() ? new TerminalProgress() : InstallProgress.SILENT)
            .fromFolder(pack, modelsFrom);
    if (installation instanceof Installation.SourcesMissing) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "files of the model pack " + pack + " are not there",
          modelsFrom.toString(),
          "see which: sightline models install " + pack + " --from " + modelsFrom);
    }
    out.println("models    " + pack + ", in " + packs.installFolder());
  }

  private static void start() throws SightlineException, InterruptedException {
    if (Files.isDirectory(Path.of("/run/systemd/system"))) {
      run("systemctl", "daemon-reload");
      run("systemctl", "enable", "--now", "sightline-tidy.timer");
    }
  }

  /** As the service, where this box has one: whoever made the files may read what it may not. */
  private int examine(PrintWriter out) throws SightlineException, InterruptedException {
    for (Path program : ON_DEVICE) {
      if (Setup.isForTheService(config) && Files.isExecutable(program)) {
        out.flush();
        return run(program.toString(), "doctor", "--config", config.toString());
      }
    }
    List<Finding> findings = new Doctor().examine(config, Clock.systemUTC());
    Ansi colour = spec.commandLine().getColorScheme().ansi();
    findings.forEach(each -> out.println(FindingLines.line(each, colour)));
    return findings.stream().anyMatch(each -> each.verdict().isTrouble()) ? Sightline.EXIT_NO : 0;
  }

  private static int run(String... command) throws SightlineException, InterruptedException {
    try {
      return new ProcessBuilder(command).inheritIO().start().waitFor();
    } catch (IOException e) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "a program cannot be started",
          command[0],
          "the settings are written; see that it is installed, and run it by hand",
          e);
    }
  }
}
