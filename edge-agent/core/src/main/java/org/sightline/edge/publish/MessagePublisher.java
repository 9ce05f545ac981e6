package org.sightline.edge.publish;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * One van's line to a broker. Used by one thread at a time; {@link #close} may come from another.
 */
public interface MessagePublisher extends AutoCloseable {
  /**
   * Connects if there is no connection: one attempt, no pause.
   *
   * @throws PublishException if it failed; or, once, why the connection of before has ended
   */
  void connect() throws PublishException;

  /** Whether the connection stood when last heard of. */
  boolean connected();

  /**
   * Publishes an event and waits for the broker's answer.
   *
   * @param id of the event
   * @param event CloudEvents JSON, which is signed here
   * @param expiry after which the broker is to forget it; positive
   * @throws PublishException if there was no answer; the event may or may not have arrived
   */
  Answer publish(UUID id, byte[] event, Duration expiry) throws PublishException;

  /**
   * Announces the van to those who watch it.
   *
   * @throws PublishException if there was no answer
   */
  void announce(VanStatus status) throws PublishException;

  /**
   * Answers the outcomes that have arrived.
   *
   * @throws PublishException if there was no answer of the broker
   */
  void receipts() throws PublishException;

  /**
   * Publishes that the person of an alert is in view, or is so no longer. Where the broker refuses
   * it, that is logged, and it is not sent again.
   *
   * @param content from {@link SightingMessage#encode}
   * @param expiry after which the broker is to forget it
   * @throws PublishException if there was no answer of the broker
   */
  void sighting(UUID alert, byte[] content, Duration expiry) throws PublishException;

  /** What the farewell will also report, as in {@link VanStatus#alarms()}. */
  void alarms(List<String> current);

  /** Says that the van goes, with the alarms it last had, and disconnects. */
  @Override
  void close();

  /** What a broker makes of a message. */
  sealed interface Answer {
    /** It has taken it for at least one receiver. */
    record Accepted() implements Answer {}

    /** It has taken it, but there was nobody to give it to. */
    record Unheard() implements Answer {}

    /**
     * It does not want this message; another may do.
     *
     * @param reason in words, with the code
     */
    record Refused(String reason) implements Answer {}
  }
}
