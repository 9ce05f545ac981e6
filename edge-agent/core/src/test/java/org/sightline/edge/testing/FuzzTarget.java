package org.sightline.edge.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.sightline.edge.domain.SightlineException;

/**
 * What a reader of bytes from outside promises, whatever the bytes. A subclass, named ...FuzzTest,
 * is an ordinary test of seeds, of inputs that once broke the promise and of seeds altered at
 * random; {@code scripts/fuzz} takes the same class and looks for inputs by coverage.
 *
 * <p>Inputs that once broke the promise lie in {@code src/test/fuzz}, in a folder of the class's
 * name. For one thread.
 */
public abstract class FuzzTarget {
  private static final int ALTERED_SEEDS = 1_000;

  private Path file;

  /** Small inputs that lead far into the reader, the same on every run. */
  protected abstract List<byte[]> seeds() throws Exception;

  /** Reads the input, and throws anything at all if that breaks the promise. */
  protected abstract void take(byte[] input) throws Exception;

  @TestFactory
  final Stream<DynamicTest> everySeedIsTakenAsPromised() throws Exception {
    return seeds().stream()
        .map(seed -> DynamicTest.dynamicTest(seed.length + " bytes", () -> take(seed)));
  }

  @TestFactory
  final Stream<DynamicTest> whatOnceBrokeThePromiseBreaksItNoMore() throws IOException {
    return kept().stream()
        .map(
            input ->
                DynamicTest.dynamicTest(
                    input.getFileName().toString(), () -> take(Files.readAllBytes(input))));
  }

  @Test
  final void alteredSeedsAreTakenAsPromised() throws Exception {
    Alteration alteration = new Alteration(seeds(), 1);
    for (int i = 0; i < ALTERED_SEEDS; i++) {
      byte[] input = alteration.next();
      try {
        take(input);
      } catch (Exception | Error broken) {
        throw new AssertionError(
            "broken by this input, in base64: " + Base64.getEncoder().encodeToString(input),
            broken);
      }
    }
  }

  @AfterEach
  final void removeTheFile() throws IOException {
    if (file != null) {
      Files.delete(file);
      file = null;
    }
  }

  /** Inputs kept with the source, in whichever module that is, in order of their names. */
  private List<Path> kept() throws IOException {
    List<Path> kept = new ArrayList<>();
    try (Stream<Path> modules = Files.list(Path.of(".."))) {
      for (Path module : modules.toList()) {
        Path folder = module.resolve("src/test/fuzz").resolve(getClass().getSimpleName());
        if (Files.isDirectory(folder)) {
          try (Stream<Path> inputs = Files.list(folder)) {
            inputs.sorted().forEach(kept::add);
          }
        }
      }
    }
    return kept;
  }

  /** A file that only its owner can open, with the input in it; the same file each time. */
  protected final Path fileOf(byte[] input) throws IOException {
    if (file == null) {
      file = Files.createTempFile("input", ".tmp");
      file.toFile().deleteOnExit();
    }
    // Not cut to nothing first: a file system may wait for the disk when such a file is closed.
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.write(ByteBuffer.wrap(input));
      channel.truncate(input.length);
    }
    return file;
  }

  /** A refusal is for people: it is one line, and moves no cursor. */
  protected static void assertOneLine(SightlineException refusal) {
    assertThat(refusal.getMessage()).doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}]");
  }

  protected static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** The texts as inputs. */
  protected static List<byte[]> texts(String... texts) {
    return Arrays.stream(texts).map(FuzzTarget::utf8).toList();
  }
}
