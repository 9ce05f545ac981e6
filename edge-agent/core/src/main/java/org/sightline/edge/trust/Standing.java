package org.sightline.edge.trust;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.Sha256;

/**
 * What is known of an authority's key. Immutable.
 *
 * @param naming by what it counts; empty if it is only known as one that was revoked
 */
public record Standing(
    AuthorityPublicKey key,
    Optional<Naming> naming,
    Optional<Replaced> replaced,
    Optional<Revoked> revoked) {
  /**
   * By what a key counts.
   *
   * @param statement that named it; empty if the settings do
   * @param label whose it is; empty of a key of the settings
   * @param created of the statement
   * @param from first moment at which it counts
   * @param until first moment at which it counts no more; empty if there is none
   * @param decides whether it signs trust statements, as the keys of the settings and their
   *     successors do
   */
  public record Naming(
      Optional<UUID> statement,
      Optional<String> label,
      Instant created,
      Instant from,
      Optional<Instant> until,
      boolean decides) {
    /** This, for as much of its time as another gives too. */
    Naming within(Naming other) {
      return new Naming(
          statement,
          label,
          other.created,
          from.isAfter(other.from) ? from : other.from,
          Stream.concat(until.stream(), other.until.stream()).min(Comparator.naturalOrder()),
          decides);
    }

    boolean counts(Instant now) {
      return !now.isBefore(from) && until.map(now::isBefore).orElse(true);
    }
  }

  /** That another key has taken its place; it signs nothing from {@code at} on. */
  public record Replaced(AuthorityPublicKey by, Instant at, UUID statement) {}

  /**
   * That nothing it has signed counts.
   *
   * @param by one of those who signed so
   * @param at when that was applied here
   */
  public record Revoked(Sha256 by, Instant at, String reason, UUID statement) {}

  static Standing of(AuthorityPublicKey key) {
    return new Standing(key, Optional.empty(), Optional.empty(), Optional.empty());
  }

  Standing named(Naming how) {
    return new Standing(key, Optional.of(how), replaced, revoked);
  }

  Standing replaced(Replaced how) {
    return new Standing(key, naming, Optional.of(how), revoked);
  }

  Standing revoked(Revoked how) {
    return new Standing(key, naming, replaced, Optional.of(how));
  }

  /** Whether what it signs now counts. */
  public boolean counts(Instant now) {
    return counts(now, now);
  }

  /** Whether it counts now for a document that was there at some moment. */
  public boolean counts(Instant now, Instant then) {
    return revoked.isEmpty()
        && naming.filter(each -> each.counts(now)).isPresent()
        && replaced.map(each -> now.isBefore(each.at()) || then.isBefore(each.at())).orElse(true);
  }

  /** First moment at which it counts no more by itself; empty if there is none. */
  public Optional<Instant> until() {
    return naming.flatMap(Naming::until);
  }

  /** Whether it signs trust statements, while it counts. */
  public boolean decides() {
    return naming.map(Naming::decides).orElse(false);
  }

  /** Why what it signs now does not count, without a full stop; empty if it does. */
  public Optional<String> fault(Instant now) {
    if (revoked.isPresent()) {
      return Optional.of(
          "was revoked at %s (%s)".formatted(revoked.get().at(), revoked.get().reason()));
    }
    if (naming.isEmpty()) {
      return Optional.of("is not trusted here");
    }
    if (replaced.isPresent() && !now.isBefore(replaced.get().at())) {
      return Optional.of("was replaced at " + replaced.get().at());
    }
    if (now.isBefore(naming.get().from())) {
      return Optional.of("is trusted from " + naming.get().from() + " on");
    }
    return until().filter(end -> !now.isBefore(end)).map(end -> "was trusted until " + end);
  }

  /** Whose it is, as far as that is known. */
  public String line() {
    String name = key.fingerprint().shortForm();
    return naming.flatMap(Naming::label).map(label -> label + ", " + name).orElse(name);
  }
}
