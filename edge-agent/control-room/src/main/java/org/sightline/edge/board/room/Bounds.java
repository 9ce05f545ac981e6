package org.sightline.edge.board.room;

import java.util.Collection;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.ReceivedAlert;

/**
 * How much a board keeps of alerts that are not done with, so that one van, or somebody in its
 * name, fills no disk and takes no place of another's; and how many of the others it has in memory.
 *
 * @param alertsOfAVan and {@code bytesOfAVan}: what one van may have
 * @param alerts and {@code bytes}: what all may have
 * @param done how many are in memory of which nothing is awaited any more; of what was judged
 *     before, the disk has the ids alone
 * @param awaited how many others whose outcome the broker has are in memory; what was judged before
 *     is on disk, and comes back when its van says something of it
 */
public record Bounds(
    int alertsOfAVan, long bytesOfAVan, int alerts, long bytes, int done, int awaited) {
  /** Far more than officers can look at. */
  public static final Bounds USUAL = new Bounds(500, 256L << 20, 5000, 2L << 30, 2000, 10_000);

  /**
   * Whether one more alert of a van is kept beside these. What nobody has signed takes no place of
   * what is signed.
   */
  boolean allow(VanId van, boolean signed, int eventBytes, Collection<OpenAlert> kept) {
    int number = 0;
    int numberOfVan = 0;
    long size = eventBytes;
    long sizeOfVan = eventBytes;
    for (OpenAlert alert : kept) {
      ReceivedAlert content = alert.content();
      if (content != null && !alert.judgement().isDone() && (content.isSigned() || !signed)) {
        number++;
        size += alert.eventBytes();
        if (van.equals(alert.van())) {
          numberOfVan++;
          sizeOfVan += alert.eventBytes();
        }
      }
    }
    return number < alerts
        && numberOfVan < alertsOfAVan
        && size <= bytes
        && sizeOfVan <= bytesOfAVan;
  }
}
