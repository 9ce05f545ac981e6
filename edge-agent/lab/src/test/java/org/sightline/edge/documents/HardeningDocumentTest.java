package org.sightline.edge.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.sightline.edge.documents.Document.inRepository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the page on hardening says of units, drop-ins and firewall. */
class HardeningDocumentTest {
  private static final String AGENT = "sightline-agent.service";
  private static final String BOARD = "sightline-board.service";
  private static final String TIDY = "sightline-tidy.service";

  /** Where each example belongs, as its first lines say. */
  private static final Map<String, String> DROP_INS =
      Map.of(
          "van.conf", "sightline-.service.d/network.conf",
          "network-cameras.conf", AGENT + ".d/network-cameras.conf",
          "board.conf", BOARD + ".d/network.conf");

  @TempDir private Path folder;

  private record Ended(int code, String said) {}

  @ParameterizedTest
  @ValueSource(strings = {AGENT, BOARD, TIDY})
  void noServiceIsExposedByMoreThanOnePointEight(String unit) throws Exception {
    Ended check = security(unit, "--threshold=18");

    assertThat(check.code()).as(check.said()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {AGENT, BOARD, TIDY})
  void everyRelaxationIsExplained(String unit) throws Exception {
    List<String> relaxed = new ArrayList<>();
    for (JsonNode check : new JsonMapper().readTree(security(unit, "--json=short").said())) {
      if (!check.path("set").asBoolean() && check.path("exposure").isString()) {
        relaxed.add(check.path("name").asString());
      }
    }
    String page = Files.readString(inRepository("docs/hardening.md"));
    assertThat(relaxed)
        .isNotEmpty()
        .allMatch(name -> page.contains("| `" + name.replace("|", "\\|") + "` |"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"van.conf", "network-cameras.conf", "board.conf"})
  void everyDropInIsTakenByTheServiceManager(String name) throws Exception {
    Path units = units();
    Path place = units.resolve(DROP_INS.get(name));
    assertThat(Files.readString(dropIn(name)).replaceAll("\\s+#?\\s*", " "))
        .contains("for /etc/systemd/system/" + DROP_INS.get(name));
    Files.createDirectories(place.getParent());
    Files.copy(dropIn(name), place);
    for (String unit : List.of(AGENT, BOARD, TIDY)) {
      Path file = units.resolve(unit);
      // The check wants a program that is there.
      Files.writeString(
          file, Files.readString(file).replace("/opt/sightline/bin/sightline", "/bin/true"));

      Ended check = run("systemd-analyze", "verify", "--man=no", file.toString());

      assertThat(check).isEqualTo(new Ended(0, ""));
    }
  }

  private static Path dropIn(String name) {
    return inRepository("docs/box").resolve(name);
  }

  @Test
  void theRulesOfTheFirewallAreUnderstood() throws Exception {
    assumeTrue(isThere("nft"), "nft is not installed");
    assumeTrue(run("nft", "list", "tables").code() == 0, "this user may not ask about firewalls");

    Ended check = run("nft", "-c", "-f", dropIn("nftables.conf").toString());

    assertThat(check).isEqualTo(new Ended(0, ""));
  }

  private Ended security(String unit, String option) throws Exception {
    return run(
        "systemd-analyze", "security", "--offline=true", option, units().resolve(unit).toString());
  }

  /** The units as they are installed. */
  private Path units() throws IOException {
    assumeTrue(isThere("systemd-analyze"), "systemd-analyze is not installed");
    Path units = inRepository("systemd");
    Path copy = Files.createDirectory(folder.resolve("units"));
    Path common = Files.createDirectory(copy.resolve("sightline-.service.d"));
    for (String unit : List.of(AGENT, BOARD, TIDY)) {
      Files.copy(units.resolve(unit), copy.resolve(unit));
    }
    Path confinement = Path.of("sightline-.service.d", "confinement.conf");
    Files.copy(units.resolve(confinement), common.resolve("confinement.conf"));
    return copy;
  }

  private static Ended run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Ended(process.exitValue(), said);
  }

  private static boolean isThere(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(place -> Files.isExecutable(Path.of(place, program)));
  }
}
