package org.sightline.edge.fieldtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.FrameSource;
import org.sightline.edge.capture.FrameSources;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.detect.FaceDetectors;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.Face;
import org.sightline.edge.domain.Frame;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.models.InstalledPack;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Which of the missed passes show no face to the detector: what no embedder and no threshold can
 * find. The agent reports nothing of anybody who raised no alert, so the clips are searched once
 * more by themselves, fully and as often as the agent does at most.
 */
final class UndetectedPasses {
  /** How far a face that is found has to overlap the one that the truth has there. */
  private static final float SAME_FACE_OVERLAP = 0.3f;

  /** A frame of a clip and one of the truth are the same if they are no farther apart. */
  private static final double SAME_FRAME_SECONDS = 0.02;

  private static final double BETWEEN_SEARCHES_SECONDS = 1.0 / 15 - SAME_FRAME_SECONDS;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final List<TruePass> missed;
  private final Map<CameraId, NavigableMap<Double, List<TrueFace>>> faces = new HashMap<>();
  private final Set<TruePass> undetected = new HashSet<>();
  private final Set<TruePass> searchedFor = new HashSet<>();

  private UndetectedPasses(List<TruePass> missed) {
    this.missed = missed;
  }

  /** A visible face of a missed pass. */
  private record TrueFace(TruePass pass, BoxPx box) {}

  /**
   * Searches.
   *
   * @param truth of the scenario
   * @param missed passes that raised no alert
   * @param cameras of the scenario
   * @return those of the missed in which no face is found; null if the truth does not say where the
   *     face of each of them is, or not in any frame that is searched
   * @throws SightlineException if the truth, a clip or the pack cannot be read
   */
  static @Nullable Set<TruePass> among(
      List<TruePass> missed,
      Path truth,
      List<CameraSettings> cameras,
      InstalledPack pack,
      DetectionSettings detection)
      throws SightlineException, InterruptedException {
    if (missed.isEmpty()) {
      return new HashSet<>();
    }
    UndetectedPasses passes = new UndetectedPasses(missed);
    passes.read(truth);
    if (!passes.undetected.containsAll(missed)) {
      return null;
    }
    try (FaceDetector detector = FaceDetectors.open(pack.manifest(), pack.folder(), detection)) {
      for (CameraSettings camera : cameras) {
        NavigableMap<Double, List<TrueFace>> there = passes.faces.get(camera.id());
        if (there != null) {
          passes.search(camera, there, detector);
        }
      }
    }
    return passes.searchedFor.containsAll(missed) ? passes.undetected : null;
  }

  private void read(Path truth) throws SightlineException {
    try (JsonParser parser = JSON.createParser(Files.newInputStream(truth))) {
      parser.nextToken();
      for (JsonToken key = parser.nextToken();
          key == JsonToken.PROPERTY_NAME;
          key = parser.nextToken()) {
        boolean frames = parser.currentName().equals("frames");
        if (parser.nextToken() == JsonToken.START_ARRAY && frames) {
          while (parser.nextToken() == JsonToken.START_OBJECT) {
            add(parser.readValueAsTree());
          }
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException | JacksonException e) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "the frames of the truth cannot be read",
          truth.toString(),
          "check the scenario's 'truth'",
          e);
    }
  }

  private void add(JsonNode frame) {
    for (JsonNode face : frame.path("faces")) {
      int number = face.path("pass").asInt(TruePass.NO_NUMBER);
      String camera = frame.path("camera").asString("");
      if (number != TruePass.NO_NUMBER && face.path("visible").asBoolean(false)) {
        missed.stream()
            .filter(pass -> pass.number() == number && pass.camera().value().equals(camera))
            .forEach(pass -> add(frame.required("seconds").asDouble(), pass, face));
      }
    }
  }

  private void add(double seconds, TruePass pass, JsonNode face) {
    BoxPx box =
        new BoxPx(
            (float) face.required("x").asDouble(),
            (float) face.required("y").asDouble(),
            (float) face.required("width").asDouble(),
            (float) face.required("height").asDouble());
    undetected.add(pass);
    faces
        .computeIfAbsent(pass.camera(), camera -> new TreeMap<>())
        .computeIfAbsent(seconds, time -> new ArrayList<>())
        .add(new TrueFace(pass, box));
  }

  /** Takes those whose face is found out of the undetected. */
  private void search(
      CameraSettings camera, NavigableMap<Double, List<TrueFace>> there, FaceDetector detector)
      throws SightlineException, InterruptedException {
    double searched = Double.NEGATIVE_INFINITY;
    try (FrameSource source = FrameSources.open(camera.at(CameraSettings.Pace.FASTEST))) {
      for (Frame next = source.next(); next != null; next = source.next()) {
        try (Frame frame = next) {
          double seconds = seconds(frame.streamTime());
          if (seconds - searched >= BETWEEN_SEARCHES_SECONDS) {
            searched = seconds;
            List<TrueFace> looked =
                there
                    .subMap(seconds - SAME_FRAME_SECONDS, true, seconds + SAME_FRAME_SECONDS, true)
                    .values()
                    .stream()
                    .flatMap(List::stream)
                    .filter(face -> undetected.contains(face.pass()))
                    .toList();
            if (!looked.isEmpty()) {
              looked.forEach(face -> searchedFor.add(face.pass()));
              List<Face> found = detector.detect(frame.picture());
              looked.stream()
                  .filter(face -> isAmong(found, face.box()))
                  .forEach(face -> undetected.remove(face.pass()));
            }
          }
          if (seconds > there.lastKey()) {
            return;
          }
        }
      }
    }
  }

  private static boolean isAmong(List<Face> found, BoxPx box) {
    return found.stream().anyMatch(face -> face.box().overlapWith(box) >= SAME_FACE_OVERLAP);
  }

  private static double seconds(Duration streamTime) {
    return streamTime.toNanos() / 1e9;
  }
}
