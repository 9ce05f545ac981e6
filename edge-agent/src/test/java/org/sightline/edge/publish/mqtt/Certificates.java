package org.sightline.edge.publish.mqtt;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sightline.edge.testing.Mosquitto;

/** A private authority for tests, made with OpenSSL. */
final class Certificates {
  private final Path folder;

  /** A new authority whose files lie in a folder of its own. */
  Certificates(Path parent, String name) throws IOException {
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/openssl")), "OpenSSL is not installed");
    folder = Files.createDirectory(parent.resolve(name));
    Mosquitto.run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=authority " + name,
        "-keyout",
        key("authority").toString(),
        "-out",
        authority().toString());
  }

  /** Issues a certificate for an alternative name such as {@code IP:127.0.0.1}. */
  void issue(String name, String alternativeName) {
    Mosquitto.run(
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=" + name,
        "-addext",
        "subjectAltName=" + alternativeName,
        "-addext",
        "basicConstraints=critical,CA:FALSE",
        "-CA",
        authority().toString(),
        "-CAkey",
        key("authority").toString(),
        "-keyout",
        key(name).toString(),
        "-out",
        certificate(name).toString());
  }

  Path authority() {
    return certificate("authority");
  }

  Path certificate(String name) {
    return folder.resolve(name + ".crt");
  }

  Path key(String name) {
    return folder.resolve(name + ".key");
  }
}
