package org.sightline.edge.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.sightline.edge.publish.LineLimit;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Applies trust statements as they come to a device at work, whether as a file, as a message or by
 * a command. All are looked at again once a minute: what was too early or could not be stored may
 * count then. For one thread.
 */
final class TrustArrivals {
  private static final Logger LOG = LoggerFactory.getLogger(TrustArrivals.class);
  private static final Duration FROM_SCRATCH = Duration.ofMinutes(1);

  private final Device device;
  private final TrustIntake intake;
  private final LineLimit lines = new LineLimit();
  private DocumentFolder folder;
  private long beganNanos = System.nanoTime();

  TrustArrivals(Device device, TrustIntake intake) {
    this.device = device;
    this.intake = intake;
    this.folder = device.trustFolder();
  }

  /** Applies what has come since the last look. */
  void look() {
    if (System.nanoTime() - beganNanos >= FROM_SCRATCH.toNanos()) {
      folder = device.trustFolder();
      intake.again();
      beganNanos = System.nanoTime();
    }
    List<byte[]> documents = new ArrayList<>(folder.changed());
    documents.addAll(intake.arrived());
    device.applyTrustStatements(documents);
    try {
      device.deployments().trust().refresh();
    } catch (StoreException e) {
      lines
          .due("What is known of keys cannot be read again: " + e.getMessage())
          .ifPresent(LOG::warn);
    }
  }
}
