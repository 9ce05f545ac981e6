package org.sightline.edge.health;

import static java.nio.charset.StandardCharsets.UTF_8;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.encoder.Encoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.newsclub.net.unix.AFUNIXDatagramChannel;
import org.newsclub.net.unix.AFUNIXSocketAddress;
import org.slf4j.event.KeyValuePair;

/**
 * Writes each line of the log to systemd's journal with fields, in its native protocol: the
 * priority, the class, the thread, and the key-value pairs of the event whose keys are upper-case
 * words, such as {@code CAMERA}. What the journal does not take goes where lines went before.
 * Thread-safe.
 */
public final class JournalAppender extends AppenderBase<ILoggingEvent> {
  private static final Pattern FIELD = Pattern.compile("[A-Z][A-Z_]{0,62}");

  private final AFUNIXSocketAddress socket;
  private final AFUNIXDatagramChannel channel;
  private final Encoder<ILoggingEvent> lines;
  private final Appender<ILoggingEvent> otherwise;

  /**
   * @param socket of the journal
   * @param lines makes the message of an event
   * @param otherwise takes what the journal does not
   * @throws IOException if this system has no such sockets
   */
  public JournalAppender(
      Path socket, Encoder<ILoggingEvent> lines, Appender<ILoggingEvent> otherwise)
      throws IOException {
    this.socket = AFUNIXSocketAddress.of(socket);
    this.channel = AFUNIXDatagramChannel.open();
    this.lines = lines;
    this.otherwise = otherwise;
  }

  @Override
  protected void append(ILoggingEvent event) {
    try {
      channel.send(ByteBuffer.wrap(entry(event)), socket);
    } catch (IOException e) {
      otherwise.doAppend(event);
    }
  }

  private byte[] entry(ILoggingEvent event) {
    ByteArrayOutputStream entry = new ByteArrayOutputStream();
    field(entry, "MESSAGE", new String(lines.encode(event), UTF_8).stripTrailing());
    field(entry, "PRIORITY", priority(event.getLevel()));
    field(entry, "SYSLOG_IDENTIFIER", "sightline");
    field(entry, "LOGGER", event.getLoggerName());
    field(entry, "THREAD_NAME", event.getThreadName());
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair each : event.getKeyValuePairs()) {
        if (FIELD.matcher(each.key).matches()) {
          field(entry, each.key, String.valueOf(each.value));
        }
      }
    }
    return entry.toByteArray();
  }

  /** Of syslog: what somebody has to act on, look at, read, or only developers. */
  private static String priority(Level level) {
    return level.isGreaterOrEqual(Level.ERROR)
        ? "3"
        : level.isGreaterOrEqual(Level.WARN) ? "4" : level.isGreaterOrEqual(Level.INFO) ? "6" : "7";
  }

  /** With its length before it, so that no line of a value passes for a field. */
  private static void field(ByteArrayOutputStream entry, String name, String value) {
    byte[] bytes = value.getBytes(UTF_8);
    entry.writeBytes((name + "\n").getBytes(UTF_8));
    entry.writeBytes(
        ByteBuffer.allocate(Long.BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(bytes.length)
            .array());
    entry.writeBytes(bytes);
    entry.write('\n');
  }

  @Override
  public void stop() {
    super.stop();
    try {
      channel.close();
    } catch (IOException e) {
      addWarn("the socket to the journal did not close", e);
    }
  }
}
