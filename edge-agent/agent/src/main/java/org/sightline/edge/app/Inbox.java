package org.sightline.edge.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.publish.EngagementReceipt;
import org.sightline.edge.publish.Inbound;
import org.sightline.edge.publish.LineLimit;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.OutcomeReceipt;
import org.sightline.edge.publish.Receipt;
import org.sightline.edge.publish.WithdrawnAlert;
import org.sightline.edge.record.Judges;
import org.sightline.edge.record.Outcomes;
import org.sightline.edge.record.Outcomes.Result;
import org.sightline.edge.relay.TestAnswers;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What arrives for the van. An outcome is recorded if the control room has signed it that holds now
 * where the authorisation names one, and answered; one that cannot be stored is kept and tried
 * again. A genuine revocation waits until the guard has looked at it. Anything else is counted and
 * changes nothing. Thread-safe.
 */
final class Inbox implements Inbound {
  private static final Logger LOG = LoggerFactory.getLogger(Inbox.class);

  /** Nobody honest sends so many between two looks. */
  private static final int MOST_WAITING = 16;

  /** Between two attempts to store what could not be. */
  private static final Duration STORED_AGAIN = Duration.ofSeconds(5);

  /** So many documents and messages are known again; nobody honest sends more. */
  private static final int MOST_REMEMBERED = 1024;

  private final BlockingQueue<byte[]> revocations = new ArrayBlockingQueue<>(MOST_WAITING);
  private final Supplier<List<ControlRoomIdentity>> controlRooms;
  private final Outcomes outcomes;
  private final EngagementIntake engagements;
  private final WithdrawalIntake withdrawals;
  private final RulingIntake rulings;
  private final TrustIntake statements;
  private final Map<Reason, Long> ignored = new EnumMap<>(Reason.class);
  private final Predicate<byte[]> genuineRevocation;
  private final LineLimit lines = new LineLimit();
  private final Map<Sha256, Optional<OutcomeReceipt>> handled = remembered();
  private final Map<UUID, OutcomeReceipt> receipts = remembered();
  private final Map<UUID, OutcomeMessage> unstored = remembered();
  private long storedNanos;
  private volatile @Nullable TestAnswers tests;

  /** Of those that are remembered the eldest give way. */
  private static <K, V> Map<K, V> remembered() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1L;

      @Override
      protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
        return size() > MOST_REMEMBERED;
      }
    };
  }

  /** Why a message was ignored. */
  private enum Reason {
    TOO_LONG("longer than any that is valid"),
    TOO_MANY("too many revocations at once"),
    NOT_GENUINE("not a revocation that an authority trusted here has signed"),
    NO_CONTROL_ROOM("an outcome, but no control room is authorised, or none holds any more"),
    NOT_SIGNED(
        "not an outcome that the authorised control room has signed, or one of a newer version"),
    TWO_OFFICERS_NEEDED(
        "an outcome of one officer, where the authorisation or the category demands two"),
    UNKNOWN_ALERT("an outcome of an alert that is not kept here"),
    OTHER_OUTCOME("another outcome of an alert that has one");

    private final String words;

    Reason(String words) {
      this.words = words;
    }
  }

  /**
   * @param controlRooms whose signature counts now; none if outcomes are recorded on the box alone
   * @param engagements takes what officers state became of alerts in the street
   * @param withdrawals takes what takes subjects off the list
   * @param rulings takes what authorities say of urgent authorisations
   * @param statements takes trust statements
   * @param genuineRevocation whether a document is a valid revocation; it touches no disk
   */
  Inbox(
      Supplier<List<ControlRoomIdentity>> controlRooms,
      Outcomes outcomes,
      EngagementIntake engagements,
      WithdrawalIntake withdrawals,
      RulingIntake rulings,
      TrustIntake statements,
      Predicate<byte[]> genuineRevocation) {
    this.genuineRevocation = genuineRevocation;
    this.controlRooms = controlRooms;
    this.outcomes = outcomes;
    this.engagements = engagements;
    this.withdrawals = withdrawals;
    this.rulings = rulings;
    this.statements = statements;
  }

  /**
   * Looked at here, and not by the guard: a flood of junk, or of one genuine document over and
   * over, keeps the broker's thread busy, and takes no genuine document's place.
   */
  @Override
  public void revocation(byte[] document) {
    Sha256 digest = Sha256.of(document);
    if (isHandled(digest)) {
      return;
    }
    if (!genuineRevocation.test(document)) {
      ignore(Reason.NOT_GENUINE);
    } else if (revocations.offer(document)) {
      remember(digest, null);
    } else {
      ignore(Reason.TOO_MANY);
    }
  }

  private boolean isHandled(Sha256 digest) {
    synchronized (handled) {
      return handled.containsKey(digest);
    }
  }

  private Optional<OutcomeReceipt> answerOf(Sha256 digest) {
    synchronized (handled) {
      return handled.getOrDefault(digest, Optional.empty());
    }
  }

  private void remember(Sha256 digest, @Nullable OutcomeReceipt receipt) {
    synchronized (handled) {
      handled.put(digest, Optional.ofNullable(receipt));
    }
  }

  /** From now on the control room's requests for test alerts are answered. */
  void answer(TestAnswers answers) {
    tests = answers;
  }

  @Override
  public boolean answersTests() {
    TestAnswers answers = tests;
    return answers != null && answers.answers();
  }

  /** The next message that claims to be a revocation. */
  Optional<byte[]> nextRevocation() {
    return Optional.ofNullable(revocations.poll());
  }

  @Override
  public void withdrawal(byte[] document) {
    withdrawals.take(document);
  }

  @Override
  public void ruling(byte[] document) {
    rulings.take(document);
  }

  /** Those that wait to be applied. */
  RulingIntake rulings() {
    return rulings;
  }

  @Override
  public void trustStatement(byte[] document) {
    statements.take(document);
  }

  /** Those that wait to be applied. */
  TrustIntake statements() {
    return statements;
  }

  /** Those that wait to be applied. */
  WithdrawalIntake withdrawals() {
    return withdrawals;
  }

  @Override
  public void outcome(byte[] message) {
    List<ControlRoomIdentity> signers = controlRooms.get();
    if (signers.isEmpty()) {
      ignore(Reason.NO_CONTROL_ROOM);
      return;
    }
    TestAnswers answers = tests;
    if (signers.stream()
        .anyMatch(
            each ->
                engagements.take(message, each)
                    || (answers != null && answers.take(message, each)))) {
      return;
    }
    // One over and over costs no look into the data file, where others wait to write.
    Sha256 digest = Sha256.of(message);
    if (isHandled(digest)) {
      answerOf(digest).ifPresent(this::answer);
      return;
    }
    signers.stream()
        .flatMap(each -> OutcomeMessage.read(message, each).stream())
        .findFirst()
        .ifPresentOrElse(
            outcome -> {
              OutcomeReceipt receipt = record(outcome);
              if (receipt.result() != OutcomeReceipt.Result.NOT_STORED) {
                remember(digest, receipt);
              }
            },
            () -> ignore(Reason.NOT_SIGNED));
  }

  private OutcomeReceipt record(OutcomeMessage message) {
    UUID alert = message.alert();
    OutcomeReceipt receipt;
    try {
      Result result =
          outcomes.recordSigned(alert, message.outcome(), judges(message), message.waits());
      if (result instanceof Result.Recorded recorded) {
        LOG.info("Outcome of alert {}: {}, by {}", alert, message.outcome().word(), message.by());
        receipt = OutcomeReceipt.recorded(alert, message.outcome(), recorded.head());
      } else if (result instanceof Result.AlreadyRecorded before) {
        if (before.outcome() != message.outcome()) {
          ignore(Reason.OTHER_OUTCOME);
        }
        receipt = OutcomeReceipt.recorded(alert, before.outcome(), before.head());
      } else if (result instanceof Result.TwoOfficersNeeded) {
        ignore(Reason.TWO_OFFICERS_NEEDED);
        receipt = OutcomeReceipt.not(OutcomeReceipt.Result.TWO_OFFICERS_NEEDED, alert);
      } else {
        ignore(Reason.UNKNOWN_ALERT);
        receipt = OutcomeReceipt.not(OutcomeReceipt.Result.UNKNOWN_ALERT, alert);
      }
      synchronized (unstored) {
        unstored.remove(alert);
      }
    } catch (StoreException e) {
      lines
          .due("The outcome of alert " + alert + " is not recorded yet: " + e.getMessage())
          .ifPresent(LOG::error);
      synchronized (unstored) {
        unstored.put(alert, message);
        storedNanos = System.nanoTime();
      }
      receipt = OutcomeReceipt.not(OutcomeReceipt.Result.NOT_STORED, alert);
    }
    answer(receipt);
    return receipt;
  }

  private static Judges judges(OutcomeMessage message) {
    boolean decided = message.isOfTwoOfficers() && message.confirmedBy() == null;
    return new Judges(
        message.by(),
        message.confirmedBy(),
        decided ? message.judgements().stream().map(OutcomeMessage.Judged::by).toList() : List.of(),
        message.isOfTwoOfficers());
  }

  private void answer(OutcomeReceipt receipt) {
    synchronized (receipts) {
      receipts.put(receipt.alert(), receipt);
    }
  }

  /** Tries again, now and then, to store what could not be. */
  @Override
  public List<Receipt> receipts() {
    List<OutcomeMessage> again = List.of();
    synchronized (unstored) {
      if (System.nanoTime() - storedNanos >= STORED_AGAIN.toNanos()) {
        again = List.copyOf(unstored.values());
      }
    }
    again.forEach(this::record);
    List<Receipt> all = new ArrayList<>(engagements.receipts());
    all.addAll(withdrawals.receipts());
    synchronized (receipts) {
      all.addAll(receipts.values());
    }
    return List.copyOf(all);
  }

  @Override
  public void receipted(Receipt receipt) {
    if (receipt instanceof EngagementReceipt engagement) {
      engagements.receipted(engagement);
    }
    if (receipt instanceof WithdrawnAlert alert) {
      withdrawals.receipted(alert);
    }
    synchronized (receipts) {
      receipts.remove(receipt.alert(), receipt);
    }
  }

  @Override
  public Map<DeploymentId, byte[]> discards() {
    return rulings.discards();
  }

  @Override
  public void discarded(DeploymentId deployment) {
    rulings.discarded(deployment);
  }

  @Override
  public void tooLong() {
    ignore(Reason.TOO_LONG);
  }

  private void ignore(Reason reason) {
    synchronized (ignored) {
      ignored.merge(reason, 1L, Long::sum);
    }
    lines.due("Ignoring message: " + reason.words).ifPresent(LOG::warn);
  }

  @Override
  public long ignored() {
    TestAnswers answers = tests;
    synchronized (ignored) {
      return (answers == null ? 0 : answers.ignored())
          + engagements.refused()
          + withdrawals.ignored()
          + rulings.ignored()
          + statements.ignored()
          + ignored.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Whether an outcome waits because it cannot be stored. */
  boolean unrecorded() {
    synchronized (unstored) {
      return !unstored.isEmpty() || engagements.unrecorded();
    }
  }
}
