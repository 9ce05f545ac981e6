package org.sightline.edge.fieldtest.generate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sightline.edge.fieldtest.generate.Truth.ListedPerson;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes {@code truth.json}, a line for each frame and each pass. */
final class TruthFile {
  /** Name of the file. */
  static final String NAME = "truth.json";

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private TruthFile() {}

  static void write(Path folder, Scene scene, List<ListedPerson> listed, List<Reel> reels)
      throws GenerationException {
    try (JsonGenerator truth = JSON.createGenerator(Files.newOutputStream(folder.resolve(NAME)))) {
      truth.writeStartObject();
      truth.writeNumberProperty("seed", scene.seed());
      truth.writeNumberProperty("widthPx", scene.video().widthPx());
      truth.writeNumberProperty("heightPx", scene.video().heightPx());
      truth.writeNumberProperty("framesPerSecond", scene.video().framesPerSecond());
      truth.writeStringProperty("light", scene.exposure().light().label());
      truth.writeNumberProperty("exposureMillis", scene.exposure().millis());
      lines(truth, "listed", listed);
      lines(truth, "passes", reels.stream().flatMap(reel -> reel.passes().stream()).toList());
      lines(truth, "frames", reels.stream().flatMap(reel -> reel.frames().stream()).toList());
      truth.writeEndObject();
    } catch (IOException e) {
      throw GenerationException.unwritable(folder, e);
    }
  }

  private static void lines(JsonGenerator truth, String key, List<?> values) {
    truth.writeArrayPropertyStart(key);
    for (Object value : values) {
      truth.writeRaw("\n");
      truth.writePOJO(value);
    }
    truth.writeEndArray();
  }
}
