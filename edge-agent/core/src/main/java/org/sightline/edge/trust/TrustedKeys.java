package org.sightline.edge.trust;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.crypto.SignedDocument.Reading;
import org.sightline.edge.trust.Standing.Naming;
import org.sightline.edge.trust.Standing.Replaced;
import org.sightline.edge.trust.Standing.Revoked;
import org.sightline.edge.trust.TrustStatement.Act;
import org.sightline.edge.trust.TrustStatement.Name;
import org.sightline.edge.trust.TrustStatement.Replace;
import org.sightline.edge.trust.TrustStatement.Revoke;

/**
 * Whose signatures count at a device. The authorities of the settings are the root: they, and the
 * keys that have taken their place, decide on keys, two at a time. A key that was named only signs
 * what concerns deployments. What the settings no longer name is gone, with what it alone stood
 * for; a revocation stays. Immutable.
 */
public final class TrustedKeys {
  /** By how much the clock of an authority may run ahead of the device's. */
  static final Duration AHEAD = Duration.ofMinutes(10);

  private final List<AuthorityPublicKey> settings;
  private final List<Applied> applied;
  private final Map<Sha256, Standing> keys;
  private final ControlRooms rooms;

  private TrustedKeys(
      Collection<AuthorityPublicKey> settings, Collection<Applied> applied, Building built) {
    this.settings = List.copyOf(settings);
    this.applied = List.copyOf(applied);
    this.keys = built.keys;
    this.rooms = built.rooms.built();
  }

  /**
   * A statement that was found to count when it came.
   *
   * @param document as it was signed
   * @param by one of those who signed it, whose signature counted
   * @param at when it was applied
   */
  public record Applied(TrustStatement statement, SignedDocument document, Sha256 by, Instant at) {}

  /** The authorities of the settings alone. */
  public static TrustedKeys of(Collection<AuthorityPublicKey> settings) {
    return of(settings, List.of());
  }

  /**
   * What the settings and statements come to.
   *
   * @param applied in the order in which they were applied
   */
  public static TrustedKeys of(
      Collection<AuthorityPublicKey> settings, Collection<Applied> applied) {
    return of(settings, applied, building -> {});
  }

  private static TrustedKeys of(
      Collection<AuthorityPublicKey> settings,
      Collection<Applied> applied,
      Consumer<Building> more) {
    Building building = new Building();
    settings.forEach(building::root);
    // First: whom a revoked key has signed for stands by the other signer, or not at all.
    applied.forEach(building::revoke);
    more.accept(building);
    applied.forEach(building::add);
    return new TrustedKeys(settings, applied, building);
  }

  /** What is on the way to be that. */
  private static final class Building {
    private final Map<Sha256, Standing> keys = new LinkedHashMap<>();
    private final ControlRooms.Building rooms = new ControlRooms.Building();

    void root(AuthorityPublicKey authority) {
      put(
          Standing.of(authority)
              .named(
                  new Naming(
                      Optional.empty(),
                      Optional.empty(),
                      Instant.MIN,
                      Instant.MIN,
                      Optional.empty(),
                      true)));
    }

    private void put(Standing standing) {
      keys.put(standing.key().fingerprint(), standing);
    }

    private Standing of(AuthorityPublicKey key) {
      return keys.getOrDefault(key.fingerprint(), Standing.of(key));
    }

    void revoke(Applied applied) {
      if (applied.statement().act() instanceof Revoke revoke) {
        // Whether its signers are still known is not asked: to stop must be easier than to start.
        revoke(
            revoke.authority(),
            new Revoked(applied.by(), applied.at(), revoke.reason(), applied.statement().id()));
      } else if (applied.statement().act() instanceof RoomAct.Revoke revoke) {
        rooms.revoke(applied, revoke);
      }
    }

    void revoke(AuthorityPublicKey key, Revoked how) {
      if (of(key).revoked().isEmpty()) {
        put(of(key).revoked(how));
      }
    }

    void add(Applied applied) {
      Act act = applied.statement().act();
      if (act instanceof Name name) {
        name(applied, name);
      } else if (act instanceof Replace replace) {
        replace(applied, replace);
      } else if (act instanceof RoomAct room) {
        rooms.add(applied, room, stands(applied));
      }
    }

    /** One of its signers still decides, or did until it was replaced. */
    private boolean stands(Applied applied) {
      List<AuthorityPublicKey> deciders =
          keys.values().stream()
              .filter(each -> each.decides() && each.revoked().isEmpty())
              .map(Standing::key)
              .toList();
      return !TrustStatement.signersAmong(applied.document(), deciders).isEmpty();
    }

    private void name(Applied applied, Name name) {
      Standing known = of(name.authority());
      if (known.decides()) {
        return;
      }
      Naming naming =
          new Naming(
              Optional.of(applied.statement().id()),
              Optional.of(name.label()),
              applied.statement().created(),
              name.from().orElse(applied.at()),
              name.until(),
              false);
      if (stands(applied)) {
        put(known.named(naming));
      } else {
        // What it took away stays away, even if its signers are gone.
        known.naming().ifPresent(before -> put(known.named(before.within(naming))));
      }
    }

    private void replace(Applied applied, Replace replace) {
      Standing old = of(replace.authority());
      if (old.naming().isEmpty()) {
        return; // The settings no longer name it: what took its place goes with it.
      }
      Instant at = replace.from().filter(from -> from.isAfter(applied.at())).orElse(applied.at());
      if (of(replace.by()).revoked().filter(gone -> gone.at().isBefore(at)).isPresent()) {
        return; // Nobody would be left in that place.
      }
      put(old.replaced(new Replaced(replace.by(), at, applied.statement().id())));
      if (of(replace.by()).naming().isEmpty() && stands(applied)) {
        put(
            of(replace.by())
                .named(
                    new Naming(
                        Optional.of(applied.statement().id()),
                        Optional.of(replace.label()),
                        applied.statement().created(),
                        at,
                        old.naming().flatMap(Naming::until),
                        old.decides())));
      }
    }
  }

  private List<AuthorityPublicKey> authorities(Predicate<Standing> which) {
    return keys.values().stream().filter(which).map(Standing::key).toList();
  }

  /** Those whose signatures on what is new count now. */
  public List<AuthorityPublicKey> authorities(Instant now) {
    return authorities(now, now);
  }

  /**
   * Those whose signatures count now on what was there at some moment: a key that was replaced
   * later counts on it.
   */
  public List<AuthorityPublicKey> authorities(Instant now, Instant then) {
    return authorities(each -> each.counts(now, then));
  }

  /** Those whose signatures have counted and were not revoked, whatever the time. */
  public List<AuthorityPublicKey> authoritiesOfAnyTime() {
    return authorities(each -> each.naming().isPresent() && each.revoked().isEmpty());
  }

  /** All that are known, to see what a file is: those that were revoked, too. */
  public List<AuthorityPublicKey> authoritiesEver() {
    return authorities(each -> true);
  }

  /** Those who sign trust statements now. */
  public List<AuthorityPublicKey> deciders(Instant now) {
    return authorities(each -> each.decides() && each.counts(now));
  }

  /** Those who sign trust statements, or did until they were replaced. */
  public List<AuthorityPublicKey> decidersOfAnyTime() {
    return authorities(each -> each.decides() && each.revoked().isEmpty());
  }

  /**
   * Reads a statement by those who decide. A revocation, which only takes away, counts also by keys
   * that were replaced after it was made, and signatures of keys that are gone spoil none that two
   * others have signed.
   *
   * @return what is signed, with the signers that count alone
   */
  public Reading<TrustStatement> read(byte[] document, Instant now) {
    Reading<TrustStatement> strict = TrustStatement.readSigned(document, deciders(now));
    if (strict instanceof Reading.UnknownSigner
        && TrustStatement.readSigned(document, authoritiesEver())
            instanceof Reading.Signed<TrustStatement> signed
        && signed.content().act().takesAway()) {
      Set<Sha256> counted = counted(signed.content().act(), signed.signers());
      counted.removeIf(
          signer ->
              standing(signer)
                  .filter(each -> each.decides())
                  .filter(each -> each.counts(now, signed.content().created()))
                  .isEmpty());
      if (counted.size() >= TrustStatement.SIGNATURES) {
        return new Reading.Signed<>(signed.content(), counted);
      }
    }
    return strict;
  }

  /** Those who sign, without the one that is revoked. */
  private static Set<Sha256> counted(Act act, Set<Sha256> signers) {
    Set<Sha256> counted = new HashSet<>(signers);
    if (act instanceof Revoke revoke) {
      counted.remove(revoke.authority().fingerprint());
    }
    return counted;
  }

  /** Which control room holds where an authorisation names one. */
  public ControlRooms rooms() {
    return rooms;
  }

  /** What is known of an authority's key; empty if that is nothing. */
  public Optional<Standing> standing(Sha256 authority) {
    return Optional.ofNullable(keys.get(authority));
  }

  /** Whether two keys are of one place among the authorities: one, or what has replaced it. */
  public boolean isSamePlace(Sha256 key, Sha256 other) {
    return successors(key).contains(other) || successors(other).contains(key);
  }

  /** A key, and those that have come after it in its place. */
  private Set<Sha256> successors(Sha256 key) {
    Set<Sha256> successors = new HashSet<>();
    Optional<Sha256> next = Optional.of(key);
    while (next.filter(successors::add).isPresent()) {
      next = standing(next.get()).flatMap(Standing::replaced).map(each -> each.by().fingerprint());
    }
    return successors;
  }

  /** All that is known: the keys of the settings first, then in the order of the statements. */
  public List<Standing> all() {
    return List.copyOf(keys.values());
  }

  /**
   * Why a statement changes nothing here; empty if it does. Time and what else is known may change
   * the answer.
   *
   * @param signers all of them, each one of {@link #deciders}
   */
  public Optional<TrustRefusal> objection(
      TrustStatement statement, Set<Sha256> signers, Sha256 device, Instant now) {
    if (!statement.devices().contains(device)) {
      return Optional.of(TrustRefusal.OTHER_DEVICE);
    }
    Set<Sha256> counted = counted(statement.act(), signers);
    if (counted.size() < TrustStatement.SIGNATURES) {
      return Optional.of(TrustRefusal.TOO_FEW_SIGNATURES);
    }
    Act act = statement.act();
    if (act instanceof Revoke revoke) {
      return objection(statement, revoke, counted.iterator().next(), now);
    }
    if (!act.takesAway() && statement.created().isAfter(now.plus(AHEAD))) {
      return Optional.of(TrustRefusal.NOT_YET);
    }
    if (act instanceof RoomAct room) {
      return rooms.objection(statement, room, now);
    }
    return act instanceof Replace replace
        ? objection(statement, replace, now)
        : objection(statement, (Name) act);
  }

  private Optional<TrustRefusal> objection(
      TrustStatement statement, Revoke revoke, Sha256 by, Instant now) {
    if (find(revoke.authority()).flatMap(Standing::revoked).isPresent()) {
      return Optional.of(TrustRefusal.ALREADY);
    }
    Revoked how = new Revoked(by, now, revoke.reason(), statement.id());
    int left =
        of(settings, applied, building -> building.revoke(revoke.authority(), how))
            .deciders(now)
            .size();
    return left < TrustStatement.SIGNATURES && left < deciders(now).size()
        ? Optional.of(TrustRefusal.TOO_FEW_LEFT)
        : Optional.empty();
  }

  private Optional<Standing> find(AuthorityPublicKey key) {
    return Optional.ofNullable(keys.get(key.fingerprint()));
  }

  private Optional<TrustRefusal> objection(TrustStatement statement, Name name) {
    Optional<Standing> known = find(name.authority());
    if (known.isEmpty()) {
      return Optional.empty();
    }
    if (known.get().revoked().isPresent()
        || known.get().replaced().isPresent()
        || known.get().decides()) {
      return Optional.of(TrustRefusal.ALREADY);
    }
    return isOlder(statement, known.get()) ? Optional.of(TrustRefusal.OLDER) : Optional.empty();
  }

  private static boolean isOlder(TrustStatement statement, Standing known) {
    return known
        .naming()
        .filter(naming -> !statement.created().isAfter(naming.created()))
        .isPresent();
  }

  private Optional<TrustRefusal> objection(TrustStatement statement, Replace replace, Instant now) {
    Optional<Standing> successor = find(replace.by());
    if (successor.filter(known -> !isOfSettings(known)).isPresent()) {
      return Optional.of(TrustRefusal.ALREADY);
    }
    if (successor.isPresent() && deciders(now).size() <= TrustStatement.SIGNATURES) {
      return Optional.of(TrustRefusal.TOO_FEW_LEFT);
    }
    Optional<Standing> old = find(replace.authority());
    if (old.flatMap(Standing::naming).isEmpty() || old.flatMap(Standing::replaced).isPresent()) {
      return Optional.of(TrustRefusal.GONE);
    }
    return old.filter(known -> isOlder(statement, known)).isPresent()
        ? Optional.of(TrustRefusal.OLDER)
        : Optional.empty();
  }

  /** Named by the settings already, where the key that goes may still be trusted, too. */
  private static boolean isOfSettings(Standing known) {
    return known.decides()
        && known.replaced().isEmpty()
        && known.revoked().isEmpty()
        && known.naming().flatMap(Naming::statement).isEmpty();
  }
}
