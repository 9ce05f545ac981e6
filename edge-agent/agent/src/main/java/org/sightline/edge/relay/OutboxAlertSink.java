package org.sightline.edge.relay;

import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.AlertSighting;
import org.sightline.edge.domain.AlertSink;
import org.sightline.edge.domain.KnownAlert;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.publish.AlertEvent;
import org.sightline.edge.publish.SightingMessage;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;

/**
 * Puts alerts into the audit log and the outbox, in one transaction, and wakes the relay.
 * Thread-safe.
 */
public final class OutboxAlertSink implements AlertSink {
  private final Database database;
  private final Outbox outbox;
  private final AuditLog audit;
  private final Relay relay;
  private final AlertTerms terms;
  private final DeploymentClass deploymentClass;

  /**
   * @param database of the outbox and the audit log
   * @param terms how long after its decision an alert may be kept, and for whom it is sealed
   * @param deploymentClass whether they are alerts of an exercise
   */
  public OutboxAlertSink(
      Database database,
      Outbox outbox,
      AuditLog audit,
      Relay relay,
      AlertTerms terms,
      DeploymentClass deploymentClass) {
    this.database = database;
    this.outbox = outbox;
    this.audit = audit;
    this.relay = relay;
    this.terms = terms;
    this.deploymentClass = deploymentClass;
  }

  @Override
  public void raise(Alert alert) throws SightlineException {
    database.write(transaction -> raise(transaction, alert));
    relay.stored(alert.id());
  }

  @Override
  public void seen(AlertSighting sighting) {
    relay.seen(
        sighting.alert(), sighting.inView(), SightingMessage.encode(sighting, terms.controlRoom()));
  }

  /** Not again if it was done before, as when the caller could not hear of its success. */
  private boolean raise(Transaction transaction, Alert alert) throws StoreException {
    if (Outbox.find(transaction, alert.id()).isPresent()) {
      return false;
    }
    AuditHead head =
        audit.append(
            transaction,
            AuditEvent.of(AuditKind.ALERT_RAISED, Actor.AGENT)
                .with("alert", alert.id())
                .with("deployment", alert.origin().deployment())
                .with("camera", alert.origin().camera().value()));
    return outbox.enqueue(
        transaction,
        new KnownAlert(
            alert.id(),
            alert.origin().deployment(),
            alert.times().decided().plus(terms.retention()),
            alert.match().twoOfficers()),
        alert.origin().camera(),
        AlertEvent.encode(alert, head, terms, deploymentClass),
        alert.times().decided());
  }
}
