package org.sightline.edge.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a shell and man are given is read by a shell and by man's own formatter. */
class ShellHelpTest {
  @TempDir private Path folder;

  private static String printed(String command) {
    StringWriter out = new StringWriter();
    Sightline.run(new PrintWriter(out, true), new PrintWriter(new StringWriter()), command);
    return out.toString();
  }

  private static String run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return said;
  }

  /** What bash offers once these words are typed. */
  private String offered(String... words) throws Exception {
    Path file = Files.writeString(folder.resolve("completion"), printed("completion"));
    return run(
        "bash",
        "-c",
        "source '%s'; COMP_WORDS=(%s); COMP_CWORD=%d; COMP_LINE='%s'; _complete_sightline; echo ${COMPREPLY[*]}"
            .formatted(
                file,
                Stream.of(words).map(word -> "'" + word + "'").reduce("", (a, b) -> a + " " + b),
                words.length - 1,
                String.join(" ", words)));
  }

  @Test
  void bashOffersTheCommandsThatBeginSo() throws Exception {
    assertThat(offered("sightline", "deployment", "op").strip()).isEqualTo("open");
  }

  @Test
  void bashOffersTheOptionsOfACommand() throws Exception {
    assertThat(offered("sightline", "deployment", "open", "--")).contains("--from", "--by");
  }

  @Test
  void twoMadeOfOneVersionAreTheSame() {
    assertThat(printed("completion")).isEqualTo(printed("completion")).doesNotContain("Date:");
  }

  @Test
  void theManualHasEveryCommandAndOption() {
    assertThat(printed("manual"))
        .startsWith(".TH \"SIGHTLINE\"")
        .contains(".SS \"sightline deployment open\"", "\\-\\-from DIR");
  }

  @Test
  void theManualIsFormattedWithoutComplaint() throws Exception {
    assumeTrue(
        Stream.of("/usr/bin/groff", "/usr/bin/mandoc").map(Path::of).anyMatch(Files::exists),
        "there is neither groff nor mandoc here");
    Path page = Files.writeString(folder.resolve("sightline.1"), printed("manual"));
    String[] check =
        Files.exists(Path.of("/usr/bin/mandoc"))
            ? new String[] {"mandoc", "-T", "lint", "-W", "error", page.toString()}
            : new String[] {"groff", "-man", "-z", "-ww", page.toString()};

    assertThat(run(check)).isEmpty();
  }
}
