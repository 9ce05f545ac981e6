package org.sightline.edge.console;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.Agent;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.AgentStatus;
import org.sightline.edge.app.StatusFile;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.PauseReason;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.pipeline.PipelineCounters;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** All that the page shows, as JSON: numbers, and words of the settings. Thread-safe. */
final class ConsoleState {
  private static final JsonMapper JSON = new JsonMapper();

  private final Console console;
  private final AgentSettings settings;
  private final Previews previews;
  private final DoctorRun doctor;
  private final Clock wall;

  ConsoleState(
      Console console, AgentSettings settings, Previews previews, DoctorRun doctor, Clock wall) {
    this.console = console;
    this.settings = settings;
    this.previews = previews;
    this.doctor = doctor;
    this.wall = wall;
  }

  static ObjectNode object() {
    return JSON.createObjectNode();
  }

  DoctorRun doctor() {
    return doctor;
  }

  /** The preview of a camera, for somebody who looks at it now; null if there is none. */
  @Nullable Preview look(CameraId camera) {
    return previews.look(camera);
  }

  /** Whether the settings have such a camera. */
  boolean has(CameraId camera) {
    return previews.has(camera);
  }

  /** Whether cameras are open. */
  boolean isCapturing() {
    Agent agent = console.agent();
    return agent != null && agent.capturing() && agent.paused().isEmpty();
  }

  ObjectNode json() {
    ObjectNode state = object().put("van", settings.van().value());
    Agent agent = console.agent();
    state.put("agent", agent != null);
    if (agent == null) {
      state.put("why", console.why());
    } else {
      said(state);
      counts(state.putObject("counts"), agent);
    }
    cameras(state.putArray("cameras"));
    doctor(state.putObject("doctor"));
    ArrayNode reasons = state.putArray("reasons");
    for (PauseReason reason : PauseReason.values()) {
      reasons.add(reason.word());
    }
    return state;
  }

  /** As the status file has it: where it is old, the disk does not answer, and the page says so. */
  private void said(ObjectNode state) {
    try {
      Optional<AgentStatus> said = new StatusFile(settings.folders().data()).read();
      if (said.isPresent() && said.get().process().pid() == ProcessHandle.current().pid()) {
        state.set("said", JSON.valueToTree(said.get()));
        Instant at = Instant.parse(said.get().process().at());
        state.put("saidSecondsAgo", Duration.between(at, wall.instant()).toSeconds());
      }
    } catch (SightlineException e) {
      state.put("unreadable", e.getMessage());
    }
  }

  private static void counts(ObjectNode counts, Agent agent) {
    PipelineCounters.Snapshot counters = agent.counters();
    counts
        .put("framesProcessed", counters.frames().processed())
        .put("framesDropped", counters.frames().dropped())
        .put("faces", counters.faces().detected())
        .put("passes", counters.passes())
        .put("alerts", counters.alerts().raised());
  }

  private void cameras(ArrayNode cameras) {
    if (!isCapturing()) {
      previews.clear();
    }
    for (CameraSettings camera : settings.cameras()) {
      ObjectNode node = cameras.addObject().put("id", camera.id().value());
      Preview preview = previews.last(camera.id());
      if (preview != null) {
        preview(node.putObject("preview"), preview);
      }
    }
  }

  private static void preview(ObjectNode node, Preview preview) {
    node.put("shown", preview.jpeg() != null).put("why", preview.why());
    node.put("leastHeightPx", preview.leastHeightPx());
    if (preview.light() != null) {
      node.put("brightness", Math.round(preview.light().brightness()))
          .put("clippedPercent", Math.round(100 * preview.light().clipped()))
          .put("contrast", Math.round(preview.light().contrast()));
    }
    ArrayNode faces = node.putArray("faces");
    for (Preview.SeenFace face : preview.faces()) {
      faces
          .addObject()
          .put("heightPx", face.heightPx())
          .put("quality", face.quality())
          .put("usable", face.usable());
    }
  }

  private void doctor(ObjectNode node) {
    node.put("running", doctor.isRunning());
    DoctorRun.Result last = doctor.last();
    if (last != null) {
      node.put("at", last.at().toString()).put("well", last.well());
      node.set("findings", JSON.valueToTree(last.findings()));
    }
  }
}
