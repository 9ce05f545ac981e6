package org.sightline.edge.models;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.Sha256;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A small manifest called {@code sample}, to be filled with files and spoilt. */
final class SamplePack {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final Path manifests;
  private final ObjectNode json;

  SamplePack(Path manifests) {
    this.manifests = manifests;
    json =
        (ObjectNode)
            JSON.readTree(
                """
                {
                  "name": "sample", "kind": "recognition", "title": "A sample", "version": 1, "licence": "MIT",
                  "verified": false, "exerciseOnly": true, "files": [],
                  "detector": {
                    "engine": "opencv-cascade", "file": null, "input": null, "fixedSidePx": null,
                    "sizeMultiplePx": 1, "scoreThreshold": 0.5, "frameScoreThreshold": 0.5, "overlapThreshold": 0.3,
                    "smallestFacePx": 40
                  },
                  "landmarks": null,
                  "embedder": {
                    "engine": "gradient-descriptor", "file": null, "input": null, "output": null,
                    "sidePx": 96, "dimension": 8, "batch": true,
                    "alignment": [
                      {"x": 30, "y": 40}, {"x": 60, "y": 40}, {"x": 48, "y": 60},
                      {"x": 36, "y": 80}, {"x": 60, "y": 80}
                    ]
                  },
                  "calibrations": []
                }
                """);
  }

  SamplePack file(String name, byte[] content, @Nullable String url) throws IOException {
    json.withArray("files").add(fileNode(name, content, url));
    return this;
  }

  static ObjectNode fileNode(String name, byte[] content, @Nullable String url) throws IOException {
    return JSON.createObjectNode()
        .put("name", name)
        .put("sha256", digest(content))
        .put("sizeBytes", content.length)
        .put("licence", "MIT")
        .put("source", "made up")
        .put("url", url)
        .putNull("conversion");
  }

  static String digest(byte[] content) {
    return Sha256.of(content).hex();
  }

  ObjectNode json() {
    return json;
  }

  Path write() throws IOException {
    return write(json.toString());
  }

  Path write(String text) throws IOException {
    Path folder = Files.createDirectories(manifests.resolve("sample"));
    return Files.writeString(folder.resolve("pack.json"), text);
  }
}
