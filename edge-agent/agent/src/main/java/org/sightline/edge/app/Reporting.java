package org.sightline.edge.app;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.concurrent.ResourceStack;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Version;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.publish.mqtt.MqttPublisher;
import org.sightline.edge.record.Outcomes;
import org.sightline.edge.relay.OutboxAlertSink;
import org.sightline.edge.relay.Relay;
import org.sightline.edge.relay.RelayListener;
import org.sightline.edge.relay.TestAnswers;
import org.sightline.edge.retention.Retention;

/** The way of alerts out of the van, and of outcomes into it. */
record Reporting(Inbox inbox, Outbox outbox, Relay relay) {
  /** How long the receipt of a refused deployment may take; the next run sends it otherwise. */
  private static final Duration LAST_RECEIPT = Duration.ofSeconds(5);

  /** How often it is looked for what has expired. */
  private static final Duration BETWEEN_DELETIONS = Duration.ofMinutes(1);

  /** Data expires this much before it has to be gone, so that a late round is in time. */
  private static final Duration LATEST_ROUND = Duration.ofMinutes(5);

  /**
   * Starts deletion on schedule and the link to the broker. What is opened after it is closed
   * before the list is destroyed, and that is done before the relay says farewell.
   */
  static Reporting open(
      Authorised start, Alarms alarms, RelayListener listener, ResourceStack parts)
      throws SightlineException {
    AgentSettings settings = start.settings();
    Device device = start.device();
    Authorisation authorisation = start.authorisation();
    Outcomes outcomes =
        new Outcomes(device.database(), device.audit(), Outbox::find, device.clock());
    if (authorisation.alerts().controlRoom().isPresent()) {
      outcomes.requireSigned(
          authorisation.deployment(), authorisation.alerts().outcomeRule().isPresent());
    }
    EngagementIntake.allow(device, authorisation);
    AlertRooms rooms = AlertRooms.of(device);
    Inbox inbox =
        new Inbox(
            () -> rooms.signers(authorisation.alerts()),
            outcomes,
            EngagementIntake.of(device),
            WithdrawalIntake.of(device),
            RulingIntake.of(device),
            TrustIntake.of(device),
            device.deployments()::isGenuineRevocation);
    Outbox outbox = new Outbox(device.database(), device.keys().storage());
    Retention retention =
        parts.add(
            new Retention(device.database(), device.audit(), device.clock(), ExpiringData.ALL));
    retention.start(BETWEEN_DELETIONS);
    alarms.add(device::alarms);
    alarms.add(() -> Alarms.of(retention));
    alarms.add(() -> rooms.alarms(authorisation.alerts()));
    alarms.add(() -> inbox.unrecorded() ? List.of("outcome-not-recorded") : List.of());
    alarms.add(() -> Alarms.of(settings.folders().data(), Alarms.LOW_DISK_BYTES));
    MqttPublisher publisher =
        new MqttPublisher(
            settings.broker(),
            settings.van(),
            device.keys(),
            Version.current(),
            device.clock(),
            inbox);
    alarms.add(publisher::refusals);
    if (authorisation.alerts().permitsOnvifEvents()) {
      publisher.permitOnvifBesideSealed(authorisation.deployment());
    }
    Relay relay =
        parts.add(
            Relay.start(
                device.database(), outbox, publisher, listener, alarms, rooms, device.clock()));
    relay.holdWhile(device.deployments()::isRefusalDue);
    relay.watchRoom(() -> rooms.holding(authorisation.alerts()));
    Reporting reporting = new Reporting(inbox, outbox, relay);
    parts.add(() -> reporting.finish(start));
    return reporting;
  }

  /** The relay is still there, for the receipt of what was refused. */
  private void finish(Authorised start) {
    start.destroyIfEnded();
    long deadline = System.nanoTime() + LAST_RECEIPT.toNanos();
    try {
      while (!inbox.discards().isEmpty() && System.nanoTime() - deadline < 0) {
        relay.wake();
        TimeUnit.MILLISECONDS.sleep(50);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Answers the control room's requests for test alerts.
   *
   * @param permitted whether an alert could be raised now
   */
  void answerTests(Authorised start, BooleanSupplier permitted) {
    Device device = start.device();
    inbox.answer(
        new TestAnswers(
            new TestAnswers.Way(device.database(), outbox, device.audit(), relay::wake),
            start.authorisation(),
            TestCard.jpeg(),
            permitted,
            device.clock()));
  }

  /** Where the alerts of a deployment go. */
  OutboxAlertSink sink(Authorised start) {
    Device device = start.device();
    return new OutboxAlertSink(
        device.database(),
        outbox,
        device.audit(),
        relay,
        kept(start.authorisation().alerts()),
        start.authorisation().deploymentClass());
  }

  /** The terms, with the time after which an alert expires here. */
  private static AlertTerms kept(AlertTerms terms) {
    Duration early = terms.retention().dividedBy(10);
    return terms.keptFor(
        terms.retention().minus(early.compareTo(LATEST_ROUND) < 0 ? early : LATEST_ROUND));
  }
}
