package org.sightline.edge.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reports the state of the agent to systemd, in the protocol of sd_notify(3): one datagram a
 * message on the socket that {@code NOTIFY_SOCKET} names, a path or {@code @} and a name of the
 * abstract namespace. Without that variable every message is a no-op.
 *
 * <p>Thread-safe. A message that cannot be sent is logged and not thrown: the agent works on, and
 * systemd's own time limits decide what its silence means.
 */
public final class SystemdNotifier implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SystemdNotifier.class);

  private final @Nullable AFUNIXSocketAddress address;
  private final @Nullable AFUNIXDatagramChannel channel;
  private final @Nullable Duration watchdogTimeout;

  private SystemdNotifier(
      @Nullable AFUNIXSocketAddress address,
      @Nullable AFUNIXDatagramChannel channel,
      @Nullable Duration watchdogTimeout) {
    this.address = address;
    this.channel = channel;
    this.watchdogTimeout = watchdogTimeout;
  }

  /**
   * Reads where and how often systemd wants to hear.
   *
   * @param environment the process's own: {@code NOTIFY_SOCKET}, {@code WATCHDOG_USEC} and {@code
   *     WATCHDOG_PID} are read
   */
  public static SystemdNotifier of(Map<String, String> environment) throws SightlineException {
    Duration watchdogTimeout = watchdogTimeout(environment);
    String name = environment.get("NOTIFY_SOCKET");
    if (name == null) {
      return new SystemdNotifier(null, null, watchdogTimeout);
    }
    try {
      return new SystemdNotifier(address(name), AFUNIXDatagramChannel.open(), watchdogTimeout);
    } catch (IOException failure) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "the service manager's socket cannot be used",
          "NOTIFY_SOCKET=" + name,
          "start the agent by its unit, or unset the variable",
          failure);
    }
  }

  private static AFUNIXSocketAddress address(String name) throws IOException {
    if (name.startsWith("@")) {
      return AFUNIXSocketAddress.inAbstractNamespace(name.substring(1));
    }
    if (name.startsWith("/")) {
      return AFUNIXSocketAddress.of(Path.of(name));
    }
    throw new IOException("neither a path nor an abstract name");
  }

  private static @Nullable Duration watchdogTimeout(Map<String, String> environment)
      throws SightlineException {
    String micros = environment.get("WATCHDOG_USEC");
    String pid = environment.get("WATCHDOG_PID");
    boolean forAnotherProcess =
        pid != null && !pid.equals(Long.toString(ProcessHandle.current().pid()));
    if (micros == null || forAnotherProcess) {
      return null;
    }
    if (!micros.matches("[1-9][0-9]{0,15}")) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "the watchdog's time limit is not a number of microseconds",
          "WATCHDOG_USEC=" + micros,
          "set WatchdogSec in the unit, or unset the variable");
    }
    return Duration.ofNanos(1000 * Long.parseLong(micros));
  }

  /** How long systemd waits for a ping before it restarts the agent; empty: it does not watch. */
  public Optional<Duration> watchdogTimeout() {
    return Optional.ofNullable(watchdogTimeout);
  }

  /** The cameras are open and frames are worked on. */
  public void ready() {
    send("READY=1");
  }

  /**
   * What {@code systemctl status} shows; systemd logs it too.
   *
   * @param text one line, about the machine and never about a person
   */
  public void status(String text) {
    send("STATUS=" + text.replaceAll("\\R", " "));
  }

  /** Whether a service manager listens. */
  public boolean isWatched() {
    return address != null;
  }

  /** The agent is not ready yet, and that is no failure: it has this much longer to become so. */
  public void extendStart(Duration longer) {
    send("EXTEND_TIMEOUT_USEC=" + longer.toNanos() / 1000);
  }

  /** The agent has begun to stop. */
  public void stopping() {
    send("STOPPING=1");
  }

  /** The agent is alive and makes progress. */
  void ping() {
    send("WATCHDOG=1");
  }

  private synchronized void send(String message) {
    if (address == null || channel == null) {
      return;
    }
    try {
      channel.send(ByteBuffer.wrap(message.getBytes(UTF_8)), address);
    } catch (IOException failure) {
      LOG.warn("systemd did not accept {}: {}", message, failure.getMessage());
    }
  }

  @Override
  public synchronized void close() {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException failure) {
        LOG.debug("the socket to systemd did not close: {}", failure.getMessage());
      }
    }
  }
}
