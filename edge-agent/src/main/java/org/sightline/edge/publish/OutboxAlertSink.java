package org.sightline.edge.publish;

import java.time.Duration;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.AlertSink;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.outbox.Outbox;

/** Puts alerts into the outbox and wakes the relay. Thread-safe. */
public final class OutboxAlertSink implements AlertSink {
  private final Outbox outbox;
  private final Relay relay;
  private final Duration retention;

  /**
   * @param retention how long after its decision an alert may be kept
   */
  public OutboxAlertSink(Outbox outbox, Relay relay, Duration retention) {
    this.outbox = outbox;
    this.relay = relay;
    this.retention = retention;
  }

  @Override
  public void raise(Alert alert) throws SightlineException {
    relay.captured(alert.id(), alert.capturedNanos());
    outbox.enqueue(
        alert.id(),
        alert.camera(),
        AlertEvent.encode(alert),
        alert.decidedAt(),
        alert.decidedAt().plus(retention));
    relay.wake();
  }
}
