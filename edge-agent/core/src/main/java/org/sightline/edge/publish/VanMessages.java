package org.sightline.edge.publish;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import org.sightline.edge.authorisation.DiscardReceipt;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.SignedMessage;
import org.sightline.edge.domain.VanId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy by which a control room takes the messages of vans: those that the van's own device
 * has signed, of an alert before its time is over, and of a live one, that it is sealed. Of a van
 * whose device is not known here nothing is taken but how it stands and the alerts of exercises,
 * which then do not count as signed. Thread-safe.
 */
public final class VanMessages {
  private static final Logger LOG = LoggerFactory.getLogger(VanMessages.class);

  private final VanIdentities identities;
  private final VanTimes times;
  private final LineLimit lines = new LineLimit();

  /**
   * @param clock that never goes back
   */
  public VanMessages(VanIdentities identities, InstantSource clock) {
    this.identities = identities;
    this.times = new VanTimes(clock);
  }

  /** What a message turned out to be. */
  public sealed interface Reading<T> {
    /** It is taken. */
    record Taken<T>(T content) implements Reading<T> {}

    /** It changes nothing, and nothing of it is shown. */
    record Refused<T>(MessageFault fault) implements Reading<T> {}

    /** Why it is refused; empty if it is not. */
    default Optional<MessageFault> refusal() {
      return this instanceof Refused<T> refused ? Optional.of(refused.fault()) : Optional.empty();
    }

    /** What is taken; empty if it is refused. */
    default Optional<T> taken() {
      return this instanceof Taken<T> taken ? Optional.of(taken.content()) : Optional.empty();
    }
  }

  /** Reads a message of a van's alerts topic. */
  public Reading<ReceivedAlert> alert(VanId van, byte[] message) {
    Reading<byte[]> signed = signed(van, AlertEvent.SIGNED_TYPE, message);
    Optional<MessageFault> fault =
        signed.refusal().filter(found -> found != MessageFault.UNKNOWN_DEVICE);
    if (fault.isPresent()) {
      return new Reading.Refused<>(fault.get());
    }
    ReceivedAlert alert;
    try {
      alert =
          signed instanceof Reading.Taken<byte[]> taken
              ? ReceivedAlert.parse(taken.content()).asSigned()
              : ReceivedAlert.parse(message);
    } catch (PublishException e) {
      return new Reading.Refused<>(MessageFault.UNREADABLE);
    }
    if (!alert.origin().van().equals(van)) {
      return new Reading.Refused<>(MessageFault.OTHER_VAN);
    }
    if (alert.isSigned() && times.isPast(van, alert.times().expires())) {
      return new Reading.Refused<>(MessageFault.EXPIRED);
    }
    if (alert.isExercise()) {
      return new Reading.Taken<>(alert);
    }
    if (!alert.isSigned()) {
      return new Reading.Refused<>(MessageFault.UNKNOWN_DEVICE);
    }
    return alert.match() == null
        ? new Reading.Taken<>(alert)
        : new Reading.Refused<>(MessageFault.UNSEALED);
  }

  /**
   * Whether a message of a van's alerts topic is a test alert: one that the van's device has
   * signed, or, of a van whose device is not known here, one that says so of itself.
   */
  public boolean isTestAlert(VanId van, byte[] message) {
    Reading<byte[]> signed = signed(van, TestAlertEvent.SIGNED_TYPE, message);
    return signed.taken().isPresent() || (isOfUnknown(signed) && TestAlertEvent.isOne(message));
  }

  private static boolean isOfUnknown(Reading<byte[]> signed) {
    return signed.refusal().equals(Optional.of(MessageFault.UNKNOWN_DEVICE));
  }

  /**
   * Whether a {@linkplain #isTestAlert test alert} is none of this control room's business: sealed
   * for another one, or of a van whose device is not known here, which nobody here has asked.
   *
   * @param keys of this control room
   */
  public boolean isTestAlertForAnother(VanId van, byte[] message, ControlRoomKeys keys) {
    Reading<byte[]> signed = signed(van, TestAlertEvent.SIGNED_TYPE, message);
    return isOfUnknown(signed)
        || signed.taken().filter(event -> TestAlertEvent.isForAnother(event, keys)).isPresent();
  }

  /**
   * Reads a message of a van's alerts topic that {@linkplain #isTestAlert is a test alert}.
   *
   * @param keys that open it
   * @return its id
   */
  public Reading<UUID> testAlert(VanId van, byte[] message, ControlRoomKeys keys) {
    return signed(van, TestAlertEvent.SIGNED_TYPE, message)
        .taken()
        .flatMap(content -> TestAlertEvent.read(van, content, keys))
        .<Reading<UUID>>map(Reading.Taken::new)
        .orElseGet(() -> new Reading.Refused<>(MessageFault.UNREADABLE));
  }

  /** What time it is at a van, at least; empty while it has not said so under its signature. */
  public Optional<Instant> timeThere(VanId van) {
    return times.now(van);
  }

  /**
   * Takes a message of a van's status topic; that of a van whose device is not known counts though
   * nobody has signed it, as it decides nothing.
   */
  public Reading<byte[]> status(VanId van, byte[] message) {
    Reading<byte[]> signed = signed(van, VanStatus.SIGNED_TYPE, message);
    signed.taken().ifPresent(content -> times.status(van, content));
    return isOfUnknown(signed) ? new Reading.Taken<>(message) : signed;
  }

  /** Reads a message of a van's receipts topic. */
  public Reading<OutcomeReceipt> receipt(VanId van, byte[] message) {
    Reading<byte[]> signed = signed(van, OutcomeReceipt.SIGNED_TYPE, message);
    if (!(signed instanceof Reading.Taken<byte[]> taken)) {
      return new Reading.Refused<>(signed.refusal().orElseThrow());
    }
    return OutcomeReceipt.read(van, taken.content())
        .<Reading<OutcomeReceipt>>map(Reading.Taken::new)
        .orElseGet(() -> new Reading.Refused<>(MessageFault.UNREADABLE));
  }

  /**
   * The receipt of a refused deployment that the van's own device has signed; empty if it is none.
   */
  public Optional<DiscardReceipt> discardReceipt(VanId van, byte[] document) {
    return device(van).flatMap(device -> DiscardReceipt.read(document, device));
  }

  /**
   * Reads a message of a van's sightings topic.
   *
   * @param keys that open it
   */
  public Reading<SightingMessage> sighting(VanId van, byte[] message, ControlRoomKeys keys) {
    Reading<byte[]> signed = signed(van, SightingMessage.SIGNED_TYPE, message);
    if (!(signed instanceof Reading.Taken<byte[]> taken)) {
      return new Reading.Refused<>(signed.refusal().orElseThrow());
    }
    return SightingMessage.read(van, taken.content(), keys)
        .<Reading<SightingMessage>>map(Reading.Taken::new)
        .orElseGet(() -> new Reading.Refused<>(MessageFault.UNREADABLE));
  }

  /**
   * The receipt of an engagement in a message of a van's receipts topic; empty if it is none that
   * the van's device has signed, but may be a receipt of an outcome.
   */
  public Optional<EngagementReceipt> engagementReceipt(VanId van, byte[] message) {
    return signed(van, EngagementReceipt.SIGNED_TYPE, message)
        .taken()
        .flatMap(content -> EngagementReceipt.read(van, content));
  }

  /**
   * The withdrawn alert in a message of a van's receipts topic; empty if it is none that the van's
   * device has signed, but may be a receipt.
   */
  public Optional<WithdrawnAlert> withdrawnAlert(VanId van, byte[] message) {
    return signed(van, WithdrawnAlert.SIGNED_TYPE, message)
        .taken()
        .flatMap(content -> WithdrawnAlert.read(van, content));
  }

  /** The device of a van, for which a group is sealed; empty if none is known that can be used. */
  public Optional<DeviceIdentity> device(VanId van) {
    try {
      return identities.of(van);
    } catch (CryptoException e) {
      lines.due("The device of " + van + " is not known: " + e.getMessage()).ifPresent(LOG::error);
      return Optional.empty();
    }
  }

  /** The content of a message, if the van's device has signed it. */
  private Reading<byte[]> signed(VanId van, String type, byte[] message) {
    Optional<DeviceIdentity> device;
    try {
      device = identities.of(van);
    } catch (CryptoException e) {
      lines.due("The device of " + van + " is not known: " + e.getMessage()).ifPresent(LOG::error);
      return new Reading.Refused<>(MessageFault.UNUSABLE_IDENTITY);
    }
    if (device.isEmpty()) {
      return new Reading.Refused<>(MessageFault.UNKNOWN_DEVICE);
    }
    SignedMessage.Check check = device.get().check(type, message);
    if (check instanceof SignedMessage.Check.Genuine genuine) {
      return new Reading.Taken<>(genuine.content());
    }
    if (check instanceof SignedMessage.Check.Altered) {
      return new Reading.Refused<>(MessageFault.ALTERED);
    }
    return new Reading.Refused<>(
        check instanceof SignedMessage.Check.Unsigned
            ? MessageFault.UNSIGNED
            : MessageFault.OTHER_SIGNER);
  }
}
