package org.sightline.edge.board;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.board.room.AuditDesk;
import org.sightline.edge.board.room.Bounds;
import org.sightline.edge.board.room.ControlRoom;
import org.sightline.edge.board.room.Shelves;
import org.sightline.edge.concurrent.ResourceStack;
import org.sightline.edge.concurrent.Threads;
import org.sightline.edge.config.KeyFile;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.publish.ControlRoomInbox;
import org.sightline.edge.publish.VanIdentities;
import org.sightline.edge.publish.VanMessages;
import org.sightline.edge.publish.mqtt.ControlRoomLink;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.web.EventStreams;
import org.sightline.edge.web.PageFiles;
import org.sightline.edge.web.PageServer;
import org.sightline.edge.web.Route;
import org.sightline.edge.web.login.LoginLog;
import org.sightline.edge.web.login.Officers;
import org.sightline.edge.web.login.Role;
import org.sightline.edge.web.login.Sessions;
import org.sightline.edge.webhook.Webhook;
import org.sightline.edge.webhook.WebhookSender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The control room's page with all that stands behind it. Thread-safe. */
public final class Board implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Board.class);

  /** Name of the file in the data folder. */
  private static final String FILE_NAME = "board.db";

  private static final Duration TICK = Duration.ofSeconds(1);
  private static final Duration LOOK = Duration.ofMillis(200);

  /** The page gives a connection up that shows none within 8 s. */
  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(2);

  private final ResourceStack parts = new ResourceStack();
  private final PageServer page;
  private final ControlRoomLink link;
  private final List<Route> routes;

  private Board(BoardSettings settings, Clock clock) throws SightlineException {
    try {
      ControlRoomKeys keys = keys(settings.keys());
      Officers officers = Officers.read(settings.usersFile());
      if (settings.twoPerson() && !officers.hasAny(Role.SUPERVISOR)) {
        LOG.warn(
            "Nobody can decide where two officers disagree: make somebody a supervisor (board user"
                + " --role supervisor)");
      }
      Database database =
          parts.add(Database.open(settings.dataFolder().resolve(FILE_NAME), Schema.BOARD));
      LoginLog logins = new LoginLog(database, clock);
      parts.add(logins::recordMore);
      Sessions sessions = new Sessions(officers, logins, clock);
      EventStreams streams = new EventStreams(sessions);
      RoomEvents events = new RoomEvents(streams, clock);
      Shelves shelves = Shelves.in(database, keys, clock);
      parts.add(shelves.log()::recordMore);
      ControlRoom room =
          ControlRoom.open(
              shelves,
              keys,
              new VanMessages(vans(settings.vansFolder()), clock),
              settings.twoPerson(),
              Bounds.USUAL,
              clock,
              events);
      room.desks(settings.links().desks());
      room.hasStreet(() -> officers.hasAny(Role.STREET));
      AuditDesk audit = new AuditDesk(database, clock);
      HandOverShelf handOver = new HandOverShelf(database, keys);
      routes =
          Stream.of(
                  new StreetRoutes(room, sessions, clock).all(),
                  new AuditRoutes(audit, room, clock).all(),
                  new HandOverRoutes(settings.name(), room, audit, handOver, clock).all(),
                  new BoardRoutes(
                          settings.name(),
                          settings.twoPerson(),
                          room,
                          events,
                          sessions,
                          new LikingShelf(database),
                          clock)
                      .all())
              .flatMap(List::stream)
              .toList();
      // Before the link: of two boards on one folder, the second ends here.
      page =
          parts.add(
              PageServer.start(
                  settings.page().listen(),
                  settings.page().tls(),
                  settings.page().trustedProxy(),
                  sessions,
                  streams,
                  new PageFiles(BoardRoutes.class, "page"),
                  routes,
                  clock));
      logins.started(AuditKind.BOARD_STARTED);
      link =
          parts.add(
              ControlRoomLink.start(
                  settings.links().broker(),
                  shelves.alerts().boardName(),
                  keys.identity().keyId(),
                  inbox(settings, room, keys, clock)));
      parts.add(OutcomeSender.start(room, keys, link));
      tick(
          room,
          () -> {
            sessions.sweep();
            logins.sweep();
            handOver.deleteExpired(clock.instant());
          },
          streams);
    } catch (SightlineException | RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  private ControlRoomInbox inbox(
      BoardSettings settings, ControlRoom room, ControlRoomKeys keys, Clock clock)
      throws SightlineException {
    Webhook webhook = settings.links().webhook();
    return webhook == null
        ? room
        : new PostingInbox(
            room,
            parts.add(
                WebhookSender.start(
                    webhook, settings.dataFolder(), keys, room::isWithdrawn, clock)));
  }

  /**
   * Starts serving.
   *
   * @throws SightlineException if settings, keys, users or data cannot be used; a broker that is
   *     not there yet is waited for
   */
  public static Board start(BoardSettings settings) throws SightlineException {
    return start(settings, new MonotonicClock());
  }

  /**
   * Starts serving, as {@link #start(BoardSettings)} does.
   *
   * @param clock that never goes back
   */
  public static Board start(BoardSettings settings, Clock clock) throws SightlineException {
    return new Board(settings, clock);
  }

  /**
   * Opens the data of a board, which may run meanwhile, for commands beside it.
   *
   * @throws StoreException if the folder holds none, or it cannot be read
   */
  public static Database existingData(Path folder) throws StoreException {
    Path file = folder.resolve(FILE_NAME);
    if (!Files.isRegularFile(file)) {
      throw new StoreException(
          "the folder holds no data of a board",
          file.toString(),
          "name the data folder of its settings",
          null);
    }
    return Database.open(file, Schema.BOARD);
  }

  private static ControlRoomKeys keys(KeyFile file) throws CryptoException {
    return file.sealed()
        ? ControlRoomKeys.readCredential(file.path())
        : ControlRoomKeys.read(file.path());
  }

  private static VanIdentities vans(@Nullable Path folder) throws CryptoException {
    if (folder == null) {
      LOG.warn("No device of a van is known here: alerts of exercises alone are shown");
      return VanIdentities.NONE;
    }
    return VanIdentities.in(folder);
  }

  private void tick(ControlRoom room, Runnable sweep, EventStreams streams) {
    ScheduledExecutorService ticker = Threads.scheduler("board-tick");
    parts.add(ticker::shutdownNow);
    every(
        ticker,
        TICK,
        () -> {
          room.tick();
          sweep.run();
          streams.sweep();
        });
    every(ticker, LOOK, () -> room.hears(link.connected()));
    every(ticker, SIGN_OF_LIFE, streams::signOfLife);
  }

  /** A task that throws would never be run again. */
  private static void every(ScheduledExecutorService ticker, Duration period, Runnable task) {
    Future<?> unused =
        ticker.scheduleWithFixedDelay(
            () -> {
              try {
                task.run();
              } catch (RuntimeException e) {
                LOG.error("Expired alerts or sessions could not be removed", e);
              }
            },
            period.toMillis(),
            period.toMillis(),
            TimeUnit.MILLISECONDS);
  }

  /** All that there is besides pages, the login and the logout. */
  List<Route> routes() {
    return routes;
  }

  /** Where the page is. */
  public URI uri() {
    return page.uri();
  }

  /** Waits until the broker is listened to; false if that did not come about in time. */
  public boolean awaitBroker(Duration timeout) throws InterruptedException {
    return link.awaitSubscribed(timeout);
  }

  @Override
  public void close() {
    parts.close();
  }
}
