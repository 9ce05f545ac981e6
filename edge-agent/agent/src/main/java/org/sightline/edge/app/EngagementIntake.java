package org.sightline.edge.app;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.StatedGroup;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.outbox.Outbox;
import org.sightline.edge.publish.EngagementMessage;
import org.sightline.edge.publish.EngagementReceipt;
import org.sightline.edge.publish.LineLimit;
import org.sightline.edge.publish.SealedGroup;
import org.sightline.edge.record.Engagements;
import org.sightline.edge.record.Engagements.Result;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what officers state became of alerts in the street: recorded and answered; what cannot be
 * stored is kept and tried again. A group is opened to be counted and then forgotten. Thread-safe.
 */
final class EngagementIntake {
  private static final Logger LOG = LoggerFactory.getLogger(EngagementIntake.class);
  private static final Duration STORED_AGAIN = Duration.ofSeconds(5);

  /** Nobody honest has more unanswered. */
  private static final int MOST_REMEMBERED = 1024;

  /** Sent again, it may be taken. */
  private static final Set<EngagementReceipt.Result> MAY_CHANGE =
      Set.of(
          EngagementReceipt.Result.NOT_STORED,
          EngagementReceipt.Result.UNKNOWN_ALERT,
          EngagementReceipt.Result.NOT_JUDGED);

  private final Engagements engagements;
  private final DeviceKeys device;
  private final LineLimit lines = new LineLimit();
  private final Map<UUID, EngagementReceipt> receipts = remembered();
  private final Map<UUID, EngagementReceipt> settled = remembered();
  private final Map<UUID, EngagementMessage> unstored = remembered();
  private long refused;
  private long storedNanos;

  EngagementIntake(Engagements engagements, DeviceKeys device) {
    this.engagements = engagements;
    this.device = device;
  }

  private static <V> Map<UUID, V> remembered() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<UUID, V> eldest) {
        return size() > MOST_REMEMBERED;
      }
    };
  }

  /** That of a device. */
  static EngagementIntake of(Device device) {
    return new EngagementIntake(engagements(device), device.keys());
  }

  /** From now on the groups that an authorisation names may be stated. */
  static void allow(Device device, Authorisation authorisation) throws StoreException {
    List<StatedGroup> groups = authorisation.alerts().groups().orElse(List.of());
    engagements(device)
        .allowGroups(authorisation.deployment(), groups.stream().map(StatedGroup::code).toList());
  }

  private static Engagements engagements(Device device) {
    return new Engagements(
        device.database(), new AuditLog(device.clock()), Outbox::find, device.clock());
  }

  /**
   * Takes a message of the outcomes topic.
   *
   * @return whether it is an engagement that the control room has signed, taken or not
   */
  synchronized boolean take(byte[] message, ControlRoomIdentity controlRoom) {
    Optional<EngagementMessage> read = EngagementMessage.read(message, controlRoom);
    // One that is settled costs no look into the data file, however often it comes.
    read.ifPresent(
        engagement -> {
          EngagementReceipt before = settled.get(engagement.id());
          if (before == null) {
            record(engagement);
          } else {
            receipts.put(engagement.id(), before);
          }
        });
    return read.isPresent();
  }

  private void record(EngagementMessage message) {
    try {
      Result result = engagements.record(statement(message));
      unstored.remove(message.id());
      if (result instanceof Result.Recorded recorded) {
        LOG.info("Engagement of alert {} is recorded, by {}", message.alert(), message.by());
        answer(message, EngagementReceipt.Result.RECORDED, recorded);
      } else {
        Result.Reason reason = ((Result.Refused) result).reason();
        refused++;
        lines
            .due("Ignoring message: an engagement that is not taken (" + reason + ")")
            .ifPresent(LOG::warn);
        answer(message, EngagementReceipt.Result.valueOf(reason.name()), null);
      }
    } catch (StoreException e) {
      lines
          .due(
              "The engagement of alert "
                  + message.alert()
                  + " is not recorded yet: "
                  + e.getMessage())
          .ifPresent(LOG::error);
      unstored.put(message.id(), message);
      storedNanos = System.nanoTime();
      answer(message, EngagementReceipt.Result.NOT_STORED, null);
    }
  }

  private void answer(
      EngagementMessage message,
      EngagementReceipt.Result result,
      Result.@Nullable Recorded recorded) {
    EngagementReceipt receipt =
        new EngagementReceipt(
            message.alert(), message.id(), result, recorded == null ? null : recorded.head());
    receipts.put(message.id(), receipt);
    if (!MAY_CHANGE.contains(result)) {
      settled.put(message.id(), receipt);
    }
  }

  private Engagements.Statement statement(EngagementMessage message) {
    EngagementMessage.Correction correction = message.correction();
    return new Engagements.Statement(
        message.id(),
        message.alert(),
        message.by(),
        message.found(),
        group(message.alert(), message.group()),
        correction == null
            ? null
            : new Engagements.Correction(
                correction.of(),
                correction.supervisor(),
                group(message.alert(), correction.group())));
  }

  private Engagements.@Nullable Group group(UUID alert, @Nullable SealedGroup sealed) {
    return sealed == null
        ? null
        : new Engagements.Group(sealed.code(alert, device).orElse(null), sealed.digest().hex());
  }

  /** What is to be answered now; tries again, now and then, to store what could not be. */
  synchronized List<EngagementReceipt> receipts() {
    if (System.nanoTime() - storedNanos >= STORED_AGAIN.toNanos()) {
      List.copyOf(unstored.values()).forEach(this::record);
    }
    return List.copyOf(receipts.values());
  }

  /** A receipt has been sent. */
  synchronized void receipted(EngagementReceipt receipt) {
    receipts.remove(receipt.engagement(), receipt);
  }

  /** How many were not taken. */
  synchronized long refused() {
    return refused;
  }

  /** Whether one waits because it cannot be stored. */
  synchronized boolean unrecorded() {
    return !unstored.isEmpty();
  }
}
