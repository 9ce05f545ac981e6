package org.sightline.edge.fieldtest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.sightline.edge.config.ScenarioSettings;
import org.sightline.edge.config.ScenarioSettings.Fillers;
import org.sightline.edge.config.ScenarioSettings.Listed;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.enrol.Enroller;
import org.sightline.edge.enrol.EnrolmentResult;
import org.sightline.edge.inference.InstalledPack;
import org.sightline.edge.pipeline.Engine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The watchlist of a scenario: the listed subjects and the fillers, enrolled from their pictures.
 *
 * @param refusedPictures one line for every picture that could not be used
 */
record ListOfScenario(List<WatchlistEntry> entries, List<String> refusedPictures) {
  private static final Logger LOG = LoggerFactory.getLogger(ListOfScenario.class);

  private static final List<String> PICTURES = List.of(".jpg", ".jpeg", ".png", ".bmp", ".pgm");
  private static final String FILLER_CATEGORY = "filler";

  /** Pictures handed to the workers ahead of the one whose result is waited for. */
  private static final int AHEAD = 16;

  /**
   * Enrols the pictures on all cores.
   *
   * @throws FieldTestException if a listed subject has no usable picture, or the fillers' folder
   *     has none
   */
  static ListOfScenario enrol(ScenarioSettings scenario, InstalledPack pack)
      throws SightlineException, InterruptedException {
    List<WatchlistEntry> entries = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    try (Workers workers = new Workers(pack)) {
      for (Listed listed : scenario.watchlist()) {
        List<Template> templates = new ArrayList<>();
        Jpeg portrait = null;
        for (Path image : listed.images()) {
          EnrolmentResult enrolment = workers.submit(image).await();
          if (enrolment instanceof EnrolmentResult.Enrolled enrolled) {
            templates.add(enrolled.template());
            portrait = portrait == null ? enrolled.portrait() : portrait;
          } else if (enrolment instanceof EnrolmentResult.Refused refusal) {
            refused.add(listed.subject() + ": " + image + ": " + refusal.explanation());
          }
        }
        if (portrait == null) {
          throw new FieldTestException(
              "no picture of subject " + listed.subject() + " can be enrolled",
              listed.images().toString(),
              String.join("; ", refused),
              null);
        }
        entries.add(new WatchlistEntry(listed.subject(), listed.category(), templates, portrait));
      }
      Fillers fillers = scenario.fillers();
      if (fillers != null) {
        addFillers(fillers, workers, entries, refused);
      }
    }
    return new ListOfScenario(entries, refused);
  }

  private static void addFillers(
      Fillers fillers, Workers workers, List<WatchlistEntry> entries, List<String> refused)
      throws SightlineException, InterruptedException {
    Queue<Path> pictures = new ArrayDeque<>(picturesUnder(fillers.folder()));
    Queue<Pending> pending = new ArrayDeque<>();
    int added = 0;
    while (added < fillers.count()) {
      while (pending.size() < AHEAD && !pictures.isEmpty()) {
        pending.add(workers.submit(pictures.remove()));
      }
      Pending next = pending.poll();
      if (next == null) {
        break;
      }
      EnrolmentResult enrolment = next.await();
      if (enrolment instanceof EnrolmentResult.Enrolled enrolled) {
        added++;
        entries.add(
            new WatchlistEntry(
                new SubjectRef("filler-" + added),
                FILLER_CATEGORY,
                List.of(enrolled.template()),
                enrolled.portrait()));
      } else if (enrolment instanceof EnrolmentResult.Refused refusal) {
        refused.add(FILLER_CATEGORY + ": " + next.picture() + ": " + refusal.explanation());
      }
    }
    if (added == 0) {
      throw new FieldTestException(
          "the folder of fillers has no picture that can be enrolled",
          fillers.folder().toString(),
          "give a folder of portraits",
          null);
    }
    if (added < fillers.count()) {
      LOG.warn(
          "Only {} of {} fillers can be enrolled: the folder has no more usable pictures",
          added,
          fillers.count());
    }
  }

  private static List<Path> picturesUnder(Path folder) throws FieldTestException {
    // The folder may be a link, as to a data set kept elsewhere.
    try (Stream<Path> files = Files.walk(folder.toRealPath())) {
      return files
          .filter(Files::isRegularFile)
          .filter(
              file -> {
                String name = file.toString().toLowerCase(Locale.ROOT);
                return PICTURES.stream().anyMatch(name::endsWith);
              })
          .sorted()
          .toList();
    } catch (IOException | UncheckedIOException e) {
      throw new FieldTestException(
          "the folder of fillers cannot be read", folder.toString(), "check the path", e);
    }
  }

  /** A picture whose enrolment is under way. */
  private record Pending(Path picture, Future<EnrolmentResult> result) {
    EnrolmentResult await() throws SightlineException, InterruptedException {
      try {
        return result.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof SightlineException expected) {
          throw expected;
        }
        throw new IllegalStateException("enrolment failed", e.getCause());
      }
    }
  }

  /** One set of networks a core, because a network is used by one thread at a time. */
  private static final class Workers implements AutoCloseable {
    private final ExecutorService threads;
    private final List<Engine> engines = new ArrayList<>();
    private final Queue<Enroller> idle = new ConcurrentLinkedQueue<>();

    Workers(InstalledPack pack) throws SightlineException {
      int count = Runtime.getRuntime().availableProcessors();
      threads = Executors.newFixedThreadPool(count);
      for (int i = 0; i < count; i++) {
        Engine engine = Engine.open(pack, DetectionSettings.stills(1));
        engines.add(engine);
        idle.add(new Enroller(engine.detector(), engine.embedder()));
      }
    }

    Pending submit(Path picture) {
      return new Pending(picture, threads.submit(() -> enrol(picture)));
    }

    private EnrolmentResult enrol(Path picture) {
      Enroller enroller = idle.remove();
      try {
        return enroller.enrol(picture);
      } finally {
        idle.add(enroller);
      }
    }

    @Override
    public void close() {
      threads.shutdownNow();
      try {
        if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
          engines.forEach(Engine::close);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
