package org.sightline.edge.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** A private authority made with openssl; tests are skipped where it is not installed. */
public final class TestCertificates {
  private static final String NEW_KEY = "-newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes";

  private final Path folder;

  /**
   * A certificate.
   *
   * @param certificate PEM
   * @param key its own, PEM
   * @param authority that signed it, PEM
   */
  public record Issued(Path certificate, Path key, Path authority) {}

  /** A new authority whose files lie in a new folder. */
  public TestCertificates(Path parent) throws Exception {
    folder = Files.createTempDirectory(parent, "certificates");
    openssl(
        "req -x509 "
            + NEW_KEY
            + " -days 2 -keyout ca.key -out ca.pem -subj /CN="
            + folder.getFileName());
  }

  /** A new authority, and a certificate of a server of that host name. */
  public static Issued issue(Path parent, String hostName) throws Exception {
    return new TestCertificates(parent).server("DNS:" + hostName);
  }

  public Path authority() {
    return folder.resolve("ca.pem");
  }

  /**
   * Of a server.
   *
   * @param alternativeName such as {@code IP:127.0.0.1}
   */
  public Issued server(String alternativeName) throws Exception {
    return issue("server", 2, "subjectAltName=" + alternativeName);
  }

  /** Of a server whose certificate was good until yesterday. */
  public Issued expiredServer(String alternativeName) throws Exception {
    return issue("expired", -1, "subjectAltName=" + alternativeName);
  }

  /** Of a client, with its name as common name. */
  public Issued client(String name) throws Exception {
    return issue(name, 2, "extendedKeyUsage=clientAuth");
  }

  private Issued issue(String name, int days, String extension) throws Exception {
    Files.writeString(folder.resolve(name + ".ext"), extension + "\n");
    openssl("req " + NEW_KEY + " -subj /CN=%1$s -keyout %1$s.key -out %1$s.csr".formatted(name));
    openssl(
        "x509 -req -in %1$s.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days %2$d -extfile %1$s.ext -out %1$s.pem"
            .formatted(name, days));
    return new Issued(folder.resolve(name + ".pem"), folder.resolve(name + ".key"), authority());
  }

  private void openssl(String arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments.split(" ")));
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("openssl.log").toFile())
              .start();
    } catch (IOException e) {
      throw new TestAbortedException("openssl is not installed: apt-get install openssl", e);
    }
    if (process.waitFor() != 0) {
      throw new IOException(Files.readString(folder.resolve("openssl.log")));
    }
  }
}
