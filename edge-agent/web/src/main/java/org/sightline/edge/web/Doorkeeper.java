package org.sightline.edge.web;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps those who are not logged in from taking the places of those who are. A connection belongs
 * to a stranger until it has carried a request of a session. Strangers have so many places, in all
 * and for each address, and when these are taken, the one who has waited longest without a whole
 * request makes room for the next: a browser sends its request within moments. A request that does
 * not come to its end in time ends its connection, however regularly a byte of it arrives.
 * Thread-safe.
 */
final class Doorkeeper implements Connection.Listener {
  private static final Logger LOG = LoggerFactory.getLogger(Doorkeeper.class);

  /** The server takes more connections than that: the others are for sessions. */
  static final int MOST_STRANGERS = 200;

  /** A room behind one address logs in at the same time. */
  static final int MOST_STRANGERS_OF_AN_ADDRESS = 100;

  private static final long HEAD_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final long STRANGERS_REQUEST_NANOS = TimeUnit.SECONDS.toNanos(30);
  private static final long SESSIONS_HEAD_NANOS = TimeUnit.SECONDS.toNanos(60);
  private static final long LINES_APART_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final long LOOK_SECONDS = 1;

  private final Map<EndPoint, Guest> guests = new HashMap<>();
  private long shownOut;
  private long loggedNanos = System.nanoTime() - LINES_APART_NANOS;

  /** One connection. */
  private static final class Guest {
    private final EndPoint endPoint;
    private final String address;
    private boolean known;
    private int requests;
    private long sinceNanos = System.nanoTime();

    Guest(EndPoint endPoint) {
      this.endPoint = endPoint;
      this.address =
          endPoint.getRemoteSocketAddress() instanceof InetSocketAddress remote
              ? remote.getAddress().getHostAddress()
              : "";
    }

    private long allowedNanos() {
      if (isServed()) {
        return known ? Long.MAX_VALUE : STRANGERS_REQUEST_NANOS;
      }
      return known ? SESSIONS_HEAD_NANOS : HEAD_NANOS;
    }

    boolean isLate(long now) {
      return now - sinceNanos > allowedNanos();
    }

    long sinceNanos() {
      return sinceNanos;
    }

    boolean isServed() {
      return requests > 0;
    }

    /** Requests of HTTP/2 come beside each other: the time is that of the first of them. */
    void begins() {
      if (requests++ == 0) {
        sinceNanos = System.nanoTime();
      }
    }

    void completes() {
      if (requests > 0 && --requests == 0) {
        sinceNanos = System.nanoTime();
      }
    }
  }

  /** Looks at all connections now and then, for as long as the scheduler runs. */
  void watch(Scheduler scheduler) {
    scheduler.schedule(
        () -> {
          showOutTheLate();
          watch(scheduler);
        },
        LOOK_SECONDS,
        TimeUnit.SECONDS);
  }

  @Override
  public void onOpened(Connection connection) {
    EndPoint endPoint = network(connection.getEndPoint());
    List<Guest> leaving = new ArrayList<>();
    synchronized (guests) {
      if (guests.containsKey(endPoint)) {
        return; // The same connection, inside its TLS.
      }
      Guest guest = new Guest(endPoint);
      whoMakesRoom(guest.address).ifPresent(leaving::add);
      leaving.forEach(last -> guests.remove(last.endPoint));
      guests.put(endPoint, guest);
    }
    showOut(leaving);
  }

  private Optional<Guest> whoMakesRoom(String address) {
    if (strangers().filter(guest -> guest.address.equals(address)).count()
        >= MOST_STRANGERS_OF_AN_ADDRESS) {
      return longestWaiting(strangers().filter(guest -> guest.address.equals(address)));
    }
    return strangers().count() >= MOST_STRANGERS ? longestWaiting(strangers()) : Optional.empty();
  }

  private Stream<Guest> strangers() {
    return guests.values().stream().filter(guest -> !guest.known);
  }

  private static Optional<Guest> longestWaiting(Stream<Guest> some) {
    return some.min(Comparator.comparing(Guest::isServed).thenComparing(Guest::sinceNanos));
  }

  @Override
  public void onClosed(Connection connection) {
    synchronized (guests) {
      guests.remove(network(connection.getEndPoint()));
    }
  }

  /** The head of a request has come. */
  void served(Request request) {
    // First, for it throws if the request is over already.
    Request.addCompletionListener(request, failure -> guest(request, Guest::completes));
    guest(request, Guest::begins);
  }

  /** The request is of a session: so is its connection. */
  void known(Request request) {
    guest(request, guest -> guest.known = true);
  }

  private void guest(Request request, Consumer<Guest> change) {
    synchronized (guests) {
      Guest guest = guests.get(network(request));
      if (guest != null) {
        change.accept(guest);
      }
    }
  }

  private static EndPoint network(Request request) {
    return network(request.getConnectionMetaData().getConnection().getEndPoint());
  }

  private static EndPoint network(EndPoint endPoint) {
    return endPoint instanceof EndPoint.Wrapper wrapper ? network(wrapper.unwrap()) : endPoint;
  }

  private void showOutTheLate() {
    long now = System.nanoTime();
    List<Guest> late;
    synchronized (guests) {
      late = guests.values().stream().filter(guest -> guest.isLate(now)).toList();
      late.forEach(guest -> guests.remove(guest.endPoint));
    }
    showOut(late);
    log(now);
  }

  private void showOut(List<Guest> leaving) {
    synchronized (guests) {
      shownOut += leaving.size();
    }
    leaving.forEach(guest -> guest.endPoint.close(new IOException("no request came in time")));
  }

  private void log(long now) {
    long number;
    synchronized (guests) {
      if (shownOut == 0 || now - loggedNanos < LINES_APART_NANOS) {
        return;
      }
      number = shownOut;
      shownOut = 0;
      loggedNanos = now;
    }
    // A browser that opens a connection in advance and does not use it is one of these now and
    // then.
    if (number >= MOST_STRANGERS_OF_AN_ADDRESS) {
      LOG.warn("{} connections were ended that brought no whole request in time", number);
    } else {
      LOG.debug("{} connections were ended that brought no whole request in time", number);
    }
  }
}
