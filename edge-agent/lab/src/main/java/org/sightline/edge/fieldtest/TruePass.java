package org.sightline.edge.fieldtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.fieldtest.ScenarioSettings.ExpectedAlert;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One person walking by once, as the truth of a scenario has it.
 *
 * @param number by which the frames of the truth know it; {@value #NO_NUMBER} if it has none
 * @param subject null if not listed
 */
record TruePass(
    int number,
    CameraId camera,
    String person,
    @Nullable SubjectRef subject,
    double enterSeconds,
    double leaveSeconds,
    double largestFaceHeightPx) {
  static final int NO_NUMBER = 0;

  /** A face may be seen this long before and after the truth calls it visible. */
  private static final double SLACK_SECONDS = 0.5;

  private static final JsonMapper JSON = JsonMapper.shared();

  /**
   * Reads the passes of a truth file; its frames are skipped.
   *
   * @param cameras of the scenario; a pass that names none is at its only one
   * @throws SightlineException if it is no truth of these cameras
   */
  static List<TruePass> read(Path file, List<CameraId> cameras) throws SightlineException {
    try (JsonParser parser = JSON.createParser(Files.newInputStream(file))) {
      parser.nextToken();
      for (JsonToken key = parser.nextToken();
          key == JsonToken.PROPERTY_NAME;
          key = parser.nextToken()) {
        boolean passes = parser.currentName().equals("passes");
        parser.nextToken();
        if (passes) {
          List<TruePass> read = new ArrayList<>();
          JsonNode all = parser.readValueAsTree();
          for (JsonNode pass : all) {
            read.add(of(pass, cameras));
          }
          return read;
        }
        parser.skipChildren();
      }
      throw unusable(file, "it has no 'passes'", null);
    } catch (IOException e) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "the truth cannot be read",
          file.toString(),
          "check the scenario's 'truth'",
          e);
    } catch (JacksonException | IllegalArgumentException e) {
      String reason =
          e instanceof JacksonException json ? json.getOriginalMessage() : e.getMessage();
      throw unusable(file, String.valueOf(reason), e);
    }
  }

  private static SightlineException unusable(Path file, String reason, @Nullable Throwable cause) {
    return new SightlineException(
        ErrorKind.UNUSABLE_INPUT,
        "this is not a truth of the scenario",
        file.toString(),
        reason,
        cause);
  }

  private static TruePass of(JsonNode pass, List<CameraId> cameras) {
    JsonNode named = pass.path("camera");
    if (!named.isString() && cameras.size() > 1) {
      throw new IllegalArgumentException("with several cameras each pass names its 'camera'");
    }
    CameraId camera = named.isString() ? new CameraId(named.asString()) : cameras.get(0);
    if (!cameras.contains(camera)) {
      throw new IllegalArgumentException("the scenario has no camera '" + camera + "'");
    }
    JsonNode subject = pass.path("subject");
    return new TruePass(
        pass.path("pass").asInt(NO_NUMBER),
        camera,
        pass.required("person").asString(),
        subject.isString() ? new SubjectRef(subject.asString()) : null,
        pass.required("enterSeconds").asDouble(),
        pass.required("leaveSeconds").asDouble(),
        pass.required("largestFaceHeightPx").asDouble());
  }

  /** For how long it lies within an expectation of its subject at its camera; 0 if it does not. */
  double secondsWithin(ExpectedAlert expected) {
    boolean same = expected.subject().equals(subject) && expected.camera().equals(camera);
    double overlap =
        Math.min(leaveSeconds, expected.toSeconds())
            - Math.max(enterSeconds, expected.fromSeconds());
    // A pass of a single frame has no length.
    return same && overlap >= 0 ? Math.max(overlap, Double.MIN_VALUE) : 0;
  }

  boolean mayHaveRaised(RaisedAlert alert) {
    return alert.camera().equals(camera)
        && alert.seconds() >= enterSeconds - SLACK_SECONDS
        && alert.seconds() <= leaveSeconds + SLACK_SECONDS;
  }
}
