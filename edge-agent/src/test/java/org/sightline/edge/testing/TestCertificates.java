package org.sightline.edge.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** Certificates made with openssl; tests are skipped where it is not installed. */
public final class TestCertificates {
  private TestCertificates() {}

  /**
   * An authority and a server of that host name.
   *
   * @param certificate of the server, PEM
   * @param key of the server, PEM
   * @param authority that signed it, PEM
   */
  public record Issued(Path certificate, Path key, Path authority) {}

  /** Makes a new authority, and a server certificate that it signs, in a new folder. */
  public static Issued issue(Path parent, String hostName) throws Exception {
    Path folder = Files.createTempDirectory(parent, "certificates");
    Path extension = folder.resolve("extension.cnf");
    Files.writeString(extension, "subjectAltName=DNS:" + hostName + "\n");
    openssl(
        folder,
        "req -x509 -newkey rsa:2048 -nodes -days 2 -keyout ca.key -out ca.pem -subj /CN="
            + folder.getFileName());
    openssl(
        folder,
        "req -newkey rsa:2048 -nodes -subj /CN="
            + hostName
            + " -keyout server.key -out server.csr");
    openssl(
        folder,
        "x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 2 -extfile"
            + " extension.cnf -out server.pem");
    return new Issued(
        folder.resolve("server.pem"), folder.resolve("server.key"), folder.resolve("ca.pem"));
  }

  private static void openssl(Path folder, String arguments) throws Exception {
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
