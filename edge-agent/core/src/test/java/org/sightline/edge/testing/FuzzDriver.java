package org.sightline.edge.testing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sightline.edge.crypto.Sha256;

/** Hands a {@link FuzzTarget} to the fuzzer; started by {@code scripts/fuzz}. */
public final class FuzzDriver {
  private static FuzzTarget target;

  private FuzzDriver() {}

  /** Called by the fuzzer once; the argument is the class of the target. */
  public static void fuzzerInitialize(String[] args) throws Exception {
    target = named(args[0]);
    // Loads what the target needs, which takes longer than any input may.
    for (byte[] seed : target.seeds()) {
      target.take(seed);
    }
  }

  /** Called by the fuzzer with each input. */
  public static void fuzzerTestOneInput(byte[] input) throws Exception {
    target.take(input);
  }

  /** Writes the seeds of a target and their words; arguments are class, folder and word file. */
  public static void main(String[] args) throws Exception {
    List<byte[]> seeds = named(args[0]).seeds();
    Path folder = Files.createDirectories(Path.of(args[1]));
    for (byte[] seed : seeds) {
      Files.write(folder.resolve(Sha256.of(seed).shortForm()), seed);
    }
    writeWords(Path.of(args[2]), seeds);
  }

  /** One word a line, in quotes, as libFuzzer reads them. */
  private static void writeWords(Path file, List<byte[]> seeds) throws IOException {
    Files.write(
        file,
        Alteration.words(seeds).stream().map(word -> '"' + word + '"').toList(),
        StandardCharsets.US_ASCII);
  }

  private static FuzzTarget named(String type) throws ReflectiveOperationException {
    var constructor = Class.forName(type).asSubclass(FuzzTarget.class).getDeclaredConstructor();
    constructor.setAccessible(true);
    return constructor.newInstance();
  }
}
