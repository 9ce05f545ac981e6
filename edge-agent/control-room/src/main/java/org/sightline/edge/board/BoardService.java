package org.sightline.edge.board;

import java.net.URI;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.health.LongStart;
import org.sightline.edge.health.SystemdNotifier;

/** The board as a service: started and stopped by systemd or by a terminal. */
public final class BoardService {
  private BoardService() {}

  /**
   * Serves until the process is stopped.
   *
   * @param started is called with the address of the page
   * @throws SightlineException if it cannot start
   */
  public static void run(
      BoardSettings settings, Map<String, String> environment, Consumer<URI> started)
      throws SightlineException, InterruptedException {
    CountDownLatch stop = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    try (SystemdNotifier systemd = SystemdNotifier.of(environment);
        Board board = start(settings, systemd)) {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> stopAndWait(stop, stopped), "stop"));
      systemd.ready();
      started.accept(board.uri());
      stop.await();
      systemd.stopping();
    } finally {
      stopped.countDown();
    }
  }

  /** What is stored is read first, and with a new version may be rewritten: that takes a while. */
  private static Board start(BoardSettings settings, SystemdNotifier systemd)
      throws SightlineException {
    LongStart start = LongStart.of(systemd);
    try {
      return Board.start(settings);
    } finally {
      start.close();
    }
  }

  private static void stopAndWait(CountDownLatch stop, CountDownLatch stopped) {
    stop.countDown();
    try {
      stopped.await(20, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
