package org.sightline.edge.enrol;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.sightline.edge.detect.DetectionSettings;
import org.sightline.edge.detect.FaceDetector;
import org.sightline.edge.detect.FaceDetectors;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.embed.FaceEmbedder;
import org.sightline.edge.embed.FaceEmbedders;
import org.sightline.edge.imaging.Stills;
import org.sightline.edge.inference.Compute;
import org.sightline.edge.models.InstalledPack;

/**
 * Enrols pictures on all cores, with one set of networks a core, because a network is used by one
 * thread at a time, and in memory that does not grow with the cores. Used by one thread.
 */
public final class EnrolmentWorkers implements AutoCloseable {
  /** Enough that a worker does not wait for a large picture, which others overtake. */
  private static final int AHEAD_OF_A_WORKER = 8;

  /** Taken by pictures at once, whatever the cores: three of a telephone, or one of the largest. */
  private static final int MOST_MEMORY_MIB = 448;

  private final Semaphore memoryMiB = new Semaphore(MOST_MEMORY_MIB, true);
  private final ExecutorService threads;
  private final Queue<Function<Path, EnrolmentResult>> idle;
  private final int ahead;
  private final List<Runnable> closers;

  /** A picture and what became of it. */
  public record Enrolment(Path picture, EnrolmentResult result) {}

  /**
   * @param enrollers one for each thread
   * @param closers what to close when no thread uses it any more
   */
  EnrolmentWorkers(
      Collection<? extends Function<Path, EnrolmentResult>> enrollers, List<Runnable> closers) {
    this.threads = Executors.newFixedThreadPool(enrollers.size());
    this.idle = new ConcurrentLinkedQueue<>(enrollers);
    this.ahead = AHEAD_OF_A_WORKER * enrollers.size();
    this.closers = List.copyOf(closers);
  }

  /** Loads the networks of a pack once for each core. */
  public static EnrolmentWorkers open(InstalledPack pack) throws SightlineException {
    DetectionSettings settings = DetectionSettings.stills(Compute.cpu(1));
    List<Function<Path, EnrolmentResult>> enrollers = new ArrayList<>();
    List<Runnable> closers = new ArrayList<>();
    try {
      for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
        FaceDetector detector = FaceDetectors.open(pack.manifest(), pack.folder(), settings);
        closers.add(detector::close);
        FaceEmbedder embedder =
            FaceEmbedders.open(pack.manifest(), pack.folder(), settings.compute());
        closers.add(embedder::close);
        enrollers.add(new Enroller(detector, embedder)::enrol);
      }
    } catch (SightlineException | RuntimeException e) {
      closers.forEach(Runnable::run);
      throw e;
    }
    return new EnrolmentWorkers(enrollers, closers);
  }

  /** Enrols pictures, a few ahead of the one that is asked for. */
  public Enrolments enrol(Collection<Path> pictures) {
    return new Enrolments(pictures.iterator());
  }

  private EnrolmentResult enrol(Path picture) throws InterruptedException {
    int needed = Math.min(MOST_MEMORY_MIB, Stills.memoryMiB(picture));
    memoryMiB.acquire(needed);
    try {
      Function<Path, EnrolmentResult> enroller = idle.remove();
      try {
        return enroller.apply(picture);
      } finally {
        idle.add(enroller);
      }
    } finally {
      memoryMiB.release(needed);
    }
  }

  /** What becomes of pictures, in their order. */
  public final class Enrolments {
    private final Iterator<Path> rest;
    private final Queue<Pending> pending = new ArrayDeque<>();

    private Enrolments(Iterator<Path> pictures) {
      this.rest = pictures;
    }

    public boolean hasNext() {
      return !pending.isEmpty() || rest.hasNext();
    }

    /** Waits for the next picture. */
    public Enrolment next() throws InterruptedException {
      while (pending.size() < ahead && rest.hasNext()) {
        Path picture = rest.next();
        pending.add(new Pending(picture, threads.submit(() -> enrol(picture))));
      }
      Pending next = pending.poll();
      if (next == null) {
        throw new NoSuchElementException();
      }
      try {
        return new Enrolment(next.picture(), next.result().get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("enrolment of " + next.picture() + " failed", e.getCause());
      }
    }
  }

  private record Pending(Path picture, Future<EnrolmentResult> result) {}

  /** Gives up what is under way and closes the networks. */
  @Override
  public void close() {
    threads.shutdownNow();
    try {
      if (threads.awaitTermination(1, TimeUnit.MINUTES)) {
        closers.forEach(Runnable::run);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
