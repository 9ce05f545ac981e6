package org.sightline.edge.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.Device;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.deployment.DeploymentState;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.signing.BundleWriter;
import org.sightline.edge.testing.ConsoleDocument;
import org.sightline.edge.testing.ConsoleDocument.Command;
import org.sightline.edge.testing.TestClips;
import org.sightline.edge.watchlist.BundleTerms;
import org.sightline.edge.watchlist.EntryTerms;
import org.sightline.testkit.LoopbackBroker;

/**
 * A new box as docs/new-box.md has it made, but for the package and the service manager: a clip is
 * the camera, and the model pack is that of generated people.
 */
class NewBoxDocumentTest {
  private static final DeploymentId DEPLOYMENT = new DeploymentId("D-1");

  @TempDir private static Path folder;
  private static Path stick;
  private static Path settings;
  private static List<Command> commands;
  private static final Map<Command, String> PRINTED = new HashMap<>();

  @BeforeAll
  static void makeIt() throws Exception {
    stick = Files.createDirectory(folder.resolve("usb"));
    settings = folder.resolve("etc/agent.yaml");
    Path clip = TestClips.of(320, 240, 25).h264(folder.resolve("clip.mp4"), 50);
    AuthorityKey authority = AuthorityKey.generate();
    authority.writeTo(folder.resolve("a.key"));
    authority.publicKey().writeTo(stick.resolve("a.public"));
    Files.writeString(stick.resolve("mast-1.password"), "secret-1\n");
    try (LoopbackBroker broker = LoopbackBroker.open()) {
      commands =
          ConsoleDocument.read(
                  Document.inRepository("docs/new-box.md"),
                  Map.of(
                      "/etc/sightline",
                      settings.getParent().toString(),
                      "mqtt://control.example:1883",
                      broker.uri().toString(),
                      "rtsp://agent@192.0.2.10/stream1",
                      clip.toString(),
                      "--models-from /media/usb",
                      "--model-pack builtin",
                      "/media/usb",
                      stick.toString()))
              .commands();
      for (Command command : commands) {
        if (command.text().contains("deployment open")) {
          authoriseAtTheOffice(authority);
        }
        run(command);
      }
    }
  }

  /** As a shell would, but in this process; what is not of the program is left out. */
  private static void run(Command command) {
    List<String> words =
        new ArrayList<>(List.of(command.text().replace("\\\n", "").split("\\s+", -1)));
    words.remove("sudo");
    String program = words.remove(0);
    if (program.equals("sightline-on-device")) {
      words.addAll(List.of("--config", settings.toString()));
    }
    if (program.startsWith("sightline")) {
      StringWriter said = new StringWriter();
      PrintWriter all = new PrintWriter(said, true);
      Sightline.run(all, all, words.toArray(String[]::new));
      PRINTED.put(command, said.toString());
    }
  }

  private static void authoriseAtTheOffice(AuthorityKey authority) throws Exception {
    ModelPack pack = ModelPacks.at(folder.resolve("models")).manifest("builtin");
    Path identity = settings.resolveSibling("device.identity");
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    BundleTerms terms =
        new BundleTerms(
            DEPLOYMENT,
            pack.name(),
            pack.version(),
            pack.embedder().dimension(),
            1,
            now,
            now.plus(Duration.ofHours(6)));
    float[] values = new float[pack.embedder().dimension()];
    values[0] = 1;
    try (BundleWriter writer =
        BundleWriter.create(
            stick.resolve("list.bundle"),
            terms,
            List.of(DeviceIdentity.read(identity)),
            List.of(authority))) {
      writer.add(
          new WatchlistEntry(
              new SubjectRef("S-0001"),
              "exercise",
              List.of(Template.normalised("builtin", values)),
              new Jpeg(new byte[] {1})),
          new EntryTerms(terms.lastDay(), false));
      writer.finish();
    }
    StringWriter err = new StringWriter();
    Sightline.run(
        new PrintWriter(new StringWriter()),
        new PrintWriter(err, true),
        "deployment",
        "authorise",
        "--authority=" + folder.resolve("a.key"),
        "--device=" + identity,
        "--van=van-7",
        "--watchlist=" + stick.resolve("list.bundle"),
        "--class=exercise",
        "--start=now",
        "--for=PT4H",
        "--officer=Supt 1234",
        "--purpose=exercise",
        "--legal-basis=LFR policy 5.2",
        "--place=High Street",
        "--public-notice=https://example.org/notices/12",
        "--threshold-floor=0.7",
        "--out=" + stick.resolve("authorisation.json"));
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void itTakesFiveCommandsAtMost() {
    assertThat(commands).hasSizeLessThanOrEqualTo(5);
  }

  @Test
  void theDeploymentIsOpenAtItsEnd() throws Exception {
    try (Device box = Device.open(AgentSettings.read(settings), Clock.systemUTC())) {
      assertThat(box.deployments().all())
          .extracting(each -> each.deployment() + " " + each.state())
          .as(PRINTED.toString())
          .containsExactly(DEPLOYMENT + " " + DeploymentState.OPEN);
    }
  }

  @Test
  void everyCommandOfTheProgramPrintsWhatIsShown() {
    assertThat(PRINTED).hasSize(2);
    PRINTED.forEach(
        (command, printed) -> assertThat(printed).as(command.text()).matches(command::shows));
  }

  @Test
  void whatStandsAgainstItIsShownAndNoSecret() {
    assertThat(String.join("", PRINTED.values()))
        .contains("ok ", "authorisation")
        .doesNotContain("secret-1");
  }
}
