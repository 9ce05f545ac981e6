package org.sightline.edge.console;

import java.net.HttpURLConnection;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.PauseReason;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.web.Exchange;
import org.sightline.edge.web.Route;
import org.sightline.edge.web.login.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** What there is on the console besides its files, for those who are logged in. */
final class ConsoleRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(ConsoleRoutes.class);

  private final Console console;
  private final ConsoleState state;
  private final OfficerActions actions;
  private final Looks looks;

  /** What an officer does; the line that says so. */
  @FunctionalInterface
  private interface Action {
    String run(JsonNode body, Actor by) throws SightlineException;
  }

  ConsoleRoutes(Console console, ConsoleState state, OfficerActions actions, Looks looks) {
    this.console = console;
    this.state = state;
    this.actions = actions;
    this.looks = looks;
  }

  List<Route> all() {
    return List.of(
        Route.get("/api/state", (session, path, exchange) -> state(session, exchange)),
        Route.get("/api/cameras/(?<camera>[a-z0-9-]{1,64})/picture", this::picture),
        action(
            "/api/doctor",
            (body, by) -> {
              state.doctor().begin();
              return "everything is being tested";
            }),
        action(
            "/api/start",
            (body, by) -> {
              console.wantStart();
              return "the agent is started";
            }),
        action(
            "/api/open",
            (body, by) -> {
              String line = actions.open(by);
              console.wantStart();
              return line;
            }),
        action(
            "/api/pause",
            (body, by) ->
                actions.pause(deployment(body), PauseReason.of(text(body, "reason")), by)),
        action("/api/resume", (body, by) -> actions.resume(deployment(body), by)),
        action(
            "/api/close",
            (body, by) -> actions.close(deployment(body), by, console.agent() != null)));
  }

  private void state(Session session, Exchange exchange) {
    exchange.json(
        HttpURLConnection.HTTP_OK,
        state.json().put("officer", session.officer()).put("csrf", session.csrf()));
  }

  /** A picture is only ever one of which every face was hidden, while cameras are open. */
  private void picture(Session session, Matcher path, Exchange exchange) {
    CameraId camera = new CameraId(path.group("camera"));
    if (!state.has(camera) || !state.isCapturing()) {
      exchange.notFound();
      return;
    }
    try {
      looks.at(camera, Actor.officer(session.officer()));
    } catch (StoreException e) {
      LOG.warn("No preview, for it cannot be recorded who looks: {}", e.getMessage());
      exchange.error(HttpURLConnection.HTTP_UNAVAILABLE, "not-recorded");
      return;
    }
    Preview preview = state.look(camera);
    @Nullable Jpeg jpeg = preview == null ? null : preview.jpeg();
    if (jpeg == null) {
      exchange.notFound();
    } else {
      exchange.content("image/jpeg", jpeg.bytes());
    }
  }

  private static Route action(String path, Action action) {
    return Route.post(
        path,
        (session, matcher, exchange) ->
            exchange.readJson(
                body -> {
                  Actor by = Actor.officer(session.officer());
                  try {
                    String line = action.run(body, by);
                    LOG.info("Officer {} at the console: {}", session.officer(), line);
                    exchange.json(
                        HttpURLConnection.HTTP_OK, ConsoleState.object().put("line", line));
                  } catch (SightlineException e) {
                    LOG.warn(
                        "Officer {} at the console was refused: {}",
                        session.officer(),
                        e.getMessage());
                    exchange.error(HttpURLConnection.HTTP_CONFLICT, e.getMessage());
                  }
                }));
  }

  private static DeploymentId deployment(JsonNode body) {
    return new DeploymentId(text(body, "deployment"));
  }

  private static String text(JsonNode body, String name) {
    JsonNode value = body.path(name);
    if (!value.isString()) {
      throw new IllegalArgumentException("no " + name);
    }
    return value.stringValue();
  }
}
