package org.sightline.edge.trust;

import java.time.Duration;
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
import java.util.function.Predicate;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument;
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

  private final Map<String, Standing> keys;

  private TrustedKeys(Map<String, Standing> keys) {
    this.keys = keys;
  }

  /**
   * A statement that was found to count when it came.
   *
   * @param document as it was signed
   * @param by one of those who signed it, whose signature counted
   * @param at when it was applied
   */
  public record Applied(
      TrustStatement statement, SignedDocument document, Sha256 by, Instant at) {}

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
    Building building = new Building();
    settings.forEach(building::root);
    // First: whom a revoked key has signed for stands by the other signer, or not at all.
    applied.forEach(building::revoke);
    applied.forEach(building::add);
    return new TrustedKeys(building.keys);
  }

  /** What is on the way to be that. */
  private static final class Building {
    private final Map<String, Standing> keys = new LinkedHashMap<>();

    void root(AuthorityPublicKey authority) {
      put(
          Standing.of(new TrustKey.Authority(authority))
              .named(
                  new Naming(
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      Instant.MIN,
                      Instant.MIN,
                      Optional.empty(),
                      true)));
    }

    private void put(Standing standing) {
      keys.put(standing.key().name(), standing);
    }

    private Standing of(TrustKey key) {
      return keys.getOrDefault(key.name(), Standing.of(key));
    }

    void revoke(Applied applied) {
      if (applied.statement().act() instanceof Revoke revoke) {
        // Whether its signers are still known is not asked: to stop must be easier than to start.
        Standing standing = of(revoke.key());
        if (standing.revoked().isEmpty()) {
          put(
              standing.revoked(
                  new Revoked(
                      applied.by(),
                      applied.at(),
                      revoke.reason(),
                      applied.statement().id())));
        }
      }
    }

    void add(Applied applied) {
      Act act = applied.statement().act();
      if (act instanceof Revoke || !stands(applied)) {
        return;
      }
      if (act instanceof Name name) {
        name(applied, name);
      } else if (act instanceof Replace replace) {
        replace(applied, replace);
      }
    }

    /** One of its signers still decides, or did until it was replaced. */
    private boolean stands(Applied applied) {
      List<AuthorityPublicKey> deciders =
          keys.values().stream()
              .filter(each -> each.decides() && each.revoked().isEmpty())
              .map(TrustedKeys::authority)
              .flatMap(Optional::stream)
              .toList();
      return !TrustStatement.signersAmong(applied.document(), deciders).isEmpty();
    }

    private void name(Applied applied, Name name) {
      if (!of(name.key()).decides()) {
        put(
            of(name.key())
                .named(
                    new Naming(
                        Optional.of(applied.statement().id()),
                        Optional.of(name.label()),
                        name.standsInFor(),
                        applied.statement().created(),
                        name.from().orElse(applied.at()),
                        name.until(),
                        false)));
      }
    }

    private void replace(Applied applied, Replace replace) {
      Standing old = of(replace.old());
      if (old.naming().isEmpty() && replace.old() instanceof TrustKey.Authority) {
        return; // The settings no longer name it: what took its place goes with it.
      }
      Instant at =
          replace.from().filter(from -> from.isAfter(applied.at())).orElse(applied.at());
      put(old.replaced(new Replaced(replace.key(), at, applied.statement().id())));
      if (of(replace.key()).naming().isEmpty()) {
        put(
            of(replace.key())
                .named(
                    new Naming(
                        Optional.of(applied.statement().id()),
                        Optional.of(replace.label()),
                        old.naming().flatMap(Naming::standsInFor),
                        applied.statement().created(),
                        at,
                        old.naming().flatMap(Naming::until),
                        old.decides())));
      }
    }
  }

  private static Optional<AuthorityPublicKey> authority(Standing standing) {
    return standing.key() instanceof TrustKey.Authority authority
        ? Optional.of(authority.key())
        : Optional.empty();
  }

  private List<AuthorityPublicKey> authorities(Predicate<Standing> which) {
    return keys.values().stream()
        .filter(which)
        .map(TrustedKeys::authority)
        .flatMap(Optional::stream)
        .toList();
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

  /** What is known of an authority's key; empty if that is nothing. */
  public Optional<Standing> standing(Sha256 authority) {
    return Optional.ofNullable(keys.get(authority.hex()));
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
    Set<Sha256> counted = new HashSet<>(signers);
    if (statement.act() instanceof Revoke revoke
        && revoke.key() instanceof TrustKey.Authority authority) {
      counted.remove(authority.key().fingerprint());
    }
    if (counted.size() < TrustStatement.SIGNATURES) {
      return Optional.of(TrustRefusal.TOO_FEW_SIGNATURES);
    }
    Act act = statement.act();
    if (act instanceof Revoke) {
      return find(act.key()).flatMap(Standing::revoked).isPresent()
          ? Optional.of(TrustRefusal.ALREADY)
          : Optional.empty();
    }
    if (statement.created().isAfter(now.plus(AHEAD))) {
      return Optional.of(TrustRefusal.NOT_YET);
    }
    return act instanceof Replace replace
        ? objection(statement, replace)
        : objection(statement, (Name) act);
  }

  private Optional<Standing> find(TrustKey key) {
    return Optional.ofNullable(keys.get(key.name()));
  }

  private Optional<TrustRefusal> objection(TrustStatement statement, Name name) {
    Optional<Standing> known = find(name.key());
    if (known.isEmpty()) {
      return Optional.empty();
    }
    if (known.get().revoked().isPresent()
        || known.get().replaced().isPresent()
        || known.get().decides()) {
      return Optional.of(TrustRefusal.ALREADY);
    }
    return isOlder(statement, known.get())
        ? Optional.of(TrustRefusal.OLDER)
        : Optional.empty();
  }

  private static boolean isOlder(TrustStatement statement, Standing known) {
    return known
        .naming()
        .filter(naming -> !statement.created().isAfter(naming.created()))
        .isPresent();
  }

  private Optional<TrustRefusal> objection(TrustStatement statement, Replace replace) {
    if (find(replace.key()).filter(known -> !isOfSettings(known)).isPresent()) {
      return Optional.of(TrustRefusal.ALREADY);
    }
    Optional<Standing> old = find(replace.old());
    boolean authority = replace.old() instanceof TrustKey.Authority;
    if (authority && old.flatMap(Standing::naming).isEmpty()
        || old.flatMap(Standing::replaced).isPresent()) {
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

  /**
   * For whom alerts are sealed now: who stands in for the control room that has the place of the
   * authorised one, or that one itself.
   *
   * @param authorised the control room that the authorisation names
   * @return empty if it was revoked, and no other has its place
   */
  public Optional<ControlRoomIdentity> recipient(ControlRoomIdentity authorised, Instant now) {
    return rooms(authorised, now).stream().findFirst();
  }

  /**
   * Whose outcomes count now: the recipient's, and of the control room that it stands in for.
   *
   * @param authorised the control room that the authorisation names
   * @return the recipient first
   */
  public List<ControlRoomIdentity> rooms(ControlRoomIdentity authorised, Instant now) {
    ControlRoomIdentity holder = holder(authorised, now);
    List<Standing> standingIn = new ArrayList<>();
    for (Standing each : keys.values()) {
      if (each.counts(now)
          && each.naming()
              .flatMap(Naming::standsInFor)
              .filter(other -> isChain(other, holder, now))
              .isPresent()) {
        standingIn.add(each);
      }
    }
    List<ControlRoomIdentity> rooms = new ArrayList<>();
    // The one that was named last stands in.
    standingIn.stream()
        .sorted(
            Comparator.<Standing, Instant>comparing(each -> each.naming().orElseThrow().created())
                .reversed())
        .map(each -> ((TrustKey.ControlRoom) each.key()).identity())
        .forEach(rooms::add);
    rooms.add(holder);
    rooms.removeIf(this::isRevoked);
    return rooms;
  }

  /** Who has the place of a control room. */
  private ControlRoomIdentity holder(ControlRoomIdentity room, Instant now) {
    ControlRoomIdentity holder = room;
    for (int step = 0; step <= keys.size(); step++) {
      Optional<TrustKey> next =
          find(new TrustKey.ControlRoom(holder))
              .flatMap(Standing::replaced)
              .filter(replaced -> !now.isBefore(replaced.at()))
              .map(Replaced::by);
      if (next.isEmpty() || !(next.get() instanceof TrustKey.ControlRoom other)) {
        return holder;
      }
      holder = other.identity();
    }
    return holder;
  }

  private boolean isChain(TrustKey other, ControlRoomIdentity holder, Instant now) {
    return other instanceof TrustKey.ControlRoom room
        && holder(room.identity(), now).equals(holder);
  }

  private boolean isRevoked(ControlRoomIdentity room) {
    return keys.values().stream()
        .anyMatch(
            each ->
                each.revoked().isPresent()
                    && each.key() instanceof TrustKey.ControlRoom revoked
                    && revoked.identity().sharesKeyWith(room));
  }

  /** The control rooms that are known by statements, whether they count or not. */
  public List<Standing> rooms() {
    return keys.values().stream()
        .filter(each -> each.key() instanceof TrustKey.ControlRoom)
        .toList();
  }
}
