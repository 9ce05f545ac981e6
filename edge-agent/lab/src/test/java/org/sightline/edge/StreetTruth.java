package org.sightline.edge;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Who walked by in generated clips, and where, as the generator wrote it down. */
record StreetTruth(JsonNode json) {
  /** One person walking by once; {@code listed} as the generator names them, empty of others. */
  record Passer(int pass, String camera, String listed) {}

  static StreetTruth read(Path scene) {
    return new StreetTruth(JsonMapper.shared().readTree(scene.resolve("truth.json").toFile()));
  }

  /** All who walked by a camera's clip. */
  List<Passer> passers(String camera) {
    return nodes(json, "passes")
        .map(
            pass ->
                new Passer(
                    pass.get("pass").asInt(),
                    pass.get("camera").asString(),
                    pass.path("subject").asString("")))
        .filter(passer -> passer.camera().equals(camera))
        .toList();
  }

  /** Those of them whose face was visible, so high at least, with its centre that far left. */
  List<Passer> passers(String camera, int smallestFacePx, double rightmost) {
    double border = rightmost * json.get("widthPx").asInt();
    List<Integer> near =
        nodes(json, "frames")
            .flatMap(frame -> nodes(frame, "faces"))
            .filter(face -> face.get("visible").asBoolean())
            .filter(face -> face.get("height").asDouble() >= smallestFacePx)
            .filter(face -> face.get("x").asDouble() + face.get("width").asDouble() / 2 <= border)
            .map(face -> face.get("pass").asInt())
            .distinct()
            .toList();
    return passers(camera).stream().filter(passer -> near.contains(passer.pass())).toList();
  }

  /** How many frames a camera's clip has. */
  long frames(String camera) {
    return nodes(json, "frames")
        .filter(frame -> frame.get("camera").asString().equals(camera))
        .count();
  }

  private static Stream<JsonNode> nodes(JsonNode json, String name) {
    return json.get(name).valueStream();
  }
}
