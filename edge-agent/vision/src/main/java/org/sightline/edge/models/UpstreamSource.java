package org.sightline.edge.models;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.concurrent.Threads;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.models.ModelPack.PackFile;
import org.sightline.edge.models.ModelPackException.Reason;

/**
 * Files that upstream publishes. What has arrived of a file is kept in {@code <digest>.part}, so
 * that the next try resumes where the last one stopped; a finished part with another digest is
 * deleted. A try that brings nothing is repeated {@value #MAX_FRUITLESS_TRIES} times in all, after
 * pauses that double from {@link RetryLimits#firstPause()}; one that brings something starts the
 * count again.
 */
final class UpstreamSource implements PackSource {
  static final int MAX_FRUITLESS_TRIES = 5;

  private static final int CHUNK_BYTES = 64 * 1024;

  /**
   * How long to wait.
   *
   * @param firstPause before the second try
   * @param stall without a byte after which a try is given up
   */
  record RetryLimits(Duration firstPause, Duration stall) {
    static final RetryLimits USUAL = new RetryLimits(Duration.ofSeconds(1), Duration.ofSeconds(30));
  }

  private final Path partFolder;
  private final InstallProgress progress;
  private final RetryLimits patience;
  private final HttpClient client;

  /**
   * Downloads nothing yet.
   *
   * @param partFolder holds the unfinished files; need not exist yet
   */
  UpstreamSource(Path partFolder, InstallProgress progress, RetryLimits patience) {
    this.partFolder = partFolder;
    this.progress = progress;
    this.patience = patience;
    this.client =
        HttpClient.newBuilder()
            .connectTimeout(patience.stall())
            .followRedirects(Redirect.NORMAL)
            .build();
  }

  @Override
  public boolean has(PackFile file) {
    return file.url() != null;
  }

  @Override
  public void fetch(PackFile file, Path target) throws ModelPackException, IOException {
    Files.createDirectories(partFolder);
    Path part = partFolder.resolve(file.sha256() + ".part");
    progress.begins(file.name(), file.sizeBytes());
    try {
      complete(file, part);
    } finally {
      progress.ends();
    }
    if (!Sha256.ofFile(part).hex().equals(file.sha256())) {
      throw wrong(file, part, "upstream gives other bytes than the manifest pins");
    }
    Files.move(part, target);
  }

  private void complete(PackFile file, Path part) throws ModelPackException, IOException {
    int fruitlessTries = 0;
    long done = sizeBytes(part);
    while (done < file.sizeBytes()) {
      try {
        receive(file, part, done);
        return;
      } catch (Interruption e) {
        long before = done;
        done = sizeBytes(part);
        fruitlessTries = done > before ? 0 : fruitlessTries + 1;
        if (fruitlessTries == MAX_FRUITLESS_TRIES) {
          throw failed(file, e.getMessage(), e.getCause());
        }
        pause(file, patience.firstPause().multipliedBy(1L << Math.max(0, fruitlessTries - 1)));
      }
    }
  }

  private void receive(PackFile file, Path part, long fromByte)
      throws Interruption, ModelPackException, IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(Objects.requireNonNull(file.url())))
            .timeout(patience.stall());
    if (fromByte > 0) {
      request.header("Range", "bytes=" + fromByte + "-");
    }
    HttpResponse<InputStream> response = answer(file, request.build());
    try (InputStream body = response.body()) {
      switch (response.statusCode()) {
        case 200 -> {
          long offered =
              response.headers().firstValueAsLong("Content-Length").orElse(file.sizeBytes());
          requireOffered(offered == file.sizeBytes(), file, part);
          write(file, part, body, 0);
        }
        case 206 -> {
          String offered = response.headers().firstValue("Content-Range").orElse("");
          long lastByte = file.sizeBytes() - 1;
          String expected = "bytes " + fromByte + "-" + lastByte + "/" + file.sizeBytes();
          requireOffered(offered.equals(expected), file, part);
          write(file, part, body, fromByte);
        }
        case 416 -> {
          Files.delete(part);
          throw new Interruption("upstream refuses to resume the download", null);
        }
        case 408, 425, 429, 500, 502, 503, 504 ->
            throw new Interruption("upstream answers " + response.statusCode(), null);
        default -> throw failed(file, "upstream answers " + response.statusCode(), null);
      }
    }
  }

  private HttpResponse<InputStream> answer(PackFile file, HttpRequest request)
      throws Interruption, ModelPackException {
    try {
      return client.send(request, BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new Interruption("upstream cannot be reached", e);
    } catch (InterruptedException e) {
      throw interrupted(file, e);
    }
  }

  private void write(PackFile file, Path part, InputStream body, long fromByte)
      throws Interruption, ModelPackException, IOException {
    StandardOpenOption how =
        fromByte == 0 ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND;
    long done = fromByte;
    byte[] chunk = new byte[CHUNK_BYTES];
    try (OutputStream out =
            Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
        StallGuard guard = new StallGuard(body, patience.stall())) {
      for (int read = read(body, chunk); read >= 0; read = read(body, chunk)) {
        guard.alive();
        done += read;
        requireOffered(done <= file.sizeBytes(), file, part);
        out.write(chunk, 0, read);
        progress.reaches(done);
      }
    }
    if (done < file.sizeBytes()) {
      throw new Interruption("the connection ends before the file does", null);
    }
  }

  private static int read(InputStream body, byte[] chunk) throws Interruption {
    try {
      return body.read(chunk);
    } catch (IOException e) {
      throw new Interruption("the connection breaks off", e);
    }
  }

  private static long sizeBytes(Path part) throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  private static void pause(PackFile file, Duration pause) throws ModelPackException {
    try {
      Thread.sleep(pause.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(file, e);
    }
  }

  private static ModelPackException interrupted(PackFile file, InterruptedException e) {
    Thread.currentThread().interrupt();
    return failed(file, "the download was interrupted", e);
  }

  private static void requireOffered(boolean fits, PackFile file, Path part)
      throws ModelPackException, IOException {
    if (!fits) {
      throw wrong(file, part, "upstream offers a file of another size than the manifest pins");
    }
  }

  private static ModelPackException wrong(PackFile file, Path part, String what)
      throws IOException {
    Files.deleteIfExists(part);
    return new ModelPackException(
        Reason.WRONG_DIGEST,
        what,
        Objects.requireNonNull(file.url()),
        "nothing was installed; install from a folder that has the file: --from DIR",
        null);
  }

  private static ModelPackException failed(
      PackFile file, @Nullable String what, @Nullable Throwable cause) {
    return new ModelPackException(
        Reason.DOWNLOAD_FAILED,
        Objects.requireNonNullElse(what, "the download failed"),
        Objects.requireNonNull(file.url()),
        "run again to resume where it stopped, or install from a folder: --from DIR",
        cause);
  }

  /** A try that did not bring the whole file; another may. */
  private static final class Interruption extends Exception {
    private static final long serialVersionUID = 1L;

    Interruption(String what, @Nullable Throwable cause) {
      super(what, cause);
    }
  }

  /** Closes a body that brings nothing for too long, which the client itself would wait on. */
  private static final class StallGuard implements AutoCloseable {
    private final ScheduledExecutorService watch = Threads.scheduler("download-stall-guard");
    private volatile long lastNanos = System.nanoTime();

    @SuppressWarnings("FutureReturnValueIgnored") // ends with the executor
    StallGuard(InputStream body, Duration stall) {
      long periodNanos = Math.max(1, stall.toNanos() / 4);
      watch.scheduleWithFixedDelay(
          () -> {
            if (System.nanoTime() - lastNanos > stall.toNanos()) {
              close(body);
            }
          },
          periodNanos,
          periodNanos,
          TimeUnit.NANOSECONDS);
    }

    void alive() {
      lastNanos = System.nanoTime();
    }

    private static void close(InputStream body) {
      try {
        body.close();
      } catch (IOException e) {
        throw new UncheckedIOException("a stalled body cannot be closed", e);
      }
    }

    @Override
    public void close() {
      watch.shutdownNow();
    }
  }
}
