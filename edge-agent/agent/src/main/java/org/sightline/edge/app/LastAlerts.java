package org.sightline.edge.app;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.deployment.DataFolderLock;
import org.sightline.edge.deployment.Discards;
import org.sightline.edge.deployment.ListInUse;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Version;
import org.sightline.edge.outbox.AlertSubjects;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.outbox.WaitingAlerts;
import org.sightline.edge.publish.MessagePublisher;
import org.sightline.edge.publish.Publication;
import org.sightline.edge.publish.PublishException;
import org.sightline.edge.publish.mqtt.MqttPublisher;
import org.sightline.edge.record.Outcomes;
import org.sightline.edge.relay.Relay;
import org.sightline.edge.relay.RelayListener;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the alerts that wait on a box where no agent is at work, such as those of a deployment that
 * was closed while the broker was away, by the relay that an agent has. No camera is opened for it
 * and no list.
 */
public final class LastAlerts {
  private static final Logger LOG = LoggerFactory.getLogger(LastAlerts.class);

  /** The next run continues. */
  private static final Duration AT_MOST = Duration.ofMinutes(1);

  /** Where none is taken for so long, the control room or the broker is away. */
  private static final Duration AT_MOST_WITHOUT_ONE = Duration.ofSeconds(10);

  private static final Duration LOOK = Duration.ofMillis(100);

  private LastAlerts() {}

  /**
   * Sends what waits on the box that the settings describe.
   *
   * @param enough whether to end before all are sent
   */
  static void send(AgentSettings settings, Clock wall, BooleanSupplier enough)
      throws SightlineException, InterruptedException {
    try (DataFolderLock lock = DataFolderLock.take(settings.folders().data(), Duration.ZERO);
        Device device = Device.open(settings, wall)) {
      send(device, lock, enough).ifPresent(LOG::info);
    }
  }

  /**
   * Sends what waits, for a minute at most, as long as the broker takes some, and until somebody
   * else wants the data folder; not at all if the broker is away.
   *
   * @param lock shows that nobody else sends it
   * @param enough whether to end before all are sent
   * @return what has become of it, in one line; empty if nothing waited
   */
  public static Optional<String> send(Device device, DataFolderLock lock, BooleanSupplier enough)
      throws SightlineException, InterruptedException {
    device.applyTrustStatements(device.trustFolder().changed());
    device.applyWithdrawalFolder(lock);
    WaitingAlerts before = device.waitingAlerts();
    if (before.none() && allReported(device)) {
      return Optional.empty();
    }
    LOG.info("{}; sent now", before.none() ? "reports wait" : before.line());
    Optional<String> trouble = relay(device, lock, enough);
    WaitingAlerts after = device.waitingAlerts();
    if (before.none() && after.none()) {
      return Optional.of(
          allReported(device)
              ? "reports sent"
              : "reports wait" + trouble.map(": "::concat).orElse(""));
    }
    return Optional.of(
        after.none()
            ? before.count() + (before.count() == 1 ? " alert sent" : " alerts sent")
            : after.line() + trouble.map(": "::concat).orElse(""));
  }

  /** Why not all are sent; empty if they are, or there was no time for more. */
  private static Optional<String> relay(Device device, DataFolderLock lock, BooleanSupplier enough)
      throws SightlineException, InterruptedException {
    AgentSettings settings = device.settings();
    Outcomes outcomes =
        new Outcomes(device.database(), device.audit(), Outbox::find, device.clock());
    AlertTerms terms =
        device
            .deployments()
            .alertTerms(settings.deployment().authorisation())
            .orElse(AlertTerms.DEFAULT);
    AlertRooms rooms = AlertRooms.of(device);
    Inbox inbox =
        new Inbox(
            () -> rooms.signers(terms),
            outcomes,
            EngagementIntake.of(device),
            WithdrawalIntake.of(device),
            RulingIntake.of(device),
            TrustIntake.of(device),
            device.deployments()::isGenuineRevocation);
    Alarms alarms = new Alarms();
    alarms.add(device::alarms);
    alarms.add(() -> rooms.alarms(terms));
    alarms.add(() -> Alarms.of(settings.folders().data(), Alarms.LOW_DISK_BYTES));
    MessagePublisher publisher;
    try {
      publisher =
          new MqttPublisher(
              settings.broker(),
              settings.van(),
              device.keys(),
              Version.current(),
              device.clock(),
              inbox);
      publisher.connect();
    } catch (PublishException e) {
      return Optional.of(e.getMessage());
    }
    AtomicLong lastNanos = new AtomicLong(System.nanoTime());
    try (Relay relay =
        Relay.start(
            device.database(),
            new Outbox(device.database(), device.keys().storage()),
            publisher,
            new RelayListener() {
              @Override
              public void published(Publication publication) {
                lastNanos.set(System.nanoTime());
              }
            },
            alarms,
            rooms,
            device.clock())) {
      relay.holdWhile(device.deployments()::isRefusalDue);
      relay.watchRoom(() -> rooms.holding(terms));
      long deadline = System.nanoTime() + AT_MOST.toNanos();
      boolean over = false;
      while (!over) {
        Thread.sleep(LOOK.toMillis());
        device.applyTrustStatements(inbox.statements().arrived());
        applyWithdrawals(device, lock, inbox);
        applyRulings(device, lock, inbox);
        over =
            (device.waitingAlerts().none() && allReported(device))
                || System.nanoTime() - deadline >= 0
                || System.nanoTime() - lastNanos.get() >= AT_MOST_WITHOUT_ONE.toNanos()
                || lock.isWanted()
                || enough.getAsBoolean();
      }
      return Optional.ofNullable(relay.state().trouble());
    } finally {
      device.applyTrustStatements(inbox.statements().arrived());
      Optional<byte[]> revocation = inbox.nextRevocation();
      while (revocation.isPresent()) {
        device.revoke(revocation.get());
        revocation = inbox.nextRevocation();
      }
      applyWithdrawals(device, lock, inbox);
      applyRulings(device, lock, inbox);
    }
  }

  /** Of what is refused nothing goes out any more but the receipt. */
  private static void applyRulings(Device device, DataFolderLock lock, Inbox inbox)
      throws SightlineException {
    List<byte[]> arrived = inbox.rulings().arrived();
    if (!arrived.isEmpty()) {
      DueRulings.of(device).apply(arrived);
      device.deployments().finish(lock);
    }
  }

  /** From then on no alert about somebody who was withdrawn goes out. */
  private static void applyWithdrawals(Device device, DataFolderLock lock, Inbox inbox)
      throws SightlineException {
    List<byte[]> arrived = inbox.withdrawals().arrived();
    if (!arrived.isEmpty()) {
      device.withdraw(lock, arrived, ListInUse.NONE);
    }
  }

  private static boolean allReported(Device device) throws StoreException {
    return AlertSubjects.unreported(device.database()).isEmpty()
        && Discards.unpublished(device.database()).isEmpty();
  }
}
