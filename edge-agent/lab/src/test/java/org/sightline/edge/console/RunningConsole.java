package org.sightline.edge.console;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.sightline.edge.app.AgentService;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.Device;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.GeneratedStreet;
import org.sightline.edge.web.login.Officers;
import org.sightline.edge.web.login.PasswordHash;

/** A service with its console, on drawn people who walk by again and again. */
final class RunningConsole implements AutoCloseable {
  static final String OFFICER = "4711";
  static final String PASSWORD = "correct horse battery staple";

  private static final URI NOBODY = URI.create("mqtt://127.0.0.1:1");
  private static final PasswordHash HASH = PasswordHash.of(PASSWORD.toCharArray());

  private final AgentSettings settings;
  private final Console console;
  private final Thread service;

  private RunningConsole(Path file) throws Exception {
    settings = AgentSettings.read(file);
    console =
        Console.start(
            file,
            settings,
            AgentSettings.console(file).orElseThrow(),
            Previews.of(settings, 1),
            Clock.systemUTC());
    service = new Thread(this::serve, "service");
    service.start();
  }

  private void serve() {
    try {
      AgentService.run(settings, Clock.systemUTC(), Map.of(), console);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (SightlineException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One whose deployment is open. */
  static RunningConsole open(Path folder, GeneratedStreet street) throws Exception {
    return new RunningConsole(exercise(folder).opened(NOBODY, lines(street)));
  }

  /** One whose list is imported, and whose deployment is not open. */
  static RunningConsole imported(Path folder, GeneratedStreet street) throws Exception {
    Exercise exercise = exercise(folder);
    Path file = exercise.settings(NOBODY, lines(street));
    AgentSettings settings = AgentSettings.read(file);
    try (Device box = Device.open(settings, Clock.systemUTC());
        DataFolderLock lock = box.lock()) {
      box.deployments()
          .importList(
              lock,
              settings.deployment().authorisation(),
              settings.deployment().watchlist(),
              box.pack(),
              Actor.officer(OFFICER),
              () -> {});
    }
    return new RunningConsole(file);
  }

  /** One that is served elsewhere, and watches nothing. */
  static RunningConsole at(String address, Path folder) throws Exception {
    return new RunningConsole(
        exercise(folder)
            .settings(
                NOBODY,
                "cameras: [{id: mast-1, source: \"rtsp://127.0.0.1:1/none\"}]",
                "console: {listen: \"%s\"}".formatted(address)));
  }

  private static Exercise exercise(Path folder) throws Exception {
    Exercise exercise = Exercise.ofNobody(folder);
    Officers.readOrNone(exercise.folder().resolve("console-users.json")).put(OFFICER, HASH);
    return exercise;
  }

  private static String[] lines(GeneratedStreet street) {
    return Stream.of(
            "smallestFacePx: " + GeneratedStreet.SMALLEST_FACE_PX,
            "cameras: [{id: mast-1, source: \"%s\", loop: true}]"
                .formatted(street.clip().toAbsolutePath()),
            "console: {listen: \"127.0.0.1:0\"}")
        .toArray(String[]::new);
  }

  URI uri() {
    return console.uri();
  }

  List<String> auditLines() throws Exception {
    try (Device box = Device.open(settings, Clock.systemUTC())) {
      return box.database()
          .query(
              "SELECT CAST(line AS TEXT) AS line FROM audit_record ORDER BY sequence",
              row -> row.text("line"));
    }
  }

  /** All that is in the data folder. */
  List<Path> files() throws Exception {
    try (Stream<Path> files = Files.walk(settings.folders().data())) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  @Override
  public void close() {
    service.interrupt();
    try {
      service.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    console.close();
  }
}
