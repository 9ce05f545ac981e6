package org.sightline.edge.testing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A TPM 2.0 in software (swtpm), which keeps its keys in a folder: another folder is another
 * machine's. Each boot measures the firmware into PCR 7, as a real one measures the state of Secure
 * Boot.
 */
public final class SoftTpm implements AutoCloseable {
  private final Path state;
  private final int port;
  private final ProcessHandle process;

  private SoftTpm(Path state, int port, ProcessHandle process) {
    this.state = state;
    this.port = port;
    this.process = process;
  }

  /** Switches a machine on; where the programs are missing the test is skipped. */
  public static SoftTpm boot(Path state, String firmware) throws Exception {
    assumeTrue(isThere("swtpm") && isThere("tpm2_pcrextend"), "there is no TPM in software");
    Files.createDirectories(state);
    int port = twoPorts();
    Path pid = state.resolve("pid");
    run(
        Map.of(),
        "swtpm",
        "socket",
        "--tpm2",
        "--tpmstate=dir=" + state.toAbsolutePath(),
        "--server=type=tcp,bindaddr=127.0.0.1,port=" + port,
        "--ctrl=type=tcp,bindaddr=127.0.0.1,port=" + (port + 1),
        "--flags=not-need-init,startup-clear",
        "--daemon",
        "--pid=file=" + pid.toAbsolutePath());
    long number = Long.parseLong(Files.readString(pid).strip());
    SoftTpm tpm = new SoftTpm(state, port, ProcessHandle.of(number).orElseThrow());
    byte[] measured = MessageDigest.getInstance("SHA-256").digest(firmware.getBytes(UTF_8));
    run(
        Map.of("TPM2TOOLS_TCTI", tpm.address()),
        "tpm2_pcrextend",
        "7:sha256=" + HexFormat.of().formatHex(measured));
    return tpm;
  }

  /** As programs of systemd and the TPM's own name it. */
  public String address() {
    return "swtpm:host=127.0.0.1,port=" + port;
  }

  /** Switches the machine off, and on again with another firmware. */
  public SoftTpm updated(String firmware) throws Exception {
    close();
    return boot(state, firmware);
  }

  /** The client finds the second port, for control, behind the first. */
  private static int twoPorts() throws IOException {
    InetAddress here = InetAddress.getLoopbackAddress();
    while (true) {
      try (ServerSocket first = new ServerSocket(0, 1, here);
          ServerSocket second = new ServerSocket(first.getLocalPort() + 1, 1, here)) {
        return second.getLocalPort() - 1;
      } catch (IOException | IllegalArgumentException e) {
        // The next port is somebody else's.
      }
    }
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
