package org.sightline.edge.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.CryptoException;
import picocli.CommandLine.Option;

/** Where new keys go: a secret file, and a public one beside it. */
public final class NewKeyFiles {
  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "Key file to make; an existing file is never overwritten.")
  private Path out;

  @Option(
      names = "--public-out",
      paramLabel = "FILE",
      description = "Public file to make (default: the key file's name with .public).")
  private @Nullable Path publicOut;

  /** Where the secret key goes. */
  public Path secretFile() {
    return out;
  }

  /** Where the public part goes. */
  public Path publicFile() {
    return publicOut == null ? NewFiles.beside(out, ".public") : publicOut;
  }

  /** Refuses before anything is made. */
  public void requireAbsent() throws CryptoException {
    NewFiles.requireAbsent(secretFile(), publicFile());
  }
}
