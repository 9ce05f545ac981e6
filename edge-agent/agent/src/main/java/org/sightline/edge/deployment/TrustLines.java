package org.sightline.edge.deployment;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.trust.RoomAct;
import org.sightline.edge.trust.TrustStatement;
import org.sightline.edge.trust.TrustStatement.Act;
import org.sightline.edge.trust.TrustStatement.KeyAct;
import org.sightline.edge.trust.TrustStatement.Name;
import org.sightline.edge.trust.TrustStatement.Replace;
import org.sightline.edge.trust.TrustStatement.Revoke;
import org.sightline.edge.trust.TrustedKeys.Applied;

/** What audit log and log say of a trust statement that was applied. */
final class TrustLines {
  private TrustLines() {}

  /**
   * The record of one.
   *
   * @param signers all whose signature counted
   */
  static AuditEvent event(Applied applied, Set<Sha256> signers) {
    Act act = applied.statement().act();
    AuditEvent event =
        AuditEvent.of(kind(act), Actor.authority(applied.by()))
            .with("statement", Sha256.of(applied.document().bytes()));
    event =
        act instanceof KeyAct key
            ? event.with("key", key.authority().fingerprint())
            : event.with("controlRoom", ((RoomAct) act).room().keyId());
    Optional<Sha256> second =
        signers.stream().filter(signer -> !signer.equals(applied.by())).findFirst();
    if (second.isPresent()) {
      event = event.with("secondAuthority", second.get());
    }
    if (act instanceof Name name) {
      event = times(event, name.from(), name.until());
    } else if (act instanceof Replace replace) {
      event = times(event.with("by", replace.by().fingerprint()), replace.from(), Optional.empty());
    } else if (act instanceof Revoke revoke) {
      event = event.with("reason", revoke.reason());
    } else if (act instanceof RoomAct.Name name) {
      event = times(event.with("by", name.by().keyId()), name.from(), name.until());
    } else if (act instanceof RoomAct.Replace replace) {
      event = times(event.with("by", replace.by().keyId()), replace.from(), Optional.empty());
    } else if (act instanceof RoomAct.Revoke revoke) {
      event = event.with("reason", revoke.reason());
    }
    return event;
  }

  private static AuditEvent times(
      AuditEvent event, Optional<Instant> from, Optional<Instant> until) {
    AuditEvent begun = from.isPresent() ? event.with("from", from.get()) : event;
    return until.isPresent() ? begun.with("until", until.get()) : begun;
  }

  private static AuditKind kind(Act act) {
    if (act.takesAway()) {
      return AuditKind.KEY_REVOKED;
    }
    return act instanceof Name || act instanceof RoomAct.Name
        ? AuditKind.KEY_NAMED
        : AuditKind.KEY_REPLACED;
  }

  /** One in a line of the log. */
  static String line(TrustStatement statement) {
    Act act = statement.act();
    if (act instanceof Revoke revoke) {
      return "Authority's key revoked (%s): %s".formatted(revoke.reason(), name(revoke));
    }
    if (act instanceof Replace replace) {
      return "Authority's key replaced by %s: %s"
          .formatted(replace.by().fingerprint().shortForm(), name(replace));
    }
    if (act instanceof Name name) {
      return "Authority's key named: " + name(name);
    }
    if (act instanceof RoomAct.Revoke revoke) {
      return "Control room's keys revoked (%s): %s"
          .formatted(revoke.reason(), revoke.room().keyId());
    }
    if (act instanceof RoomAct.Replace replace) {
      return "Control room replaced by %s: %s"
          .formatted(replace.by().keyId(), replace.room().keyId());
    }
    RoomAct.Name name = (RoomAct.Name) act;
    return "Control room %s holds in the place of %s%s"
        .formatted(
            name.by().keyId(),
            name.room().keyId(),
            name.until().map(until -> " until " + until).orElse(""));
  }

  private static String name(KeyAct act) {
    return act.authority().fingerprint().shortForm();
  }
}
