package org.sightline.edge.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sightline.edge.testing.FuzzTarget;

/** A manifest is a pack, or is refused in one line. */
class ManifestFuzzTest extends FuzzTarget {
  @Override
  protected List<byte[]> seeds() throws IOException {
    return List.of(
        Files.readAllBytes(Path.of("../../models/builtin/pack.json")),
        Files.readAllBytes(Path.of("../../models/minifasnet/pack.json")),
        Files.readAllBytes(Path.of("../../models/retail-0095/pack.json")));
  }

  @Override
  protected void take(byte[] input) throws IOException {
    try {
      ManifestFormat.read(fileOf(input));
    } catch (ModelPackException refusal) {
      assertOneLine(refusal);
    }
  }
}
