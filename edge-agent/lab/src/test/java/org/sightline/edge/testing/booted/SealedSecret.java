package org.sightline.edge.testing.booted;

import java.nio.file.Path;
import org.sightline.edge.crypto.ServiceCredential;

/** Run by a service manager: prints whether the secret it was given counts as unsealed by it. */
public final class SealedSecret {
  private SealedSecret() {}

  public static void main(String[] arguments) {
    Path secrets = Path.of(System.getenv("CREDENTIALS_DIRECTORY"));
    System.out.println(ServiceCredential.holds(secrets.resolve(arguments[0])));
  }
}
