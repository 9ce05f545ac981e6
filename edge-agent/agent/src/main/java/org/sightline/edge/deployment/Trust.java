package org.sightline.edge.deployment;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.Refusal;
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
import org.sightline.edge.trust.TrustStatement.KeyAct;
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
      TrustTable.Statements statements,
      TrustedKeys stored,
      TrustedKeys keys,
      Map<Sha256, TrustTable.Taken> taken,
      long version) {}

  /**
   * A statement that changes nothing.
   *
   * @param document digest of what came
   * @param said digest of what is signed in it; of all of it where nothing is
   * @param line why, with what is wrong in it, without a full stop
   */
  public record Ignored(Sha256 document, Sha256 said, TrustRefusal reason, String line) {
    static Ignored of(byte[] document, TrustRefusal reason, String line) {
      Sha256 digest = Sha256.of(document);
      return new Ignored(
          digest,
          SignedDocument.parse(document).map(each -> Sha256.of(each.payload())).orElse(digest),
          reason,
          line);
    }

    private static Ignored of(byte[] document, TrustRefusal reason) {
      return of(document, reason, reason.line());
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
    State state = state(TrustTable.statements(tx), TrustTable.taken(tx), TrustTable.version(tx));
    state
        .statements()
        .unreadable()
        .forEach(
            id ->
                LOG.error(
                    "The stored trust statement {} cannot be read: it is not known whose keys count,"
                        + " and there is no capture",
                    id));
    return state;
  }

  private State state(
      TrustTable.Statements statements, Map<Sha256, TrustTable.Taken> taken, long version) {
    TrustedKeys stored = TrustedKeys.of(settings, statements.applied());
    List<Applied> all = new ArrayList<>(statements.applied());
    unstored.values().stream()
        .filter(each -> !statements.ids().contains(each.statement().id()))
        .forEach(all::add);
    TrustedKeys keys =
        all.size() == statements.applied().size() ? stored : TrustedKeys.of(settings, all);
    return new State(statements, stored, keys, taken, version);
  }

  /** What is known of keys. */
  public TrustedKeys keys() {
    return state.keys();
  }

  /**
   * Why it is not known whose keys count, so that nothing may begin or go on by them; empty if it
   * is known.
   */
  Optional<Refusal> doubt() {
    return state.statements().unreadable().stream()
        .findFirst()
        .map(Refusal.StatementUnreadable::new);
  }

  /** Takes in what another process has applied, and stores what could not be. */
  public synchronized void refresh() throws StoreException {
    if (!unstored.isEmpty()) {
      apply(unstored.values().stream().map(each -> each.document().bytes()).toList());
    }
    follow();
  }

  private void follow() throws StoreException {
    if (database.read(TrustTable::version) != state.version()) {
      become(database.read(this::stored));
    }
  }

  /**
   * What a document is that an authority which decides on keys has signed, perhaps beside others
   * that are to come to do so by another statement; empty if it is none. From memory alone.
   */
  public Optional<TrustStatement.Claim> claim(byte[] document) {
    return TrustStatement.claim(document, keys().decidersOfAnyTime());
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
    List<Ignored> ignored = new ArrayList<>();
    try {
      follow();
      int before;
      do {
        before = TrustTable.count(state.statements());
        List<byte[]> early = new ArrayList<>();
        ignored.removeIf(each -> each.reason().mayPass());
        for (byte[] document : due) {
          Optional<Ignored> refusal = apply(document);
          refusal.ifPresent(ignored::add);
          if (refusal.filter(each -> each.reason().mayPass()).isPresent()) {
            early.add(document);
          }
        }
        due = early;
        // One that came too early may count after another.
      } while (!due.isEmpty() && TrustTable.count(state.statements()) > before);
    } catch (StoreException e) {
      documents.forEach(this::revokeInMemory);
      throw e;
    }
    return ignored;
  }

  /** Whether it counts is found out from memory; only one that does is written. */
  private Optional<Ignored> apply(byte[] document) throws StoreException {
    Optional<Ignored> refusal = refusal(state, document);
    if (refusal.isPresent() || isApplied(state, document)) {
      return refusal;
    }
    Attempt attempt = database.write(tx -> attempt(tx, document));
    become(attempt.state());
    attempt.applied().ifPresent(applied -> LOG.info("{}", TrustLines.line(applied.statement())));
    return attempt.refusal();
  }

  /** What an attempt to apply a document has come to; neither of the two if it was before. */
  private record Attempt(State state, Optional<Applied> applied, Optional<Ignored> refusal) {}

  private Attempt attempt(Transaction tx, byte[] document) throws StoreException {
    // Another process may have applied something since.
    State now = TrustTable.version(tx) == state.version() ? state : stored(tx);
    Optional<Ignored> refusal = refusal(now, document);
    Instant at = clock.instant();
    if (refusal.isPresent()
        || isApplied(now, document)
        || !(now.stored().read(document, at) instanceof Reading.Signed<TrustStatement> signed)) {
      return new Attempt(now, Optional.empty(), refusal);
    }
    Applied applied = applied(document, signed, at);
    TrustTable.put(tx, applied);
    audit.append(tx, TrustLines.event(applied, signed.signers()));
    return new Attempt(
        state(now.statements().with(applied), now.taken(), TrustTable.version(tx)),
        Optional.of(applied),
        Optional.empty());
  }

  private void become(State now) {
    state = now;
    unstored.keySet().removeAll(now.statements().ids());
  }

  private static boolean isApplied(State state, byte[] document) {
    return state.statements().digests().contains(Sha256.of(document));
  }

  /** Why a document changes nothing; empty if it does, or has before. */
  private Optional<Ignored> refusal(State state, byte[] document) {
    if (isApplied(state, document)) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Reading<TrustStatement> reading = state.stored().read(document, now);
    if (!(reading instanceof Reading.Signed<TrustStatement> signed)) {
      return Optional.of(ignored(document, reading));
    }
    if (state.statements().ids().contains(signed.content().id())) {
      return Optional.of(Ignored.of(document, TrustRefusal.SAME_ID));
    }
    Optional<TrustRefusal> objection =
        state.stored().objection(signed.content(), signed.signers(), device, now);
    if (objection.isEmpty()
        && !signed.content().act().takesAway()
        && TrustTable.count(state.statements()) >= MOST_STATEMENTS) {
      return Optional.of(Ignored.of(document, TrustRefusal.TOO_MANY));
    }
    return objection.map(reason -> Ignored.of(document, reason));
  }

  private static Ignored ignored(byte[] document, Reading<TrustStatement> reading) {
    if (reading instanceof Reading.UnknownSigner<TrustStatement> unknown) {
      return named(document, TrustRefusal.NO_DECIDER, unknown.signer().shortForm());
    }
    if (reading instanceof Reading.Newer<TrustStatement> newer) {
      return named(document, TrustRefusal.NEWER_VERSION, newer.member());
    }
    return Ignored.of(
        document,
        reading instanceof Reading.BadSignature
            ? TrustRefusal.BAD_SIGNATURE
            : TrustRefusal.MALFORMED);
  }

  private static Ignored named(byte[] document, TrustRefusal reason, String what) {
    return Ignored.of(document, reason, reason.line() + ": " + what);
  }

  private static Applied applied(
      byte[] document, Reading.Signed<TrustStatement> signed, Instant now) {
    Optional<Sha256> about =
        Optional.of(signed.content().act())
            .filter(KeyAct.class::isInstance)
            .map(act -> ((KeyAct) act).authority().fingerprint());
    return new Applied(
        signed.content(),
        SignedDocument.parse(document).orElseThrow(),
        signed.signers().stream()
            .sorted(Comparator.comparing(Sha256::hex))
            .filter(signer -> !about.equals(Optional.of(signer)))
            .findFirst()
            .orElseThrow(),
        now);
  }

  /** A disk that is full keeps no stolen key alive. */
  private void revokeInMemory(byte[] document) {
    Instant now = clock.instant();
    if (keys().read(document, now) instanceof Reading.Signed<TrustStatement> signed
        && signed.content().act().takesAway()
        && keys().objection(signed.content(), signed.signers(), device, now).isEmpty()) {
      unstored.put(signed.content().id(), applied(document, signed, now));
      state = state(state.statements(), state.taken(), state.version());
    }
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
   * @param listSigners who signed the list itself
   * @throws StoreException if one of them counts no more, as a key may that lapsed meanwhile
   */
  void take(Transaction tx, byte[] authorisation, Set<Sha256> listSigners) throws StoreException {
    Sha256 digest = Sha256.of(authorisation);
    List<AuthorityPublicKey> counting = authoritiesFor(digest);
    Set<Sha256> known =
        counting.stream().map(AuthorityPublicKey::fingerprint).collect(Collectors.toSet());
    if (!(Authorisation.readSigned(authorisation, counting)
            instanceof Reading.Signed<Authorisation> signed)
        || !known.containsAll(listSigners)) {
      throw new StoreException(
          "a key that signed authorisation or list ceased to count while the list was taken in",
          "authorisation " + digest.shortForm(),
          "ask for both by keys that count: sightline trust show",
          null);
    }
    Set<Sha256> all = new HashSet<>(signed.signers());
    all.addAll(listSigners);
    TrustTable.take(tx, digest, all, clock.instant());
  }

  /**
   * Finds out by whose signatures a list was taken in before that was recorded, so that its
   * deployment ends with their keys, too. Who signed such a list itself stays unknown.
   *
   * @param authorisation its document
   */
  void complete(byte[] authorisation) {
    Sha256 digest = Sha256.of(authorisation);
    TrustTable.Taken taken = state.taken().get(digest);
    if (taken != null
        && taken.signers().isEmpty()
        && Authorisation.readSigned(authorisation, keys().authoritiesEver())
            instanceof Reading.Signed<Authorisation> signed) {
      try {
        database.write(
            tx -> {
              TrustTable.take(tx, digest, signed.signers(), taken.at());
              return digest;
            });
        refresh();
      } catch (StoreException e) {
        LOG.warn("Who signed an authorisation is not recorded yet: {}", e.getMessage());
      }
    }
  }

  /**
   * When a deployment ends with the time of a key that it rests on; empty if it rests on none that
   * has one.
   *
   * @param authorisation under which its list was taken in
   */
  public Optional<Instant> lapses(Sha256 authorisation) {
    State known = state;
    return Optional.ofNullable(known.taken().get(authorisation)).stream()
        .flatMap(taken -> taken.signers().stream())
        .flatMap(signer -> known.keys().standing(signer).flatMap(Standing::until).stream())
        .min(Comparator.naturalOrder());
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
