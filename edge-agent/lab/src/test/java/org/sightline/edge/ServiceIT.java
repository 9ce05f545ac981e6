package org.sightline.edge;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.GeneratedStreet;
import org.sightline.edge.testing.PackagedJava;
import org.sightline.edge.testing.SoftTpm;
import org.sightline.edge.testing.TestClips;
import org.sightline.edge.testing.booted.BootedMachine;
import org.sightline.edge.testing.booted.Debugger;
import org.sightline.edge.testing.booted.SealedSecret;
import org.sightline.edge.web.login.Officers;
import org.sightline.edge.web.login.PasswordHash;
import org.sightline.testkit.LoopbackPorts;

/** The agent's own unit under a service manager that has really been booted. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ServiceIT {
  private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
  private static final Duration SOON = Duration.ofMinutes(2);

  /** Boxes whose threads hang; they do so at the same time, because it takes minutes to be seen. */
  private static final List<String> HANGING = List.of("guard", "analysis", "relay", "camera");

  @TempDir static Path folder;
  private static Path root;
  private static BootedMachine machine;
  private static @Nullable SoftTpm tpm;
  private static List<WatchlistEntry> listed;
  private static InstalledPack pack;
  private static final List<Process> freezers = new ArrayList<>();

  @BeforeAll
  static void boot() throws Exception {
    pack = ModelPacks.at(folder.resolve("models")).installed("builtin");
    GeneratedStreet street = GeneratedStreet.in(folder.resolve("street"));
    listed = street.enrol(pack);
    root = BootedMachine.files(folder.resolve("machine"));
    install();
    // Cheap to look at, because several agents do so side by side.
    Path nobody = TestClips.of(320, 240, 5).h264(folder.resolve("nobody.mp4"), 5);
    for (String box : HANGING) {
      box(box, nobody);
    }
    box("waiting", nobody);
    box("throwing", street.clip());
    board();
    tpm = SoftTpm.isThere() ? SoftTpm.boot(folder.resolve("tpm"), "firmware 1") : null;
    machine =
        BootedMachine.boot(
            root, tpm == null ? Map.of() : Map.of("SYSTEMD_TPM2_DEVICE", tpm.address()));
    assertThat(machine.run("chown", "-R", "sightline:sightline", "/var/lib/sightline"))
        .isEqualTo(new BootedMachine.Ended(0, ""));
    freezeEach();
  }

  @AfterAll
  static void shutDown() throws Exception {
    freezers.forEach(Process::destroyForcibly);
    if (machine != null) {
      machine.close();
    }
    if (tpm != null) {
      tpm.close();
    }
  }

  /**
   * The program as the installer lays it. Its jars are copied: the build may lie where the machine
   * has a folder of its own, as in /tmp.
   */
  private static void install() throws Exception {
    Path home = Files.createDirectories(root.resolve("opt/sightline/bin")).getParent();
    Files.copy(REPOSITORY.resolve("scripts/launch"), home.resolve("bin/sightline"));
    for (String folder : List.of("lib", "native")) {
      Path copy = Files.createDirectory(home.resolve(folder));
      try (Stream<Path> files = Files.list(Path.of("../target/sightline", folder))) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          Files.copy(file, copy.resolve(file.getFileName()));
        }
      }
    }
    PackagedJava.putInto(home);
    for (String folder : List.of("sysusers.d", "tmpfiles.d")) {
      Files.copy(
          REPOSITORY.resolve("systemd").resolve(folder).resolve("sightline.conf"),
          Files.createDirectories(root.resolve("etc").resolve(folder)).resolve("sightline.conf"),
          StandardCopyOption.REPLACE_EXISTING);
    }
    // The machine boots with a root that can only be read: its users are made before, as by a
    // package.
    succeeds("systemd-sysusers", "--root=" + root, "sightline.conf");
    succeeds("systemd-tmpfiles", "--root=" + root, "--create", "sightline.conf");
    for (String unit :
        List.of(
            "sightline-.service.d/confinement.conf",
            "sightline-agent.service",
            "sightline-tidy.service",
            "sightline-tidy.timer",
            "sightline-board.service")) {
      Files.createDirectories(units().resolve(unit).getParent());
      Files.copy(
          REPOSITORY.resolve("systemd").resolve(unit),
          units().resolve(unit),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Files.copy(
        REPOSITORY.resolve("scripts/sightline-on-device"),
        Files.createDirectories(root.resolve("usr/local/bin")).resolve("sightline-on-device"),
        StandardCopyOption.REPLACE_EXISTING);
  }

  private static void succeeds(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private static Path units() {
    return root.resolve("etc/systemd/system");
  }

  private static Path folderOf(String box) {
    return root.resolve("var/lib/sightline").resolve(box);
  }

  /** An open deployment with a unit of its own, which is the agent's but for its settings. */
  private static void box(String name, Path seen) throws Exception {
    Path home = Files.createDirectories(folderOf(name));
    for (String clip : List.of("mast-1.mp4", "mast-2.mp4")) {
      Files.copy(seen, home.resolve(clip));
    }
    Exercise.in(home, pack, listed)
        .opened(
            URI.create("mqtt://127.0.0.1:1"),
            "smallestFacePx: " + GeneratedStreet.SMALLEST_FACE_PX,
            "cameras:",
            "  - {id: mast-1, source: mast-1.mp4, loop: true}",
            "  - {id: mast-2, source: mast-2.mp4, loop: true}");
    Files.writeString(
        units().resolve("sightline-" + name + ".service"),
        Files.readString(REPOSITORY.resolve("systemd/sightline-agent.service"))
            .replace("/etc/sightline/agent.yaml", "/var/lib/sightline/" + name + "/agent.yaml")
            .replace("WatchdogSec=30s", "WatchdogSec=10s"));
  }

  private static void board() throws Exception {
    Path state = root.resolve("var/lib/sightline");
    Officers.readOrNone(state.resolve("users.json"))
        .put("4711", PasswordHash.of("correct horse battery".toCharArray()));
    Files.writeString(
        root.resolve("etc/sightline/board.yaml"),
        """
        name: North
        listen: 127.0.0.1:%d
        keys: credential:controlroom
        data: /var/lib/sightline/board
        users: /var/lib/sightline/users.json
        broker: {uri: mqtt://127.0.0.1:1}
        """
            .formatted(LoopbackPorts.free()));
  }

  private static String unit(String box) {
    return "sightline-" + box + ".service";
  }

  private static void start(String... boxes) throws Exception {
    List<String> command = new ArrayList<>(List.of("systemctl", "start"));
    Stream.of(boxes).map(ServiceIT::unit).forEach(command::add);
    BootedMachine.Ended started = machine.run(command.toArray(String[]::new));
    assertThat(started.code())
        .as(() -> started + "\n" + Stream.of(boxes).map(ServiceIT::logOf).collect(joining("\n")))
        .isZero();
    for (String box : boxes) {
      awaitFrames(box);
    }
  }

  private static void awaitFrames(String box) {
    await()
        .atMost(SOON)
        .untilAsserted(
            () ->
                assertThat(status(box))
                    .as(() -> logOf(box))
                    .matches("(ALARM [^;]*; )?[1-9]\\d* frames processed.*"));
  }

  private static String logOf(String box) {
    try {
      return machine.log(unit(box));
    } catch (Exception e) {
      return "no log: " + e.getMessage();
    }
  }

  private static String status(String box) throws Exception {
    return machine.property(unit(box), "StatusText");
  }

  /** Stops one thread of a process and no other, as a call into the kernel that never returns. */
  private static void freeze(String box, String thread) throws Exception {
    String program =
        """
        import ctypes, os, sys
        pid, name = sys.argv[1:]
        tasks = "/proc/" + pid + "/task/"
        tid = next(int(t) for t in os.listdir(tasks) if open(tasks + t + "/comm").read().strip() == name)
        libc = ctypes.CDLL(None, use_errno=True)
        libc.ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
        seize, interrupt = 0x4206, 0x4207
        if libc.ptrace(seize, tid, None, None) or libc.ptrace(interrupt, tid, None, None):
            sys.exit("not frozen")
        print("frozen", flush=True)
        # A thread that has been killed is gone only when its tracer has looked.
        while True:
            os.waitpid(tid, 0x40000000)
        """;
    Process freezer =
        machine.start("python3", "-c", program, machine.property(unit(box), "MainPID"), thread);
    freezers.add(freezer);
    assertThat(freezer.inputReader().readLine()).isEqualTo("frozen");
  }

  private static void freezeEach() throws Exception {
    start(HANGING.toArray(String[]::new));
    freeze("guard", "capture-guard");
    freeze("analysis", "analysis");
    freeze("relay", "relay");
    freeze("camera", "camera-mast-1");
  }

  /**
   * After the others, because a hang takes its time to be seen. Which thread it was is in no log
   * here: one that is stopped while it computes keeps the whole Java machine from going on.
   */
  @Order(Integer.MAX_VALUE)
  @ParameterizedTest
  @ValueSource(strings = {"guard", "analysis", "relay", "camera"})
  void anAgentWithAThreadThatHangsIsStartedAgain(String box) throws Exception {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(machine.property(unit(box), "NRestarts")).isEqualTo("1"));
    assertThat(machine.log(unit(box))).contains("Watchdog timeout");
    awaitFrames(box);
  }

  @Test
  void anAgentWaitsForADataFolderThatSomebodyElseIsAtWorkOn() throws Exception {
    try (DataFolderLock other =
        DataFolderLock.take(folderOf("waiting").resolve("data"), Duration.ZERO)) {
      assertThat(other).isNotNull();
      machine.run("systemctl", "start", "--no-block", unit("waiting"));
      await().atMost(SOON).until(() -> status("waiting").contains("using this data folder"));
      assertThat(machine.property(unit("waiting"), "ActiveState")).isEqualTo("activating");
    }
    await()
        .atMost(SOON)
        .until(() -> machine.property(unit("waiting"), "ActiveState").equals("active"));
    machine.run("systemctl", "stop", unit("waiting"));
  }

  @Test
  void nothingOfItsMemoryMayBeSwappedOut() throws Exception {
    assertThat(machine.property(unit("waiting"), "MemorySwapMax")).isEqualTo("0");
  }

  @Test
  void aSecretThatTheServiceManagerUnsealsCountsAsSuch() throws Exception {
    Path program = Path.of(SealedSecret.class.getName().replace('.', '/') + ".class");
    Path installed = root.resolve("opt/test").resolve(program);
    Files.createDirectories(installed.getParent());
    Files.copy(Path.of("target/test-classes").resolve(program), installed);
    Files.writeString(root.resolve("etc/secret"), "secret");
    machine.run("systemd-creds", "encrypt", "--name=key", "/etc/secret", "/var/key.cred");
    BootedMachine.Ended service =
        machine.run(
            "systemd-run",
            "--quiet",
            "--pipe",
            "--wait",
            "--uid=sightline",
            "-p",
            "LoadCredentialEncrypted=key:/var/key.cred",
            "java",
            "-cp",
            "/opt/test:/opt/sightline/lib/*",
            SealedSecret.class.getName(),
            "key");

    assertThat(service.out().strip()).isEqualTo("true");
  }

  @Test
  void aBoardWithSealedKeysIsReadyComesBackWhenItIsKilledAndEndsInTenSeconds() throws Exception {
    ControlRoomKeys.generate().writeTo(root.resolve("var/room.keys"));
    machine.run(
        "systemd-creds",
        "encrypt",
        "--with-key=host",
        "--name=controlroom",
        "/var/room.keys",
        "/var/room.cred");
    Files.copy(root.resolve("var/room.cred"), root.resolve("etc/sightline/controlroom.cred"));
    Path dropIn = Files.createDirectories(units().resolve(unit("board") + ".d"));
    Files.writeString(dropIn.resolve("stop.conf"), "[Service]\nTimeoutStopSec=10s\n");
    machine.run("systemctl", "daemon-reload");

    BootedMachine.Ended started = machine.run("systemctl", "start", unit("board"));

    assertThat(started.code()).as(() -> started + "\n" + logOf("board")).isZero();
    machine.run("systemctl", "kill", "--signal=KILL", unit("board"));
    await()
        .atMost(SOON)
        .untilAsserted(
            () -> {
              assertThat(machine.property(unit("board"), "NRestarts")).isEqualTo("1");
              assertThat(machine.property(unit("board"), "ActiveState")).isEqualTo("active");
            });
    machine.run("systemctl", "stop", unit("board"));
    assertThat(machine.property(unit("board"), "Result")).isEqualTo("success");
  }

  /**
   * An intruder in the service puts a link in the place of each folder that is made for what an
   * administrator brings, before every program that looks there.
   */
  @Test
  void anAdministratorWhoBringsADeploymentWritesNothingThroughALinkOfTheService() throws Exception {
    Path var = root.resolve("var");
    Files.writeString(
        Files.createDirectories(var.resolve("stick")).resolve("authorisation.json"), "{}");
    Path target = Files.createDirectories(var.resolve("of-root"));
    Path swap =
        Files.writeString(
            Files.createDirectories(var.resolve("swap")).resolve("swap"),
            """
            #!/bin/sh
            for made in /var/lib/sightline/.brought.*; do
              [ -L "$made" ] || setpriv --reuid=sightline --regid=sightline --clear-groups \
                sh -c 'mv "$1" "$1.away" && ln -s /var/of-root "$1"' sh "$made"
            done
            exec "/usr/bin/${0##*/}" "$@"
            """);
    assertThat(swap.toFile().setExecutable(true)).isTrue();
    for (String program : List.of("chown", "find", "install", "dd", "cat", "rm")) {
      Files.createSymbolicLink(swap.resolveSibling(program), Path.of("swap"));
    }

    BootedMachine.Ended typed =
        machine.run(
            "env",
            "PATH=/var/swap:/usr/local/bin:/usr/sbin:/usr/bin",
            "sightline-on-device",
            "deployment",
            "open",
            "--from",
            "/var/stick",
            "--by",
            "7",
            "--config",
            "/var/lib/sightline/waiting/agent.yaml");

    try (Stream<Path> linked = Files.list(var.resolve("lib/sightline"))) {
      assertThat(linked.filter(Files::isSymbolicLink)).as(typed::toString).isNotEmpty();
    }
    assertThat(target).isEmptyDirectory();
    assertThat(Files.getOwner(target).getName()).isEqualTo("root");
  }

  /** A figure of systemd's own, ten times; what it finds open stands in docs/hardening.md. */
  @ParameterizedTest
  @CsvSource({"agent, 18", "board, 17", "tidy, 17"})
  void aServiceIsExposedNoMoreThanItNeeds(String service, int most) throws Exception {
    BootedMachine.Ended looked =
        machine.run("systemd-analyze", "security", "--threshold=" + most, unit(service));

    assertThat(looked.code()).as(looked.out()).isZero();
  }

  @Test
  void nothingButVarCanBeWrittenThere() throws Exception {
    assertThat(machine.run("touch", "/opt/sightline/written").code()).isNotZero();
    assertThat(machine.run("touch", "/var/lib/written").code()).isZero();
  }

  @Test
  void anAgentOutlivesAFaceAFrameAndACameraThatThrow() throws Exception {
    int debuggerPort = LoopbackPorts.free();
    Path dropIn = Files.createDirectories(units().resolve(unit("throwing") + ".d"));
    try (Stream<String> lines = Files.lines(units().resolve(unit("throwing")))) {
      String settings =
          lines
              .filter(line -> line.startsWith("ExecStart="))
              .map(line -> line.replaceFirst(".* run ", "run "))
              .findFirst()
              .orElseThrow();
      // Past the launcher, which lets no debugger in.
      Files.writeString(
          dropIn.resolve("debugger.conf"),
          """
          [Service]
          ExecStart=
          ExecStart=/usr/bin/env java -agentlib:jdwp=transport=dt_socket,server=y,suspend=n,address=127.0.0.1:%d \
          -Xmx512m -Djava.io.tmpdir=/var/cache/sightline -Donnxruntime.native.path=/opt/sightline/native \
          -Dorg.sqlite.lib.path=/opt/sightline/native -Dorg.sqlite.lib.name=libsqlitejdbc.so -cp /opt/sightline/lib/* org.sightline.edge.cli.Sightline %s
          """
              .formatted(debuggerPort, settings));
    }
    machine.run("systemctl", "daemon-reload");
    start("throwing");

    try (Debugger debugger = Debugger.attach(debuggerPort)) {
      debugger.takeAway("org.sightline.edge.pipeline.CameraAnalysis", "consider", "sighting");
      debugger.takeAway("org.sightline.edge.pipeline.CameraAnalysis", "look", "searched");
      debugger.takeAway("org.sightline.edge.capture.ffmpeg.FileSource", "moment", "open");
    }

    await()
        .atMost(SOON)
        .until(
            () ->
                status("throwing")
                    .contains("unexpected errors cost 1 faces, 1 frames, 1 camera connections"));
    String then = status("throwing");
    await().atMost(SOON).until(() -> frames(status("throwing")) > frames(then) + 50);
    assertThat(machine.property(unit("throwing"), "NRestarts")).isEqualTo("0");
    machine.run("systemctl", "stop", unit("throwing"));
  }

  private static long frames(String status) {
    return Long.parseLong(status.replaceFirst("^.*?(\\d+) frames processed.*", "$1"));
  }
}
