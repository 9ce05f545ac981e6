package org.sightline.edge.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.sightline.testkit.LoopbackPorts;

/**
 * A TPM 2.0 in software (swtpm), which keeps its keys in a folder: another folder is another
 * machine's. Each boot measures the firmware into PCR 7, as a real one measures the state of Secure
 * Boot.
 */
public final class SoftTpm implements AutoCloseable {
  private final Path state;
  private final int port;
  private final Process process;

  private SoftTpm(Path state, int port, Process process) {
    this.state = state;
    this.port = port;
    this.process = process;
  }

  /** Switches a machine on; where the programs are missing the test is skipped. */
  public static SoftTpm boot(Path state, String firmware) throws Exception {
    assumeTrue(isThere(), "there is no TPM in software");
    Files.createDirectories(state);
    return boot(state, firmware, twoPorts());
  }

  private static SoftTpm boot(Path state, String firmware, int port) throws Exception {
    // Written when it listens.
    Path pid = state.resolve("pid").toAbsolutePath();
    Files.deleteIfExists(pid);
    Process process =
        new ProcessBuilder(
                "swtpm",
                "socket",
                "--tpm2",
                "--tpmstate=dir=" + state.toAbsolutePath(),
                "--server=type=tcp,bindaddr=127.0.0.1,port=" + port,
                "--ctrl=type=tcp,bindaddr=127.0.0.1,port=" + (port + 1),
                "--flags=not-need-init,startup-clear",
                "--pid=file=" + pid)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    SoftTpm tpm = new SoftTpm(state, port, process);
    await().pollInterval(Duration.ofMillis(5)).until(() -> Files.exists(pid));
    tpm.measure(7, firmware);
    return tpm;
  }

  /** Extends a register, as what is started, or a program, does. */
  public void measure(int register, String what) throws Exception {
    byte[] measured = MessageDigest.getInstance("SHA-256").digest(what.getBytes(UTF_8));
    run(
        Map.of("TPM2TOOLS_TCTI", address()),
        "tpm2_pcrextend",
        register + ":sha256=" + HexFormat.of().formatHex(measured));
  }

  /** As programs of systemd and the TPM's own name it. */
  public String address() {
    return "swtpm:host=127.0.0.1,port=" + port;
  }

  /** Switches the machine off, and on again with another firmware. */
  public SoftTpm updated(String firmware) throws Exception {
    close();
    return boot(state, firmware, port);
  }

  /** Puts a new one, in an empty folder, in the place of this one, which is closed. */
  public SoftTpm replaced(Path newState) throws Exception {
    close();
    return boot(Files.createDirectories(newState), "firmware 1", port);
  }

  /** The client finds the second port, for control, behind the first. */
  private static int twoPorts() throws IOException {
    int port = LoopbackPorts.free();
    int next = LoopbackPorts.free();
    while (next != port + 1) {
      port = next;
      next = LoopbackPorts.free();
    }
    return port;
  }

  /** Whether this machine has the programs. */
  public static boolean isThere() {
    return isThere("swtpm") && isThere("tpm2_pcrextend");
  }

  private static boolean isThere(String program) {
    return List.of("/usr/bin", "/usr/local/bin").stream()
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }

  private static void run(Map<String, String> environment, String... command) throws Exception {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(command[0] + ": " + said.strip());
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
