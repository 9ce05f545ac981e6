package org.sightline.edge.setup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SystemWords;

/**
 * Seals and opens secrets as the service manager does. What is secret goes through pipes alone, and
 * lies in no file.
 */
final class SystemdCreds {
  /** Names another TPM than the machine's, as for a test; systemd's own variable. */
  private static final String OTHER_TPM = "SYSTEMD_TPM2_DEVICE";

  private static final List<Path> TPMS = List.of(Path.of("/dev/tpmrm0"), Path.of("/dev/tpm0"));

  /** Where Linux shows the PCRs, in a folder for each bank. */
  private static final Path MEASURED = Path.of("/sys/class/tpm/tpm0");

  /** Those that systemd seals to. */
  private static final List<String> BANKS = List.of("pcr-sha256", "pcr-sha1");

  /** A TPM that computes keys may need seconds. */
  private static final String PATIENCE_SECONDS = "60";

  private static final Pattern AT_START = Pattern.compile("0+\\s*");
  private static final int NO_ANSWER = 124;
  private static final int MAX_SAID_BYTES = 4096;

  private final Map<String, String> environment;
  private final Path measured;

  /**
   * @param environment what the programs of systemd get besides that of this process
   */
  SystemdCreds(Map<String, String> environment) {
    this(environment, MEASURED);
  }

  SystemdCreds(Map<String, String> environment, Path measured) {
    this.environment = Map.copyOf(environment);
    this.measured = measured;
  }

  /** Whether there is a TPM, to which secrets are then sealed, or the sealing fails. */
  boolean hasTpm() {
    return environment.containsKey(OTHER_TPM)
        || System.getenv(OTHER_TPM) != null
        || TPMS.stream().anyMatch(Files::exists);
  }

  /**
   * Seals a secret to this machine: to the key on its disk and, where it has one, its TPM.
   *
   * <p>Not to PCR 7, as {@code systemd-creds} does by itself: updates of firmware and of Secure
   * Boot's certificates change it. Nor to none: systemd 252 seals so, and does not open it again.
   *
   * @param name of the credential
   * @param file to be named where it fails
   * @return the sealed credential
   */
  byte[] seal(String name, byte[] secret, Path file) throws SightlineException {
    requireStill(file);
    List<String> command = new ArrayList<>(List.of("encrypt", "--name=" + name));
    command.add(hasTpm() ? "--with-key=host+tpm2" : "--with-key=host");
    if (hasTpm()) {
      command.add("--tpm2-pcrs=" + SealedBy.STILL);
    }
    command.addAll(List.of("-", "-"));
    return run(command, secret, file, Failure.NOT_SEALED);
  }

  /**
   * Requires that the PCR to which secrets are sealed is as each start leaves it: with another
   * value they would be opened by nothing after the next start, and by nothing until then.
   *
   * @param file to be named where it is not
   */
  void requireStill(Path file) throws SightlineException {
    for (String bank : BANKS) {
      if (isChanged(measured.resolve(bank).resolve(String.valueOf(SealedBy.STILL)))) {
        throw new SightlineException(
            ErrorKind.REFUSED,
            "a program has changed PCR %d of the TPM since this machine was started"
                .formatted(SealedBy.STILL),
            file.toString(),
            "restart the machine, then try again");
      }
    }
  }

  /** Where there is no TPM, or an old kernel, there is no such file. */
  private static boolean isChanged(Path register) {
    try {
      return Files.exists(register) && !AT_START.matcher(Files.readString(register)).matches();
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Opens what is sealed.
   *
   * @return the secret, to be overwritten by the caller
   */
  byte[] open(String name, Path sealed) throws SightlineException {
    return run(
        List.of("decrypt", "--name=" + name, sealed.toString(), "-"),
        new byte[0],
        sealed,
        Failure.NOT_OPENED);
  }

  /** What becomes of a command that does not do it. */
  private enum Failure {
    NOT_SEALED(
        "the keys of the box could not be sealed",
        "run this as root with systemd 250 or newer; with a TPM its libraries are needed: apt"
            + " install tpm2-tools; for exercises alone: --no-seal"),
    NOT_OPENED(
        "the sealed keys cannot be opened",
        "run this as root on the machine that they were sealed on, and restart that first; if its"
            + " TPM, firmware or Secure Boot was changed:"
            + " docs/deployment.md#when-the-keys-cannot-be-unsealed");

    private final String what;
    private final String remedy;

    Failure(String what, String remedy) {
      this.what = what;
      this.remedy = remedy;
    }

    private SightlineException because(String why, Path file, @Nullable Exception cause) {
      return failure(ErrorKind.UNUSABLE_INPUT, why, file, remedy, cause);
    }

    /** Nothing is known of the keys then: their sealing was not tried to the end. */
    private SightlineException unanswered(String why, Path file, @Nullable Exception cause) {
      return failure(ErrorKind.TEMPORARY, why, file, "try again; " + remedy, cause);
    }

    private SightlineException failure(
        ErrorKind kind, String why, Path file, String then, @Nullable Exception cause) {
      return new SightlineException(kind, what + ": " + why, file.toString(), then, cause);
    }
  }

  private byte[] run(List<String> arguments, byte[] in, Path file, Failure failure)
      throws SightlineException {
    List<String> command = new ArrayList<>(List.of("timeout", PATIENCE_SECONDS, "systemd-creds"));
    command.addAll(arguments);
    try {
      ProcessBuilder builder = new ProcessBuilder(command);
      builder.environment().putAll(environment);
      Process process = builder.start();
      try {
        try (OutputStream to = process.getOutputStream()) {
          to.write(in);
        } catch (IOException e) {
          // It ended before it had read all; its exit code says why.
        }
        byte[] out = process.getInputStream().readAllBytes();
        String said = new String(process.getErrorStream().readNBytes(MAX_SAID_BYTES), UTF_8);
        int exit = process.waitFor();
        if (exit == NO_ANSWER) {
          throw failure.unanswered("no answer in " + PATIENCE_SECONDS + " s", file, null);
        }
        if (exit != 0) {
          throw failure.because(lastLine(said), file, null);
        }
        return out;
      } finally {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      throw failure.unanswered(SystemWords.of(e), file, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure.unanswered("interrupted", file, e);
    }
  }

  /** Before it stand warnings. */
  private static String lastLine(String said) {
    String[] lines = said.strip().split("\\R", -1);
    return lines[lines.length - 1];
  }
}
