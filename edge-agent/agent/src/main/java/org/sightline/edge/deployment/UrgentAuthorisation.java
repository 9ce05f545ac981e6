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
 */
public record UrgentAuthorisation(
    Sha256 authorisation,
    String reason,
    Sha256 signer,
    Instant lapses,
    @Nullable Ruled confirmed,
    @Nullable Ruled refused) {
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
   * @param signers of the document; of more than one, the others confirm it
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
                    null));
  }

  /** As the audit log has it, which holds no free text. */
  Sha256 reasonDigest() {
    return Sha256.of(reason.getBytes(StandardCharsets.UTF_8));
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
    return now.isBefore(lapses)
        ? "urgent, confirmed by nobody: lapses at " + lapses + " unless a second authority confirms"
        : "urgent, confirmed by nobody: lapsed at " + lapses;
  }
}
