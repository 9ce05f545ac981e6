package org.sightline.edge.relay;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.outbox.AlertSubjects;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.publish.AlertEvent;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts alerts into the audit log and the outbox, in one transaction, and wakes the relay.
 * Thread-safe.
 */
public final class OutboxAlertSink implements AlertSink {
  private static final Logger LOG = LoggerFactory.getLogger(OutboxAlertSink.class);

  private final Database database;
  private final Outbox outbox;
  private final AuditLog audit;
  private final Relay relay;
  private final AlertTerms terms;
  private final DeploymentClass deploymentClass;
  private final AlertSubjects subjects;
  private final Set<SubjectRef> withdrawn = ConcurrentHashMap.newKeySet();

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
    this.subjects = outbox.subjects();
  }

  /** From now on no alert about one of these is stored. */
  public void withdraw(Set<SubjectRef> gone) {
    withdrawn.addAll(gone);
  }

  @Override
  public void raise(Alert alert) throws SightlineException {
    if (database.write(transaction -> raise(transaction, alert))) {
      relay.stored(alert.id());
    }
  }

  @Override
  public void seen(AlertSighting sighting) {
    try {
      if (!database.read(transaction -> isToBeSeen(transaction, sighting.alert()))) {
        return;
      }
    } catch (StoreException e) {
      LOG.warn("Who is in view is not published: {}", e.getMessage());
      return;
    }
    relay.seen(sighting, terms);
  }

  /** Not of one that was withdrawn, or discarded before it was stored. */
  private static boolean isToBeSeen(Transaction transaction, UUID alert) throws StoreException {
    return Outbox.find(transaction, alert).isPresent()
        && !AlertSubjects.isWithdrawn(transaction, alert);
  }

  /**
   * Not again if it was done before, as when the caller could not hear of its success.
   *
   * @return whether it is in the outbox
   */
  private boolean raise(Transaction transaction, Alert alert) throws StoreException {
    if (Outbox.find(transaction, alert.id()).isPresent()) {
      return true;
    }
    // Looked at inside the transaction: a withdrawal looks for alerts after it has set this.
    if (withdrawn.contains(alert.match().subject())) {
      audit.append(
          transaction,
          AuditEvent.of(AuditKind.ALERT_WITHDRAWN, Actor.AGENT)
              .with("deployment", alert.origin().deployment())
              .with("alert", alert.id())
              .with("published", "no"));
      return false;
    }
    AuditHead head =
        audit.append(
            transaction,
            AuditEvent.of(AuditKind.ALERT_RAISED, Actor.AGENT)
                .with("alert", alert.id())
                .with("deployment", alert.origin().deployment())
                .with("camera", alert.origin().camera().value()));
    KnownAlert known =
        new KnownAlert(
            alert.id(),
            alert.origin().deployment(),
            alert.times().decided().plus(terms.retention()),
            alert.match().twoOfficers());
    subjects.put(transaction, known, alert.match().subject());
    return outbox.enqueue(
        transaction,
        known,
        alert.origin().camera(),
        AlertEvent.encode(alert, head, terms, deploymentClass),
        alert.times().decided());
  }
}
