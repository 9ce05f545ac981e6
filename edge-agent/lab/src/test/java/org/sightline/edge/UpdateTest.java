package org.sightline.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code sightline-update} below a folder, with releases of a few bytes and a service manager that
 * only runs what it is given. {@code scripts/try-update} tries the same with real ones in a system
 * that is really booted.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class UpdateTest {
  private static final Path REPOSITORY = Path.of("../..").toAbsolutePath().normalize();
  private static final Path GOLDEN = Path.of("src/test/resources/golden-updates").toAbsolutePath();
  private static final String NOTHING_WAITS = said("[ ]", "0", "[ ]");

  /** Units that run are the lines of the file "active". */
  private static final String MANAGER =
      """
      #!/bin/bash
      unit=${!#}
      case $1 in
        show) if grep -qsx "$unit" "$ROOT/active"; then echo active; else echo inactive; fi ;;
        stop) sed -i "/^$unit$/d" "$ROOT/active" ;;
        start) echo "$unit" >>"$ROOT/active" ;;
      esac
      """;

  /** A program whose trials end as the file "outcome" beside it says, in the words of a shell. */
  private static final String PROGRAM =
      """
      #!/bin/bash
      home=$(dirname "$(dirname "$(readlink -f "$0")")")
      case $1 in
        --version) echo "sightline $(sed -n 's/^version //p' "$home/share/release")" ;;
        deployment) . "$ROOT/asked" ;;
        trial) . "$home/share/outcome" ;;
      esac
      """;

  /** How the tests of a folder make a release and sign it: version, floor, outcome, key. */
  private static final String MAKE =
      """
      set -euo pipefail
      umask 022
      version=$1 floor=$2 outcome=$3 key=$4 arch=${5:-} role=${6:-van} data=${7:-22}
      [[ $arch ]] || { [[ $(uname -m) == aarch64 ]] && arch=arm64 || arch=amd64; }
      rm -rf tree && mkdir -p tree/sightline/{bin,share/systemd,share/system/{bin,sysusers.d,tmpfiles.d,systemd/system}}
      cp program tree/sightline/bin/sightline
      cp sightline-update tree/sightline/share/system/bin
      touch tree/sightline/share/{systemd/agent.yaml,system/sysusers.d/sightline.conf,system/tmpfiles.d/sightline.conf}
      cp sightline-on-device tree/sightline/share/system/bin
      printf '# %s\\n[Service]\\nExecStart=/bin/true\\n[Install]\\nWantedBy=multi-user.target\\n' "$version" \\
        >tree/sightline/share/system/systemd/system/sightline-agent.service
      [[ $version != 0.2.0 ]] || touch tree/sightline/share/system/systemd/system/sightline-tidy.timer
      printf 'sightline-release/1\\nrole %s\\nversion %s\\ndata %s\\n' "$role" "$version" "$data" >tree/sightline/share/release
      printf '%s\\n' "$outcome" >tree/sightline/share/outcome
      ln -s release tree/sightline/share/link
      tar -C tree -czf "$version.tar.gz" sightline
      (
        printf 'sightline-update/1\\nrole %s\\narch %s\\nversion %s\\nfloor %s\\n' "$role" "$arch" "$version" "$floor"
        echo "tarball $(sha256sum <"$version.tar.gz" | cut -d ' ' -f 1) $version.tar.gz"
        cd tree/sightline
        find . -type f -printf '%P\\0' | xargs -0 sha256sum | sed 's/^/file /'
        find . -type l -printf 'link %l %P\\n'
      ) >"$version.manifest"
      openssl pkeyutl -sign -rawin -inkey "$key" -in "$version.manifest" -out "$version.manifest.sig"
      """;

  private static final String AGENT = "sightline-agent.service";

  @TempDir private static Path folder;

  private Path root;

  private record Ended(int code, String said) {}

  @BeforeAll
  static void makeKeysAndPrograms() throws Exception {
    for (String key : List.of("maker", "next", "stranger")) {
      shell("openssl genpkey -algorithm ed25519 -out " + key + ".key");
      shell("openssl pkey -in " + key + ".key -pubout -out " + key + ".pem");
    }
    executable(folder.resolve("program"), PROGRAM);
    Files.writeString(folder.resolve("make"), MAKE);
    String script = Files.readString(REPOSITORY.resolve("scripts/sightline-update"));
    for (String part : List.of("list-guard", "destroy")) {
      String text = Files.readString(REPOSITORY.resolve("scripts/debian").resolve(part));
      script =
          script.replace(
              "@" + part.toUpperCase(Locale.ROOT).replace('-', '_') + "@",
              text.replace("@PACKAGE@", "sightline-update"));
    }
    executable(folder.resolve("sightline-update"), script);
    executable(folder.resolve("sightline-on-device"), "#!/bin/sh\n");
    Path stubs = Files.createDirectories(folder.resolve("stubs"));
    executable(
        stubs.resolve("systemd-run"),
        "#!/bin/bash\nwhile [[ $1 != -- ]]; do shift; done; shift; exec \"$@\"\n");
    executable(stubs.resolve("systemctl"), MANAGER);
    for (String nothing : List.of("systemd-sysusers", "systemd-tmpfiles", "sync")) {
      executable(stubs.resolve(nothing), "#!/bin/sh\nexit 0\n");
    }
    release("0.2.0", "0.0.0", "true");
    release("0.2.1", "0.0.0", "true");
    Path first = Files.createDirectories(folder.resolve("first"));
    Files.createDirectories(first.resolve("run/systemd/system"));
    Path keys = Files.createDirectories(first.resolve("etc/sightline/release-keys"));
    Files.copy(folder.resolve("maker.pem"), keys.resolve("maker.pem"));
    Files.writeString(first.resolve("asked"), NOTHING_WAITS);
    Files.writeString(first.resolve("active"), AGENT + "\n");
    assertThat(updateBelow(first, "install", folder + "/0.2.0.manifest").code()).isZero();
    Files.writeString(first.resolve("etc/sightline/agent.yaml"), "van: van-7\n");
  }

  @BeforeEach
  void aBoxWithAFirstRelease() throws Exception {
    root = Files.createTempDirectory(folder, "root");
    shell("cp -a first/. " + root);
  }

  @Test
  void theFirstReleaseIsPutInPlaceWithWhatTheSystemLooksFor() {
    assertThat(root.resolve("opt/sightline/share/release")).content().contains("version 0.2.0");
    assertThat(root.resolve("usr/local/bin/sightline")).isSymbolicLink();
    assertThat(root.resolve("etc/sysusers.d/sightline.conf")).isSymbolicLink();
    assertThat(root.resolve("etc/tmpfiles.d/sightline.conf")).isSymbolicLink();
    assertUnitsOf("0.2.0", true);
    assertThat(root.resolve("usr/local/sbin/sightline-update")).isRegularFile().isExecutable();
  }

  @Test
  void aNewReleaseTakesThePlaceOfTheOneBeforeWhichIsKept() throws Exception {
    Ended installed = install("0.2.1");

    assertThat(installed.said()).contains("0.2.1 is current, 0.2.0 is kept as the previous one");
    assertThat(names("current", "previous", "new", "broken")).containsExactly("0.2.1", "0.2.0");
    assertThat(update("verify").said()).contains("each file of 0.2.1 is as it was signed");
    assertThat(update("back").said()).contains("0.2.0 is current");
    assertThat(names("current", "previous")).containsExactly("0.2.0", "0.2.1");
  }

  /** A unit that is a link is taken away by systemctl when it is disabled. */
  @Test
  void theUnitsAreThoseOfTheCurrentVersionAndWhatTheSiteAddedStays() throws Exception {
    Path site = root.resolve("etc/systemd/system/sightline-.service.d/network.conf");
    Files.writeString(site, "[Service]\n");

    install("0.2.1");
    assertUnitsOf("0.2.1", false);
    update("back");
    assertUnitsOf("0.2.0", true);
    release("0.2.2", "0.2.2", "[[ $5 == 0 ]] || exit 1");
    install("0.2.2");

    assertUnitsOf("0.2.0", true);
    assertThat(site).exists();
  }

  private void assertUnitsOf(String version, boolean timer) {
    Path units = root.resolve("etc/systemd/system");
    assertThat(units.resolve("sightline-agent.service"))
        .isRegularFile()
        .content()
        .startsWith("# " + version + "\n");
    assertThat(Files.isRegularFile(units.resolve("sightline-tidy.timer"))).isEqualTo(timer);
  }

  @Test
  void aReleaseThatDoesNotDoItsWorkIsNotPutInPlace() throws Exception {
    release("0.2.2", "0.2.2", "echo 'the settings do not fit'; exit 1");

    Ended refused = install("0.2.2");

    assertThat(refused.code()).isOne();
    assertThat(refused.said()).contains("the settings do not fit", "0.2.0 goes on");
    assertThat(names("current", "broken")).containsExactly("0.2.0", "0.2.2");
    assertThat(update("status").said()).contains("floor     0.0.0");
  }

  @Test
  void aReleaseThatFailsOnceInPlaceGivesWayToTheOneBefore() throws Exception {
    release("0.2.2", "0.2.2", "[[ $5 == 0 ]] || exit 1");

    Ended returned = install("0.2.2");

    assertThat(returned.code()).isOne();
    assertThat(returned.said()).contains("0.2.2 is broken", "0.2.0 is current again");
    assertThat(names("current", "broken")).containsExactly("0.2.0", "0.2.2");
    assertThat(update("status").said()).contains("floor     0.0.0");
    assertThat(install("0.2.1").code()).isZero();
  }

  @Test
  void aReleaseWhoseTrialIsCutOffIsTriedAgainAtTheNextStart() throws Exception {
    release("0.2.2", "0.2.2", cutOff(1));

    assertThat(install("0.2.2").code()).isEqualTo(137);
    assertThat(install("0.2.1").said()).contains("an update is being tried");

    assertThat(update("resume").said()).contains("0.2.2 is current");
    assertThat(update("status").said()).contains("floor     0.2.2");
    assertThat(update("back").said()).contains("0.2.0 is below the version floor 0.2.2");
  }

  @Test
  void aReleaseThatIsCutOffAtEachTrialGivesWayToTheOneBefore() throws Exception {
    release("0.2.2", "0.2.2", cutOff(9));

    assertThat(install("0.2.2").code()).isEqualTo(137);
    assertThat(update("resume").code()).isEqualTo(137);
    assertThat(update("resume").code()).isEqualTo(137);

    assertThat(update("resume").said()).contains("0.2.0 is current again");
    assertThat(names("current", "broken", "new")).containsExactly("0.2.0", "0.2.2");
  }

  /** Ends sightline-update in the first trials after the switch, as a power cut does. */
  private String cutOff(int times) {
    return "[[ $5 == 0 ]] || { echo >>%1$s/cuts; (($(wc -l <%1$s/cuts) > %2$d)) || kill -9 $PPID; }"
        .formatted(root, times);
  }

  /** Every rename is a step; whichever is the last, a whole version is in place afterwards. */
  @Test
  void atWhicheverRenameThePowerIsCutAWholeVersionIsInPlaceAndTheUpdateCanBeDoneAgain()
      throws Exception {
    Path stub = folder.resolve("stubs/mv");
    int step = 1;
    while (true) {
      aBoxWithAFirstRelease();
      cutAtRename(stub, step);
      Ended installed = install("0.2.1");
      Files.delete(stub);
      if (installed.code() == 0) {
        break;
      }
      assertThat(update("resume").code()).as("step %d", step).isZero();
      assertThat(root.resolve("var/lib/sightline-update/trial")).doesNotExist();
      if (names("current").equals(List.of("0.2.0"))) {
        assertThat(update("verify").code()).as("step %d", step).isZero();
        assertThat(install("0.2.1").said()).as("step %d", step).contains("0.2.1 is current");
      }
      assertThat(update("verify").code()).as("step %d", step).isZero();
      assertThat(names("current", "previous")).containsExactly("0.2.1", "0.2.0");
      assertUnitsOf("0.2.1", false);
      step++;
    }
    assertThat(step).isGreaterThan(10);
  }

  @Test
  void atWhicheverRenameTheFirstInstallationIsCutOffItIsGoneOnWithOrDoneAgain() throws Exception {
    Path stub = folder.resolve("stubs/mv");
    int step = 1;
    while (true) {
      root = Files.createTempDirectory(folder, "new");
      shell("cp -a --parents first/etc/sightline/release-keys first/run first/asked " + root);
      root = root.resolve("first");
      cutAtRename(stub, step);
      Ended installed = install("0.2.1");
      Files.delete(stub);
      if (installed.code() == 0) {
        break;
      }
      update("resume");
      if (names("current").isEmpty()) {
        install("0.2.1");
      }
      assertThat(update("verify").said()).as("step %d", step).contains("as it was signed");
      assertUnitsOf("0.2.1", false);
      step++;
    }
    assertThat(step).isGreaterThan(5);
  }

  private void cutAtRename(Path stub, int step) throws IOException {
    executable(
        stub,
        """
        #!/bin/bash
        echo >>%1$s/steps
        (($(wc -l <%1$s/steps) != %2$d)) || kill -9 $PPID
        exec /bin/mv "$@"
        """
            .formatted(root, step));
  }

  @ParameterizedTest
  @CsvSource({
    "0.1.9, is not newer than 0.2.0",
    "0.2.0~rc1, is not newer than 0.2.0",
    "0.2.0, is not newer than 0.2.0"
  })
  void whatIsNotNewerIsRefused(String version, String why) throws Exception {
    release(version, "0.0.0", "true");

    assertRefused(version, why);
  }

  @Test
  void whatIsBelowTheFloorIsRefusedAlsoOnceTheProgramWasRemoved() throws Exception {
    release("0.3.0", "0.3.0", "true");
    install("0.3.0");
    assertThat(update("remove").code()).isZero();

    assertRefused("0.2.1", "0.2.1 is below the version floor 0.3.0");

    release("0.3.1", "0.0.0", "true");
    assertThat(install("0.3.1").said()).contains("0.3.1 is installed");
    assertThat(update("status").said()).contains("floor     0.3.0");
  }

  @Test
  void aFloorThatCannotBeReadIsNoneThatIsKept() throws Exception {
    Files.writeString(root.resolve("var/lib/sightline-update/floor"), "");

    assertThat(install("0.2.1").said()).contains("the version floor cannot be read");
    assertThat(names("current")).containsExactly("0.2.0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.2.08", "0.02.1", "00.3.0", "0.3", "0.3.0.1", "0.3.0~", "0.3.0-1"})
  void aVersionThatIsNotWrittenInTheOneWayIsRefused(String version) throws Exception {
    release(version, "0.0.0", "true");

    assertRefused(version, "not a version: " + version);
  }

  @Test
  void versionsAreComparedByTheirNumbers() throws Exception {
    release("0.10.0", "0.0.0", "true");
    assertThat(install("0.10.0").said()).contains("0.10.0 is current");
    release("0.9.9", "0.0.0", "true");

    assertRefused("0.9.9", "is not newer than 0.10.0");
  }

  @ParameterizedTest
  @CsvSource({
    "echo x >>0.2.1.manifest, no key that counts here has signed this",
    "head -c 3 0.2.1.manifest.sig >s; mv s 0.2.1.manifest.sig, no key that counts here has signed",
    "rm 0.2.1.manifest.sig, there is no signature beside it",
    "echo x >>0.2.1.tar.gz, the tarball is not what was signed",
    "head -c 99 0.2.1.tar.gz >s; mv s 0.2.1.tar.gz, the tarball is not what was signed"
  })
  void whatWasAlteredOrCutShortIsRefused(String alteration, String why) throws Exception {
    shell(alteration);
    try {
      assertRefused("0.2.1", why);
    } finally {
      release("0.2.1", "0.0.0", "true");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "stranger, '', van, no key that counts here has signed this",
    "maker, riscv64, van, the release is for riscv64",
    "maker, '', lab, 'the release is of the role lab, and this is van'"
  })
  void whatIsNotForThisBoxIsRefused(String key, String arch, String role, String why)
      throws Exception {
    release("0.2.3", "0.0.0", "true", key, arch, role);

    assertRefused("0.2.3", why);
  }

  @Test
  void overAReleaseOfItsOwnNeitherTheInstallerNorAPackagePutsAnother() throws Exception {
    List<String> before = left();
    String preinst = Files.readString(REPOSITORY.resolve("scripts/debian/preinst"));
    Path script =
        Files.writeString(
            folder.resolve("preinst"), preinst.replace("/opt/sightline", root + "/opt/sightline"));

    Ended installer =
        run(REPOSITORY.resolve("scripts/install").toString(), "--root", root.toString());
    Ended packaged = run("sh", script.toString(), "install");

    for (Ended refused : List.of(installer, packaged)) {
      assertThat(refused.code()).isNotZero();
      assertThat(refused.said()).contains("sudo sightline-update remove").hasLineCount(1);
    }
    assertThat(left()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({
    "0.2.0 --floor 0.3.0, the floor is above the version itself: 0.3.0",
    "0.2.0 --floor 0.1.08, the floor is not a version: 0.1.08",
    "0.02.0, not the tag of a version: 0.02.0",
    "0.2.0 --key program, not an Ed25519 private key"
  })
  void whatNoBoxWouldTakeIsNotReleased(String arguments, String why) throws Exception {
    Ended refused = run("bash", "-c", REPOSITORY.resolve("scripts/release") + " " + arguments);

    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.said()).contains(why).hasLineCount(1);
  }

  @ParameterizedTest
  @MethodSource("answersThatStandAgainstAnUpdate")
  void whatTheProgramSaysOrDoesNotSayStandsAgainstAnUpdate(String answer, String why)
      throws Exception {
    Files.writeString(root.resolve("asked"), answer);

    assertRefused("0.2.1", why);
  }

  private static Stream<Arguments> answersThatStandAgainstAnUpdate() {
    String unknown = "does not say whether a deployment is here or alerts wait";
    return Stream.of(
        Arguments.of(said("[ ]", "3", "[ ]"), "alerts wait for the broker"),
        Arguments.of(said("[ ]", "0", deployment("open")), "a deployment is here"),
        Arguments.of(said("[ ]", "0", deployment("paused")), "a deployment is here"),
        Arguments.of(
            said("[ \"destruction-failed\" ]", "0", deployment("alarm")) + "exit 1",
            "a list that could not be destroyed"),
        Arguments.of(said("[ ]", "0", "[ ]") + "echo 'no room' >&2; exit 75", "75: no room"),
        Arguments.of("echo '{\"alertsWaiting\" : 0}'", unknown),
        Arguments.of("exit 1", unknown),
        Arguments.of("exit 0", unknown));
  }

  @Test
  void aDeploymentThatIsOverStandsAgainstNothing() throws Exception {
    Files.writeString(root.resolve("asked"), said("[ ]", "0", deployment("destroyed")));

    assertThat(install("0.2.1").said()).contains("0.2.1 is current");
  }

  @ParameterizedTest
  @ValueSource(strings = {"data/lists/a.list", "inbox/a.bundle"})
  void aListOnTheBoxStandsAgainstAnUpdate(String file) throws Exception {
    Path list = root.resolve("var/lib/sightline").resolve(file);
    Files.createDirectories(list.getParent());
    Files.writeString(list, "sealed");

    assertRefused("0.2.1", "the list of a deployment is on this machine");
  }

  /** The first time it is asked there is none, and the second time there is. */
  @ParameterizedTest
  @ValueSource(strings = {"install", "back", "remove"})
  void aDeploymentThatWasOpenedMeanwhileIsSeenOnceNothingRuns(String command) throws Exception {
    install("0.2.1");
    Files.writeString(
        root.resolve("asked"),
        """
        if [[ -e $ROOT/var/lib/sightline-update/trial ]]; then
          [[ ! -s $ROOT/active ]] || echo 'something still runs'
        %s
        else
        %s
        fi
        """
            .formatted(said("[ ]", "0", deployment("open")), NOTHING_WAITS));
    release("0.2.2", "0.0.0", "true");

    Ended refused = command.equals("install") ? install("0.2.2") : update(command);

    assertThat(refused.code()).isOne();
    assertThat(refused.said()).contains("a deployment is here");
    assertThat(names("current", "previous")).containsExactly("0.2.1", "0.2.0");
    assertGoesOn();
  }

  @Test
  void aCommandThatIsAtWorkOnTheBoxIsWaitedForAndNoneBeginsMeanwhile() throws Exception {
    Path atWork = root.resolve("opt/sightline/share/system/bin/sightline-on-device");
    Files.writeString(
        folder.resolve("stubs/flock"),
        """
        #!/bin/bash
        [[ $1 != --timeout ]] || { cat "$ROOT/var/lib/sightline-update/trial" >"$ROOT/marked"; set -- --nonblock "$3"; }
        exec /usr/bin/flock "$@"
        """);
    shell("chmod +x stubs/flock");
    Ended refused;
    try {
      refused =
          updateWith(
              root,
              "exec 9<" + atWork + "; flock --shared 9;",
              "install",
              folder + "/0.2.1.manifest");
    } finally {
      Files.delete(folder.resolve("stubs/flock"));
    }

    assertThat(refused.said()).contains("a command of sightline-on-device is at work");
    assertThat(root.resolve("marked")).content().contains("to 0.2.1");
    assertThat(names("current")).containsExactly("0.2.0");
    assertGoesOn();
  }

  /** Nothing is left of an update, and what ran before runs. */
  private void assertGoesOn() {
    assertThat(root.resolve("active")).hasContent(AGENT);
    assertThat(root.resolve("var/lib/sightline-update/trial")).doesNotExist();
    assertThat(root.resolve("var/lib/sightline-update/running")).doesNotExist();
  }

  /** As when a terminal is closed: signals, and nobody who reads what is said. */
  @ParameterizedTest
  @ValueSource(strings = {"true", "[[ $5 == 0 ]] || exit 1"})
  void anUpdateWhoseCallerHangsUpIsBroughtToItsEnd(String outcome) throws Exception {
    release("0.2.2", "0.0.0", "for each in HUP INT TERM; do kill -$each $PPID; done\n" + outcome);

    shell(
        "ROOT=%1$s PATH=%2$s/stubs:$PATH ./sightline-update --root %1$s install 0.2.2.manifest 2>&1 | true"
            .formatted(root, folder));
    assertThat(names("current")).containsExactly(outcome.equals("true") ? "0.2.2" : "0.2.0");
    assertGoesOn();
  }

  @Test
  void whatCannotBeWrittenInTheMiddleLeavesAWholeVersionThatRuns() throws Exception {
    Path stub = folder.resolve("stubs/install");
    executable(stub, "#!/bin/sh\necho 'No space left on device' >&2\nexit 1\n");
    Ended installed;
    try {
      installed = install("0.2.1");
    } finally {
      Files.delete(stub);
    }

    assertThat(installed.code()).isOne();
    assertThat(root.resolve("active")).hasContent(AGENT);
    assertThat(update("resume").said()).contains("0.2.1 is current");
    assertGoesOn();
  }

  @Test
  void aDiskThatCanOnlyBeReadIsNamedAndWhatIsCurrentStays() throws Exception {
    release("0.2.2", "0.0.0", cutOff(1));
    install("0.2.2");
    String readOnly =
        "unshare --mount%s bash -c 'mount --bind -o ro %s %2$s && exec \"$0\" \"$@\"'"
            .formatted(
                System.getProperty("user.name").equals("root") ? "" : " --map-root-user",
                root.resolve("var"));
    assumeTrue(run("bash", "-c", readOnly + " true").code() == 0, "mounts are not permitted here");

    Ended resumed = updateWith(root, readOnly, "resume");

    assertThat(resumed.code()).isEqualTo(2);
    assertThat(resumed.said())
        .contains("from 0.2.0 to 0.2.2 tries 1; 0.2.2 stays current", "can only be read");
    assertThat(updateWith(root, readOnly, "status").said()).contains("trial     from 0.2.0");
    assertThat(updateWith(root, readOnly, "verify").said()).contains("is as it was signed");
    assertThat(update("resume").said()).contains("0.2.2 is current");
  }

  /** Asked once it is so before the copy, and twice before it is unpacked. */
  @ParameterizedTest
  @CsvSource({"1000, 1", "67130000, 2"})
  void aReleaseThatLeavesNoRoomIsRefusedBeforeItIsCopiedOrUnpacked(long free, int asked)
      throws Exception {
    release("0.2.2", "0.0.0", "true #" + "x".repeat(100_000));
    Path stub = folder.resolve("stubs/df");
    executable(stub, "#!/bin/sh\necho >>$ROOT/df\necho Avail\necho " + free + "\n");
    try {
      assertThat(install("0.2.2").said()).contains("there is no room for the release");
    } finally {
      Files.delete(stub);
    }
    assertThat(root.resolve("df")).content().hasLineCount(asked);
    assertThat(names("current")).containsExactly("0.2.0");
  }

  @Test
  void aProgramThatSomethingElsePutThereIsLeftAlone() throws Exception {
    shell("rm " + root + "/opt/sightline && mkdir -p " + root + "/opt/sightline/lib");
    List<String> before = left();

    assertThat(install("0.2.1").said()).contains("remove it first");

    assertThat(left()).isEqualTo(before);
  }

  @Test
  void aKeyIsRolledOverAndTheOldOneRevokedByOneStatement() throws Exception {
    release("0.2.4", "0.0.0", "true", "next", "", "van");
    assertRefused("0.2.4", "no key that counts here has signed this");
    String added = added("next");

    Ended changed = statement("maker", 1, added + "\nrevoke " + fingerprint("maker"));

    assertThat(changed.said()).contains("statement 1 is applied: 1 keys count");
    assertRefused("0.2.1", "no key that counts here has signed this");
    assertThat(install("0.2.4").said()).contains("0.2.4 is current");
    assertThat(statement("maker", 2, added("maker")).said()).contains("no key that counts");
    assertThat(statement("next", 2, added("maker")).said()).contains("1 keys count");
  }

  @Test
  void aKeyStatementThatWasAppliedOrLeavesNoKeyIsRefused() throws Exception {
    assertThat(statement("maker", 1, "revoke " + fingerprint("maker")).said())
        .contains("no key would be left that counts");
    assertThat(statement("maker", 2, added("next")).code()).isZero();
    assertThat(statement("maker", 2, "revoke " + fingerprint("next")).said())
        .contains("statement 2 is not newer than 2");
    assertThat(statement("stranger", 3, added("stranger")).said()).contains("no key that counts");
    assertThat(statement("maker", 3, "grant everything").said()).contains("does not know: grant");
  }

  @Test
  void theLastLineOfAStatementCountsAlsoWithoutItsEnd() throws Exception {
    String lines = added("next") + "\nrevoke " + fingerprint("maker");

    signed("keys", "maker", "sightline-release-keys/1\nnumber 1\n" + lines);

    assertRefused("0.2.1", "no key that counts here has signed this");
  }

  @ParameterizedTest
  @CsvSource({
    "openssl genpkey -algorithm rsa -out o.key && openssl pkey -in o.key -pubout",
    "cat maker.key",
    "echo nothing"
  })
  void whatIsNoEd25519PublicKeyCountsAsNone(String made) throws Exception {
    shell(made + " >" + root + "/etc/sightline/release-keys/odd.pem 2>/dev/null");

    assertThat(update("status").said())
        .contains("passed    odd.pem (no Ed25519 public key in PEM)")
        .containsOnlyOnce("key       ");
    assertThat(statement("maker", 1, "revoke " + fingerprint("maker")).said())
        .contains("no key would be left that counts");
  }

  @Test
  void aStatementAddsNoKeyOfAnotherKind() throws Exception {
    shell("openssl genpkey -algorithm rsa -out rsa.key 2>/dev/null");

    assertThat(statement("maker", 1, added("rsa")).said()).contains("is not one of Ed25519");
  }

  @Test
  void aFingerprintThatIsNotWrittenInTheOneWayIsRefused() throws Exception {
    String upper = fingerprint("maker").toUpperCase(Locale.ROOT);
    assertThat(statement("maker", 1, "revoke " + upper).said())
        .contains("not the fingerprint of a key");
    Files.writeString(root.resolve("etc/sightline/release-keys/revoked"), upper);

    assertThat(install("0.2.1").said()).contains("not the fingerprint of a key");
    assertThat(names("current")).containsExactly("0.2.0");
  }

  @Test
  void aBaselineIsTakenForTheReleaseThatItNames() throws Exception {
    assertThat(baseline("maker", root.resolve("opt/sightline/share/release")).said())
        .contains("0.2.0 has passed its field test: 4 scenarios of before-release");
    assertThat(root.resolve("opt/sightline-versions/0.2.0/share/baseline")).exists();
    assertThat(update("verify").code()).isZero();
    assertThat(update("status").said()).contains("current   0.2.0, field-tested");

    install("0.2.1");

    assertThat(update("status").said()).contains("current   0.2.1\n");
    assertThat(baseline("maker", root.resolve("opt/sightline-versions/0.2.0/share/release")).said())
        .contains("it is the baseline of another release");
    assertThat(baseline("stranger", root.resolve("opt/sightline/share/release")).said())
        .contains("no key that counts");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "echo x >>bin/sightline",
        "touch bin/another",
        "ln -sfn outcome share/link",
        "chmod u+s bin/sightline",
        "chmod o+w share",
        "chmod -x bin/sightline",
        "touch classes.jsa"
      })
  void anAlteredFileOfTheCurrentVersionIsFound(String alteration) throws Exception {
    shell("cd " + root + "/opt/sightline/ && " + alteration);

    Ended verified = update("verify");

    assertThat(verified.code()).isOne();
    assertThat(verified.said()).contains("0.2.0 is not as it was signed");
  }

  @ParameterizedTest
  @CsvSource({
    "echo >>etc/systemd/system/sightline-agent.service, a unit is not that of 0.2.0",
    "echo >>opt/sightline/share/baseline, no key that counts here has signed this",
    "rm opt/sightline/share/baseline.sig, there is no signature beside it",
    "'cp %s/0.2.1.manifest opt/sightline-versions/0.2.0.manifest; cp %<s/0.2.1.manifest.sig"
        + " opt/sightline-versions/0.2.0.manifest.sig', the manifest of 0.2.0 is that of 0.2.1"
  })
  void whatBelongsToTheCurrentVersionIsVerifiedToo(String alteration, String why) throws Exception {
    baseline("maker", root.resolve("opt/sightline/share/release"));
    assertThat(update("verify").code()).isZero();

    shell("cd " + root + " && " + alteration.formatted(folder));

    assertThat(update("verify"))
        .satisfies(verified -> assertThat(verified.code()).isOne())
        .satisfies(verified -> assertThat(verified.said()).contains(why));
  }

  @Test
  void thereIsNoWayBackToWhatARevokedKeySignedOrWhatWasAltered() throws Exception {
    install("0.2.1");
    shell("echo x >>" + root + "/opt/sightline-versions/0.2.0/bin/sightline");
    assertThat(update("back").said()).contains("0.2.0 is not as it was signed");
    statement("maker", 1, added("next") + "\nrevoke " + fingerprint("maker"));

    assertThat(update("back").said()).contains("no key that counts here has signed this");

    assertThat(names("current", "previous")).containsExactly("0.2.1", "0.2.0");
  }

  /** Below the folder of an image nothing runs; the units are enabled and disabled there. */
  @Test
  void theUnitsOfAnImageCanBeEnabledAndTheUpdateIsGoneOnWithAtItsStart() throws Exception {
    Path image = Files.createTempDirectory(folder, "image");
    shell("cp -a --parents first/etc/sightline/release-keys " + image);
    image = image.resolve("first");
    assertThat(updateBelow(image, "install", folder + "/0.2.1.manifest").said())
        .contains("0.2.1 is installed");
    String systemctl = "/usr/bin/systemctl --root=" + image + " ";

    shell(systemctl + "enable --quiet " + AGENT);
    assertThat(run("bash", "-c", systemctl + "is-enabled " + AGENT).said()).isEqualTo("enabled\n");
    shell(systemctl + "disable --quiet " + AGENT);

    assertThat(run("bash", "-c", systemctl + "is-enabled " + AGENT).said()).isEqualTo("disabled\n");
    assertThat(run("bash", "-c", systemctl + "is-enabled update-sightline.service").said())
        .isEqualTo("enabled\n");
  }

  @Test
  void theDataOfABoxThatDoesNotRunStandAgainstAnUpdateOfIt() throws Exception {
    shell("rm -r %1$s/run && mkdir -p %1$s/var/lib/sightline/data".formatted(root));

    assertRefused("0.2.1", "its program can only be asked where it runs");
  }

  @Test
  void thereIsNoWayBackToAVersionThatCannotReadTheData() throws Exception {
    shell("bash make 0.2.6 0.0.0 true maker.key '' van 23");
    install("0.2.6");

    assertThat(update("back").said()).contains("0.2.0 does not read the data");
    assertThat(names("current")).containsExactly("0.2.6");
  }

  @Test
  void removingLeavesSettingsKeysAndDataAndPurgingNothing() throws Exception {
    install("0.2.1");
    Path data = Files.createDirectories(root.resolve("var/lib/sightline/data"));
    Files.writeString(data.resolve("sightline.db"), "records");
    Files.writeString(root.resolve("etc/sightline/device.key"), "secret");

    assertThat(update("remove").code()).isZero();

    assertThat(left()).noneMatch(file -> file.matches(".*/opt/.*|.*\\.(service|timer|conf)"));
    assertThat(root.resolve("etc/sysusers.d")).doesNotExist();
    assertThat(data.resolve("sightline.db")).hasContent("records");
    assertThat(root.resolve("etc/sightline/device.key")).hasContent("secret");

    assertThat(update("purge").said()).contains("purged");

    assertThat(left()).containsExactlyInAnyOrder("/asked", "/active");
  }

  @ParameterizedTest
  @ValueSource(strings = {"remove", "purge"})
  void nothingIsRemovedWhileAListIsThereOrOfWhatAPackageBrought(String command) throws Exception {
    Path lists = Files.createDirectories(root.resolve("var/lib/sightline/data/lists"));
    Files.writeString(lists.resolve("a.list"), "sealed");
    List<String> before = left();
    assertThat(update(command).said()).contains("the list of a deployment is on this machine");
    assertThat(left()).isEqualTo(before);
    Files.delete(lists.resolve("a.list"));
    shell("rm %1$s/opt/sightline && mkdir -p %1$s/opt/sightline/lib".formatted(root));
    before = left();

    assertThat(update(command).said()).contains("remove it with that");

    assertThat(left()).isEqualTo(before);
  }

  /**
   * Golden files, made once with a key that nobody has any more; a format's next version gets new
   * ones beside them.
   */
  @Test
  void whatWasSignedByAnEarlierVersionIsRead() throws Exception {
    String bytes = run("sh", "-c", "cd " + GOLDEN + " && LC_ALL=C cat * | sha256sum").said();
    assertThat(bytes)
        .as("a golden file may never be edited")
        .startsWith("b3f059dc7620fe517ccc830025258ffd5ef7419ecabee99d76976284981813e0");
    Path box = aBoxOfTheGoldenKey();

    assertThat(updateBelow(box, "install", GOLDEN + "/release.manifest").said())
        .contains("0.9.0 is installed");
    assertThat(updateBelow(box, "baseline", GOLDEN + "/baseline").said())
        .contains("0.9.0 has passed its field test: 12 scenarios of before-release");
    assertThat(updateBelow(box, "status").said())
        .contains("current   0.9.0, field-tested", "floor     0.8.0");
    assertThat(updateBelow(box, "keys", GOLDEN + "/keys").said())
        .contains("statement 2 is applied: 1 keys count");
  }

  /** What docs/updates.md has makers sign and administrators type, as it stands there. */
  @Test
  void theDocumentedCommandsVerifyTheFirstScriptAndMakeABaseline() throws Exception {
    Path stick = Files.createDirectories(root.resolve("media/usb"));
    for (String end : List.of(".tar.gz", ".manifest", ".manifest.sig")) {
      Files.copy(
          folder.resolve("0.2.0" + end), stick.resolve("sightline-van_0.2.0_linux-amd64" + end));
    }
    Path here = Files.createDirectories(root.resolve("here"));
    Files.copy(folder.resolve("maker.pem"), here.resolve("release.pem"));

    Ended first = typed(here, documented("sudo install -D"));

    assertThat(first)
        .isEqualTo(new Ended(0, first.said()))
        .extracting(Ended::said)
        .asString()
        .contains("Signature Verified Successfully", "  share/system/bin/sightline-update");

    Files.copy(folder.resolve("maker.key"), here.resolve("release.key"));
    String baseline = documented("tar -xzOf").replace("0.2.1", "0.2.0");
    assertThat(typed(here, baseline).code()).isZero();
    assertThat(update("baseline", here.resolve("baseline").toString()).said())
        .contains("0.2.0 has passed its field test: 12 scenarios of before-release");
  }

  @Test
  void theDocumentedStatementIsRead() throws Exception {
    String statement =
        documented("sightline-release-keys/1")
            .replaceFirst("add .*", added("next"))
            .replaceFirst("revoke .*", "revoke " + fingerprint("maker"));

    assertThat(signed("keys", "maker", statement).said())
        .contains("statement 2 is applied: 1 keys count");
  }

  private Ended typed(Path here, String lines) throws Exception {
    return run(
        "bash",
        "-ec",
        "cd "
            + here
            + "\n"
            + lines.replace("sudo ", "").replaceAll(" (/etc/|/media/)", " " + root + "$1"));
  }

  /** The block of docs/updates.md that begins so. */
  private static String documented(String begin) throws IOException {
    String page = Files.readString(REPOSITORY.resolve("docs/updates.md"));
    return Stream.of(page.split("```"))
        .filter(block -> block.matches("(?s)[a-z]+\n" + Pattern.quote(begin) + ".*"))
        .map(block -> block.substring(block.indexOf('\n') + 1))
        .findFirst()
        .orElseThrow();
  }

  /** At bytes from one end to the other. */
  @ParameterizedTest
  @CsvSource({"install, release.manifest", "keys, keys", "baseline, baseline"})
  void whatWasSignedIsRefusedWithAnotherBitOrWithoutItsEnd(String command, String name)
      throws Exception {
    Path box = aBoxOfTheGoldenKey();
    Files.createDirectories(box.resolve("opt/sightline/share"));
    Files.writeString(box.resolve("opt/sightline/share/release"), "version 0.9.0\n");
    if (command.equals("install")) {
      shell("rm -r " + box + "/opt/sightline");
    }
    byte[] document = Files.readAllBytes(GOLDEN.resolve(name));
    Path spoilt = Files.createDirectories(box.resolve("spoilt")).resolve(name);
    Files.copy(GOLDEN.resolve(name + ".sig"), spoilt.resolveSibling(name + ".sig"));
    for (int at = 0; at < document.length; at += document.length / 5) {
      byte[] flipped = document.clone();
      flipped[at] ^= 1;
      for (byte[] each : List.of(flipped, Arrays.copyOf(document, at))) {
        Files.write(spoilt, each);
        assertThat(updateBelow(box, command, spoilt.toString()))
            .as("byte %d", at)
            .satisfies(refused -> assertThat(refused.code()).isOne())
            .satisfies(refused -> assertThat(refused.said()).contains("no key that counts"));
      }
    }
  }

  private static Path aBoxOfTheGoldenKey() throws Exception {
    Path box = Files.createTempDirectory(folder, "golden");
    Files.createDirectories(box.resolve("run/systemd/system"));
    Path keys = Files.createDirectories(box.resolve("etc/sightline/release-keys"));
    Files.copy(GOLDEN.resolve("first.pem"), keys.resolve("first.pem"));
    // The release is for amd64, whatever these tests run on.
    executable(folder.resolve("stubs/uname"), "#!/bin/sh\necho x86_64\n");
    return box;
  }

  @AfterEach
  void onTheMachineAsItIs() throws Exception {
    Files.deleteIfExists(folder.resolve("stubs/uname"));
  }

  /** The files of the box, below its root. */
  private List<String> left() throws Exception {
    return run("bash", "-c", "cd " + root + " && find . -type f -printf '/%P\\n'")
        .said()
        .lines()
        .toList();
  }

  private void assertRefused(String version, String why) throws Exception {
    String before = update("status").said();
    Ended refused = install(version);
    assertThat(refused.code()).isOne();
    assertThat(refused.said()).contains(why);
    assertThat(update("status").said()).isEqualTo(before);
  }

  /** What a program prints that is asked for its deployments, as a line of shell. */
  private static String said(String alarms, String waiting, String deployments) {
    return """
    cat <<'JSON'
    {
      "captureNow" : false,
      "alarms" : %s,
      "alertsWaiting" : %s,
      "alertsWaitUntil" : null,
      "deployments" : %s
    }
    JSON
    """
        .formatted(alarms, waiting, deployments);
  }

  private static String deployment(String state) {
    return "[ { \"deployment\" : \"d-1\", \"state\" : \"" + state + "\", \"ends\" : null } ]";
  }

  private Ended statement(String key, int number, String lines) throws Exception {
    return signed("keys", key, "sightline-release-keys/1\nnumber " + number + "\n" + lines + "\n");
  }

  private Ended baseline(String key, Path release) throws Exception {
    String digest = run("sh", "-c", "sha256sum <" + release + " | cut -d ' ' -f 1").said().strip();
    String version = Files.readAllLines(release).get(2);
    return signed(
        "baseline",
        key,
        "sightline-baseline/1\n%s\nrelease %s\nsuite before-release\nscenarios 4\n"
            .formatted(version, digest));
  }

  private Ended signed(String command, String key, String content) throws Exception {
    Path file = Files.writeString(folder.resolve("statement"), content);
    shell("openssl pkeyutl -sign -rawin -inkey " + key + ".key -in statement -out statement.sig");
    return update(command, file.toString());
  }

  private static String added(String key) throws Exception {
    return "add "
        + run("sh", "-c", "openssl pkey -in " + key + ".key -pubout -outform DER | base64 -w0")
            .said();
  }

  private static String fingerprint(String key) throws Exception {
    String digest = "openssl pkey -in " + key + ".key -pubout -outform DER | sha256sum";
    return run("sh", "-c", digest + " | cut -d ' ' -f 1").said().strip();
  }

  private static void release(String version, String floor, String outcome) throws Exception {
    release(version, floor, outcome, "maker", "", "van");
  }

  private static void release(
      String version, String floor, String outcome, String key, String arch, String role)
      throws Exception {
    Ended made = run("bash", "make", version, floor, outcome, key + ".key", arch, role);
    assertThat(made).isEqualTo(new Ended(0, ""));
  }

  private Ended install(String version) throws Exception {
    return update("install", folder.resolve(version + ".manifest").toString());
  }

  private Ended update(String... arguments) throws Exception {
    return updateBelow(root, arguments);
  }

  private static Ended updateBelow(Path root, String... arguments) throws Exception {
    return updateWith(root, "", arguments);
  }

  /** Behind some shell, which may be a command that runs what follows. */
  private static Ended updateWith(Path root, String shell, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("bash", "-c", shell + " \"$@\"", "bash", "env"));
    command.addAll(
        List.of("ROOT=" + root, "PATH=" + folder + "/stubs:/usr/sbin:/usr/bin:/sbin:/bin"));
    command.addAll(
        List.of(folder.resolve("sightline-update").toString(), "--root", root.toString()));
    command.addAll(List.of(arguments));
    return run(command.toArray(String[]::new));
  }

  /** Which versions have these names, but for names that none has. */
  private List<String> names(String... names) throws IOException {
    List<String> versions = new ArrayList<>();
    for (String name : names) {
      Path link = root.resolve("opt/sightline-versions").resolve(name);
      if (Files.isSymbolicLink(link)) {
        versions.add(Files.readSymbolicLink(link).toString());
      }
    }
    return versions;
  }

  private static void shell(String line) throws Exception {
    assertThat(run("bash", "-c", line).code()).as(line).isZero();
  }

  private static Ended run(String... command) throws IOException, InterruptedException {
    Path said = Files.createTempFile(folder, "said", null);
    int code =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start()
            .waitFor();
    return new Ended(code, Files.readString(said));
  }

  private static void executable(Path file, String content) throws IOException {
    Files.writeString(file, content);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
