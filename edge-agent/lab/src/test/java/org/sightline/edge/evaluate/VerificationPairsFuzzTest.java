package org.sightline.edge.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.testing.FuzzTarget;

/** A pairs file is refused in one line; there is no picture that it could name. */
class VerificationPairsFuzzTest extends FuzzTarget {
  @Override
  protected List<byte[]> seeds() {
    return texts("2\t1\na\t1\t2\na\t1\tb\t1\na 2 1\nb 1 a 2\n", "1\na 1 2\na 1 b 1\n");
  }

  @Override
  protected void take(byte[] input) throws IOException {
    try {
      VerificationPairs.read(fileOf(input), Path.of("no-pictures"));
      throw new AssertionError("a pairs file without pictures was read");
    } catch (SightlineException refusal) {
      assertOneLine(refusal);
    }
  }
}
