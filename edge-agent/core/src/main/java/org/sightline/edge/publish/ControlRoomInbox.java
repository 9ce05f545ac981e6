package org.sightline.edge.publish;

import java.time.Duration;
import org.sightline.edge.domain.VanId;

/**
 * Takes what arrives for a control room. Each method says whether the message was what it should
 * be. A message counts as received when the method has returned, and comes again if the process
 * dies before. Called on one thread at a time, which must not publish.
 */
public interface ControlRoomInbox {
  /** Nothing about an alert is of use, or kept, for longer. */
  Duration LONGEST_EXPIRY = Duration.ofHours(24);

  /**
   * A message of a van's alerts topic; the same alert may come several times.
   *
   * @param expiry how long the message is still of use
   */
  boolean alert(VanId van, byte[] event, Duration expiry);

  /**
   * A message of a van's status topic.
   *
   * @param retained whether the broker has kept it for later subscribers
   */
  boolean status(VanId van, byte[] message, boolean retained);

  /** An outcome or engagement of a van's outcomes topic; this control room's own come back too. */
  boolean outcome(VanId van, byte[] message);

  /** A receipt of a van's receipts topic, of either, or the withdrawal of an alert. */
  boolean receipt(VanId van, byte[] message);

  /**
   * A message of a van's sightings topic.
   *
   * @param expiry how long the message is still of use
   */
  boolean sighting(VanId van, byte[] message, Duration expiry);

  /**
   * A van says that all of a deployment is gone whose urgent authorisation was refused; the same
   * comes again with each connection. One that keeps nothing of alerts has nothing to do.
   */
  default boolean discarded(VanId van, byte[] receipt) {
    return true;
  }

  /** A message of this board's own tests topic, which the board itself has published. */
  boolean test(byte[] message);

  /** A message of a topic of this control room's boards; this board's own come back too. */
  boolean exchanged(RoomTopic topic, byte[] message);
}
