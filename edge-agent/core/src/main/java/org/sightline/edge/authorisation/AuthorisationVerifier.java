package org.sightline.edge.authorisation;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Predicate;
import org.sightline.edge.authorisation.Authorisation.Site;
import org.sightline.edge.authorisation.AuthorisationStatus.Pending;
import org.sightline.edge.authorisation.AuthorisationStatus.Permitted;
import org.sightline.edge.authorisation.AuthorisationStatus.Refused;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument.Reading;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.trust.TrustedKeys;

/** The policy by which a device decides whether it may capture. Safe for threads. */
public final class AuthorisationVerifier {
  private final TrustedKeys trusted;
  private final Taken taken;
  private final Sha256 device;
  private final VanId van;
  private final InstantSource clock;
  private final Predicate<Sha256> confirmed;

  /** Since when the device has a list under an authorisation. */
  @FunctionalInterface
  public interface Taken {
    /**
     * The moment; empty if it has taken none.
     *
     * @param authorisation digest of the whole file
     */
    Optional<Instant> since(Sha256 authorisation);
  }

  /**
   * One that knows of no confirmation.
   *
   * @param trusted the authorities that this device trusts
   * @param device fingerprint of this device's identity
   */
  public AuthorisationVerifier(
      Collection<AuthorityPublicKey> trusted, Sha256 device, VanId van, InstantSource clock) {
    this(
        TrustedKeys.of(trusted),
        authorisation -> Optional.empty(),
        device,
        van,
        clock,
        digest -> false);
  }

  /**
   * By what the device knows of keys and of its authorisations.
   *
   * @param taken by which an authorisation outlives the key that signed it, if another has taken
   *     that one's place since
   * @param device fingerprint of this device's identity
   * @param confirmed whether a second authority has confirmed the urgent authorisation with this
   *     digest
   */
  public AuthorisationVerifier(
      TrustedKeys trusted,
      Taken taken,
      Sha256 device,
      VanId van,
      InstantSource clock,
      Predicate<Sha256> confirmed) {
    this.trusted = trusted;
    this.taken = taken;
    this.device = device;
    this.van = van;
    this.clock = clock;
    this.confirmed = confirmed;
  }

  /** Reads the file and decides; a file that cannot be read permits nothing. */
  public AuthorisationStatus verify(Path file) {
    try {
      return verify(DocumentFile.read(file));
    } catch (CryptoException e) {
      return new Refused(new Refusal.Unreadable(e.what(), e.where()));
    }
  }

  /** Decides on the bytes of an authorisation file. */
  public AuthorisationStatus verify(byte[] file) {
    Instant now = clock.instant();
    Reading<Authorisation> reading =
        Authorisation.readSigned(
            file, trusted.authorities(now, taken.since(Sha256.of(file)).orElse(now)));
    if (reading instanceof Reading.Signed<Authorisation> signed) {
      return decide(signed.content(), signed.signers().size(), Sha256.of(file));
    }
    if (reading instanceof Reading.UnknownSigner<Authorisation> unknown) {
      return new Refused(refusal(unknown.signer(), now));
    }
    if (reading instanceof Reading.BadSignature<Authorisation> bad) {
      return new Refused(new Refusal.BadSignature(bad.signer()));
    }
    return new Refused(
        reading instanceof Reading.Newer<Authorisation> newer
            ? new Refusal.NewerVersion(newer.member())
            : new Refusal.Malformed());
  }

  private Refusal refusal(Sha256 signer, Instant now) {
    return trusted
        .standing(signer)
        .flatMap(
            known ->
                known
                    .fault(now)
                    .<Refusal>map(fault -> new Refusal.NotTrustedNow(known.line(), fault)))
        .orElseGet(() -> new Refusal.UnknownAuthority(signer));
  }

  /**
   * What a file says of alerts, also when its time is over: alerts and their outcomes outlive it.
   * Empty if it is no authorisation for this device.
   */
  public Optional<AlertTerms> alertTerms(Path file) {
    try {
      byte[] document = DocumentFile.read(file);
      // Alerts raised before a key was revoked are judged all the same.
      boolean here = taken.since(Sha256.of(document)).isPresent();
      return Authorisation.readSigned(
                      document, here ? trusted.authoritiesEver() : trusted.authoritiesOfAnyTime())
                  instanceof Reading.Signed<Authorisation> signed
              && objection(signed.content(), signed.signers().size()).isEmpty()
          ? Optional.of(signed.content().alerts())
          : Optional.empty();
    } catch (CryptoException e) {
      return Optional.empty();
    }
  }

  private AuthorisationStatus decide(Authorisation signed, int signatures, Sha256 digest) {
    Optional<Refusal> objection = objection(signed, signatures);
    if (objection.isPresent()) {
      return new Refused(objection.get());
    }
    Authorisation authorisation = signed.at(device).orElseThrow();
    Instant now = clock.instant();
    Instant end = authorisation.period().end();
    if (!now.isBefore(end)) {
      return new Refused(new Refusal.Ended(end));
    }
    Optional<Instant> lapses =
        signatures < Authorisation.SIGNATURES_FOR_LIVE && !confirmed.test(digest)
            ? authorisation.lapses()
            : Optional.empty();
    if (lapses.isPresent() && !now.isBefore(lapses.get())) {
      return new Refused(new Refusal.Lapsed(lapses.get()));
    }
    return now.isBefore(authorisation.period().start())
        ? new Pending(authorisation)
        : new Permitted(authorisation, lapses.filter(end::isAfter).orElse(end));
  }

  /** Why a genuine authorisation is none for this device, whatever the time. */
  private Optional<Refusal> objection(Authorisation authorisation, int signatures) {
    if (authorisation.deploymentClass() == DeploymentClass.LIVE
        && authorisation.grounds().urgency().isEmpty()
        && signatures < Authorisation.SIGNATURES_FOR_LIVE) {
      return Optional.of(
          new Refusal.TooFewSignatures(signatures, Authorisation.SIGNATURES_FOR_LIVE));
    }
    Site site = authorisation.site();
    Optional<Site> here = site.at(device);
    if (here.isEmpty()) {
      return Optional.of(
          site.others().isPresent()
              ? new Refusal.NoneOfItsDevices(site.boxes().size(), device)
              : new Refusal.OtherDevice(site.device(), device));
    }
    return here.get().van().equals(van)
        ? Optional.empty()
        : Optional.of(new Refusal.OtherVan(here.get().van(), van));
  }
}
