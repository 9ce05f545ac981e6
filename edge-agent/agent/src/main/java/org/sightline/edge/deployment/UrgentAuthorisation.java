package org.sightline.edge.deployment;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.crypto.Sha256;

/**
 * That the authorisation of a deployment could not wait for a second authority.
 *
 * @param authorisation digest of the signed document
 * @param reason why it could not wait, as the authority put it
 * @param signer fingerprint of the key that signed it
 * @param lapses when it ends on the word of that authority alone, which may be after its end
 * @param confirmed null until another authority has confirmed it
 * @param refused null until another authority has refused it; then there is no reason any more
 * @param over when its deployment is over, or was, but for the lapse
 */
public record UrgentAuthorisation(
    Sha256 authorisation,
    String reason,
    Sha256 signer,
    Instant lapses,
    @Nullable Ruled confirmed,
    @Nullable Ruled refused,
    Instant over) {
  /**
   * What a second authority said of it.
   *
   * @param by fingerprint of its key
   * @param at when its word arrived, or the list was imported under both signatures
   */
  public record Ruled(Sha256 by, Instant at) {}

  /**
   * What an authorisation says of it; empty if it is not urgent.
   *
   * @param signers of the document, in the order of their signatures; the second confirms it
   */
  static Optional<UrgentAuthorisation> of(
      Authorisation authorisation, Sha256 document, Collection<Sha256> signers, Instant now) {
    Sha256 first = signers.iterator().next();
    Optional<Ruled> second =
        signers.stream()
            .filter(signer -> !signer.equals(first))
            .findFirst()
            .map(signer -> new Ruled(signer, now));
    return authorisation
        .grounds()
        .urgency()
        .map(
            urgency ->
                new UrgentAuthorisation(
                    document,
                    urgency.reason(),
                    first,
                    authorisation.lapses().orElseThrow(),
                    second.orElse(null),
                    null,
                    authorisation.period().end()));
  }

  /** The same where a second authority has confirmed it. */
  UrgentAuthorisation confirmed(Ruled by) {
    return new UrgentAuthorisation(authorisation, reason, signer, lapses, by, refused, over);
  }

  /** As the audit log has it, which holds no free text. */
  Sha256 reasonDigest() {
    return Sha256.of(reason.getBytes(StandardCharsets.UTF_8));
  }

  /** When it lapses; empty if it is ruled on, or over before. */
  public Optional<Instant> lapsing() {
    return confirmed == null && refused == null && lapses.isBefore(over)
        ? Optional.of(lapses)
        : Optional.empty();
  }

  /** When it lapses; null once it does not. */
  @Nullable Instant lapsesUnconfirmed() {
    return confirmed == null ? lapses : null;
  }

  /** How it stands at a time, in words. */
  public String line(Instant now) {
    if (refused != null) {
      return "urgent, refused at " + refused.at() + " by " + refused.by().shortForm();
    }
    if (confirmed != null) {
      return "urgent, confirmed at " + confirmed.at() + " by " + confirmed.by().shortForm();
    }
    if (!lapses.isBefore(over)) {
      return "urgent, confirmed by nobody: over before it %s lapse, at %s"
          .formatted(now.isBefore(over) ? "can" : "could", over);
    }
    return now.isBefore(lapses)
        ? "urgent, confirmed by nobody: lapses at " + lapses + " unless a second authority confirms"
        : "urgent, confirmed by nobody: lapsed at " + lapses;
  }
}
