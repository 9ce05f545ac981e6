package org.sightline.edge.deployment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.Revocation;
import org.sightline.edge.authorisation.Ruling;
import org.sightline.edge.authorisation.Withdrawal;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.crypto.SignedDocument.Reading;
import org.sightline.edge.deployment.DeploymentStatus.End;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;
import org.sightline.edge.trust.Standing;
import org.sightline.edge.trust.Standing.Revoked;
import org.sightline.edge.trust.TrustRefusal;
import org.sightline.edge.trust.TrustStatement;
import org.sightline.edge.trust.TrustStatement.Name;
import org.sightline.edge.trust.TrustStatement.Replace;
import org.sightline.edge.trust.TrustStatement.Revoke;
import org.sightline.edge.trust.TrustedKeys;
import org.sightline.edge.trust.TrustedKeys.Applied;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whose signatures count on this device, by its settings and by the trust statements that were
 * applied. It answers from memory alone; what another process has applied is known after {@link
 * #refresh}. What can only be taken away counts even where it cannot be stored yet. Thread-safe.
 */
public final class Trust {
  private static final Logger LOG = LoggerFactory.getLogger(Trust.class);

  /** More than the keys of all forces that a van may ever be lent to; a revocation is one more. */
  static final int MOST_STATEMENTS = 1000;

  private final Database database;
  private final List<AuthorityPublicKey> settings;
  private final Sha256 device;
  private final DeviceClock clock;
  private final AuditLog audit;

  /** Revocations of keys that could not be stored yet; guarded by this. */
  private final Map<UUID, Applied> unstored = new LinkedHashMap<>();

  private volatile State state;

  /** What is known at one time. */
  private record State(
      List<Applied> stored, TrustedKeys keys, Map<Sha256, TrustTable.Taken> taken, long version) {}

  /**
   * A statement that changes nothing.
   *
   * @param document digest of what came
   * @param line why, with what is wrong in it, without a full stop
   */
  public record Ignored(Sha256 document, TrustRefusal reason, String line) {
    Ignored(Sha256 document, TrustRefusal reason) {
      this(document, reason, reason.line());
    }
  }

  /**
   * Reads what was applied before.
   *
   * @param settings the authorities that the settings name
   * @param device fingerprint of this device's identity
   */
  public Trust(
      Database database,
      Collection<AuthorityPublicKey> settings,
      Sha256 device,
      DeviceClock clock,
      AuditLog audit)
      throws StoreException {
    this.database = database;
    this.settings = List.copyOf(settings);
    this.device = device;
    this.clock = clock;
    this.audit = audit;
    this.state = database.read(this::stored);
  }

  private State stored(Transaction tx) throws StoreException {
    List<Applied> stored = TrustTable.statements(tx);
    stored.forEach(each -> unstored.remove(each.statement().id()));
    List<Applied> all = new ArrayList<>(stored);
    all.addAll(unstored.values());
    return new State(
        stored, TrustedKeys.of(settings, all), TrustTable.taken(tx), TrustTable.version(tx));
  }

  /** What is known of keys. */
  public TrustedKeys keys() {
    return state.keys();
  }

  /** Takes in what another process has applied, and stores what could not be. */
  public synchronized void refresh() throws StoreException {
    if (!unstored.isEmpty()) {
      apply(unstored.values().stream().map(each -> each.document().bytes()).toList());
    }
    if (database.read(TrustTable::version) != state.version()) {
      state = database.read(this::stored);
    }
  }

  /**
   * Whether an authority that decides on keys has signed a document, perhaps beside others that are
   * to come to do so by another statement; from memory alone.
   */
  public boolean isGenuine(byte[] document) {
    return TrustStatement.isSignedByAny(document, keys().decidersOfAnyTime());
  }

  /**
   * Applies statements, in whatever order they make sense; those that were applied before change
   * nothing.
   *
   * @param documents statements, or what claims to be
   * @return those that are ignored
   * @throws StoreException if one could not be stored; if it revokes a key, it counts all the same
   */
  public synchronized List<Ignored> apply(Collection<byte[]> documents) throws StoreException {
    List<byte[]> due =
        documents.stream()
            .sorted(
                Comparator.comparing(
                    each -> TrustStatement.claimedCreation(each).orElse(Instant.MAX)))
            .toList();
    List<Ignored> ignored = List.of();
    boolean again = true;
    try {
      while (again) {
        List<byte[]> left = new ArrayList<>();
        ignored = new ArrayList<>();
        for (byte[] document : due) {
          Optional<Ignored> refusal = database.write(tx -> apply(tx, document));
          if (refusal.isPresent()) {
            left.add(document);
            ignored.add(refusal.get());
          }
        }
        // One that came too early may count after another.
        again =
            left.size() < due.size() && ignored.stream().anyMatch(each -> each.reason().mayPass());
        due = left;
      }
    } catch (StoreException e) {
      due.forEach(this::revokeInMemory);
      throw e;
    }
    state = database.read(this::stored);
    return ignored;
  }

  private Optional<Ignored> apply(Transaction tx, byte[] document) throws StoreException {
    List<Applied> stored = TrustTable.statements(tx);
    if (stored.stream().anyMatch(each -> Arrays.equals(each.document().bytes(), document))) {
      return Optional.empty();
    }
    Sha256 digest = Sha256.of(document);
    TrustedKeys keys = TrustedKeys.of(settings, stored);
    Instant now = clock.instant();
    Reading<TrustStatement> reading = keys.read(document, now);
    if (!(reading instanceof Reading.Signed<TrustStatement> signed)) {
      return Optional.of(ignored(digest, reading));
    }
    if (stored.stream().anyMatch(each -> each.statement().id().equals(signed.content().id()))) {
      return Optional.of(new Ignored(digest, TrustRefusal.SAME_ID));
    }
    Optional<TrustRefusal> objection =
        keys.objection(signed.content(), signed.signers(), device, now);
    if (objection.isPresent()) {
      return objection.map(reason -> new Ignored(digest, reason));
    }
    if (!(signed.content().act() instanceof Revoke) && stored.size() >= MOST_STATEMENTS) {
      return Optional.of(new Ignored(digest, TrustRefusal.TOO_MANY));
    }
    Applied applied = applied(document, signed, now);
    TrustTable.put(tx, applied);
    record(tx, applied, signed.signers());
    LOG.info("{}", line(signed.content()));
    return Optional.empty();
  }

  private static Ignored ignored(Sha256 document, Reading<TrustStatement> reading) {
    if (reading instanceof Reading.UnknownSigner<TrustStatement> unknown) {
      return named(document, TrustRefusal.NO_DECIDER, unknown.signer().shortForm());
    }
    if (reading instanceof Reading.Newer<TrustStatement> newer) {
      return named(document, TrustRefusal.NEWER_VERSION, newer.member());
    }
    return new Ignored(
        document,
        reading instanceof Reading.BadSignature
            ? TrustRefusal.BAD_SIGNATURE
            : TrustRefusal.MALFORMED);
  }

  private static Ignored named(Sha256 document, TrustRefusal reason, String what) {
    return new Ignored(document, reason, reason.line() + ": " + what);
  }

  private static Applied applied(
      byte[] document, Reading.Signed<TrustStatement> signed, Instant now) {
    return new Applied(
        signed.content(),
        SignedDocument.parse(document).orElseThrow(),
        signed.signers().stream()
            .sorted(Comparator.comparing(Sha256::hex))
            .filter(signer -> !signer.equals(signed.content().act().authority().fingerprint()))
            .findFirst()
            .orElseThrow(),
        now);
  }

  /** A disk that is full keeps no stolen key alive. */
  private void revokeInMemory(byte[] document) {
    Instant now = clock.instant();
    if (keys().read(document, now) instanceof Reading.Signed<TrustStatement> signed
        && signed.content().act() instanceof Revoke
        && keys().objection(signed.content(), signed.signers(), device, now).isEmpty()) {
      unstored.put(signed.content().id(), applied(document, signed, now));
      List<Applied> all = new ArrayList<>(state.stored());
      all.addAll(unstored.values());
      state =
          new State(state.stored(), TrustedKeys.of(settings, all), state.taken(), state.version());
    }
  }

  private void record(Transaction tx, Applied applied, Set<Sha256> signers) throws StoreException {
    TrustStatement statement = applied.statement();
    AuditEvent event =
        AuditEvent.of(kind(statement), Actor.authority(applied.by()))
            .with("statement", Sha256.of(applied.document().bytes()))
            .with("key", statement.act().authority().fingerprint());
    Optional<Sha256> second =
        signers.stream().filter(signer -> !signer.equals(applied.by())).findFirst();
    if (second.isPresent()) {
      event = event.with("secondAuthority", second.get());
    }
    if (statement.act() instanceof Name name) {
      event = name.from().isPresent() ? event.with("from", name.from().get()) : event;
      event = name.until().isPresent() ? event.with("until", name.until().get()) : event;
    } else if (statement.act() instanceof Replace replace) {
      event = event.with("by", replace.by().fingerprint());
      event = replace.from().isPresent() ? event.with("from", replace.from().get()) : event;
    } else if (statement.act() instanceof Revoke revoke) {
      event = event.with("reason", revoke.reason());
    }
    audit.append(tx, event);
  }

  private static AuditKind kind(TrustStatement statement) {
    if (statement.act() instanceof Revoke) {
      return AuditKind.KEY_REVOKED;
    }
    return statement.act() instanceof Name ? AuditKind.KEY_NAMED : AuditKind.KEY_REPLACED;
  }

  private static String line(TrustStatement statement) {
    String key = statement.act().authority().fingerprint().shortForm();
    if (statement.act() instanceof Revoke revoke) {
      return "Authority's key revoked (%s): %s".formatted(revoke.reason(), key);
    }
    return statement.act() instanceof Replace replace
        ? "Authority's key replaced by %s: %s"
            .formatted(replace.by().fingerprint().shortForm(), key)
        : "Authority's key named: " + key;
  }

  /** Checks what claims to be a withdrawal, by the keys of now and those of when it was made. */
  Withdrawal.Check withdrawal(byte[] document) {
    TrustedKeys keys = keys();
    Instant now = clock.instant();
    Withdrawal.Check check = Withdrawal.check(document, keys.authorities(now));
    return Withdrawal.check(document, keys.authorities(now, Instant.MIN))
            instanceof Withdrawal.Check.Valid valid
        ? Withdrawal.check(document, keys.authorities(now, valid.withdrawal().withdrawnAt()))
        : check;
  }

  /** The same of a revocation. */
  Revocation.Check revocation(byte[] document) {
    TrustedKeys keys = keys();
    Instant now = clock.instant();
    Revocation.Check check = Revocation.check(document, keys.authorities(now));
    return Revocation.check(document, keys.authorities(now, Instant.MIN))
            instanceof Revocation.Check.Valid valid
        ? Revocation.check(document, keys.authorities(now, valid.revocation().revokedAt()))
        : check;
  }

  /**
   * The same of a ruling, by the keys of now alone: a confirmation lets capture go on, and a
   * refusal discards the records of a deployment, so that when either says that it was made is not
   * believed.
   */
  Ruling.Check ruling(byte[] document) {
    return Ruling.check(document, keys().authorities(clock.instant()));
  }

  /** Since when a list is here under an authorisation. */
  Optional<Instant> takenSince(Sha256 authorisation) {
    return Optional.ofNullable(state.taken().get(authorisation)).map(TrustTable.Taken::at);
  }

  /** The authorities that count for a list under an authorisation, taken in before or now. */
  List<AuthorityPublicKey> authoritiesFor(Sha256 authorisation) {
    Instant now = clock.instant();
    return keys().authorities(now, takenSince(authorisation).orElse(now));
  }

  /**
   * Remembers by whose signatures a list is taken in.
   *
   * @throws StoreException if they count no more, as a key may that lapsed meanwhile
   */
  void take(Transaction tx, byte[] authorisation) throws StoreException {
    Sha256 digest = Sha256.of(authorisation);
    if (!(Authorisation.readSigned(authorisation, authoritiesFor(digest))
        instanceof Reading.Signed<Authorisation> signed)) {
      throw new StoreException(
          "a key that signed the authorisation ceased to count while the list was taken in",
          "authorisation " + digest.shortForm(),
          "ask for an authorisation by a key that counts: sightline trust show",
          null);
    }
    TrustTable.take(tx, digest, signed.signers(), clock.instant());
  }

  /**
   * How a deployment is over by what became of a key that it rests on; empty if it is not. A key
   * that nothing stands for any more is none to rest on, revoked or not. From memory alone.
   *
   * @param authorisation under which its list was taken in
   */
  public Optional<End> end(Sha256 authorisation) {
    State known = state;
    TrustTable.Taken taken = known.taken().get(authorisation);
    return taken == null
        ? Optional.empty()
        : taken.signers().stream()
            .flatMap(signer -> end(known.keys().standing(signer), taken.at()).stream())
            .max(Comparator.comparing(end -> end.reason() == EndReason.AUTHORITY_REVOKED));
  }

  private Optional<End> end(Optional<Standing> signer, Instant taken) {
    Instant now = clock.instant();
    Optional<Revoked> revoked = signer.flatMap(Standing::revoked);
    if (revoked.isPresent()) {
      String by = Actor.authority(revoked.get().by()).value();
      return Optional.of(new End(EndReason.AUTHORITY_REVOKED, by, now));
    }
    return signer.filter(each -> each.counts(now, taken)).isPresent()
        ? Optional.empty()
        : Optional.of(new End(EndReason.AUTHORITY_LAPSED, Actor.AGENT.value(), now));
  }
}
