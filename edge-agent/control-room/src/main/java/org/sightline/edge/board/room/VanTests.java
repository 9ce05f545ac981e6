package org.sightline.edge.board.room;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.TestRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Test alerts that vans are asked for: the whole way of an alert, from the van's outbox to this
 * board. Not thread-safe.
 */
final class VanTests {
  private static final Logger LOG = LoggerFactory.getLogger(VanTests.class);

  /** How long a request is of use, by the van's clock. */
  private static final Duration OF_USE = Duration.ofSeconds(30);

  /** After which a test alert that has not come is a failure; it may come later. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** A van that was asked just now is not asked again: it answers a few in a minute. */
  static final Duration REST = Duration.ofSeconds(10);

  private final Vans vans;
  private final Function<VanId, Optional<Instant>> timeThere;
  private final Clock clock;
  private final Consumer<Van> changed;
  private final Map<VanId, Asked> asked = new LinkedHashMap<>();

  /**
   * A van is asked.
   *
   * @param published when its publication began that the broker has taken, or may yet take; null
   *     before
   */
  private record Asked(TestRequest request, @Nullable Instant published, Way way) {}

  /** How far a request has come. */
  private enum Way {
    WAITING,
    /** It waited too long: it is not published again, but what the broker takes all the same is. */
    GIVEN_UP,
    SENT
  }

  /**
   * @param timeThere what time it is at a van, as far as that is known
   * @param changed called with each van that stands another way than before
   */
  VanTests(
      Vans vans, Function<VanId, Optional<Instant>> timeThere, Clock clock, Consumer<Van> changed) {
    this.vans = vans;
    this.timeThere = timeThere;
    this.clock = clock;
    this.changed = changed;
  }

  /**
   * An officer tries whether alerts arrive.
   *
   * @return how many vans are asked
   */
  int ask(Actor officer) {
    Instant now = clock.instant();
    int count = 0;
    for (Van van : vans.all()) {
      if (!rests(van, now)) {
        VanTest.State state = state(van);
        asked.remove(van.van()); // What answers an earlier request is not taken for a quick answer.
        if (state == VanTest.State.ASKED) {
          ask(van.van(), officer);
          count++;
        }
        put(van.van(), new VanTest(state, now, null));
      }
    }
    return count;
  }

  private static boolean rests(Van van, Instant now) {
    VanTest before = van.test();
    return before != null
        && (before.state() == VanTest.State.ASKED || before.state() == VanTest.State.ARRIVED)
        && now.isBefore(before.asked().plus(REST));
  }

  private VanTest.State state(Van van) {
    if (van.state() != Van.State.ONLINE) {
      return VanTest.State.NOT_THERE;
    }
    if (!van.said().answersTests()) {
      return VanTest.State.NOT_ANSWERED;
    }
    return timeThere.apply(van.van()).isEmpty() ? VanTest.State.NOT_KNOWN : VanTest.State.ASKED;
  }

  private void ask(VanId van, Actor officer) {
    Instant expires = timeThere.apply(van).orElseThrow().plus(OF_USE);
    TestRequest request = new TestRequest(UUID.randomUUID(), van, officer, expires);
    asked.put(van, new Asked(request, null, Way.WAITING));
  }

  /** The requests that are to be published now. */
  List<TestRequest> unsent() {
    return asked.values().stream()
        .filter(each -> each.way() == Way.WAITING)
        .map(Asked::request)
        .toList();
  }

  /** A request is published from now on: what answers it may arrive before that is over. */
  void publishing(TestRequest request) {
    if (isAsked(request.van(), request.id())) {
      asked.put(request.van(), new Asked(request, clock.instant(), Way.WAITING));
    }
  }

  /** The broker has taken a request. */
  void sent(TestRequest request) {
    Asked known = asked.get(request.van());
    if (known == null || known.published() == null || !known.request().id().equals(request.id())) {
      return; // It was answered meanwhile, or another one was asked for.
    }
    asked.put(request.van(), new Asked(request, known.published(), Way.SENT));
    put(request.van(), new VanTest(VanTest.State.ASKED, known.published(), null));
  }

  private boolean isAsked(VanId van, UUID id) {
    Asked known = asked.get(van);
    return known != null && known.request().id().equals(id);
  }

  /** A test alert of a van has arrived; one that another board asked for changes nothing. */
  void arrived(VanId van, UUID id) {
    Asked known = asked.get(van);
    if (known != null && known.published() != null && isAsked(van, id)) {
      asked.remove(van);
      Duration took = Duration.between(known.published(), clock.instant());
      LOG.info("The test alert of {} arrived after {} ms", van, took.toMillis());
      put(van, new VanTest(VanTest.State.ARRIVED, known.published(), took));
    }
  }

  /** Finds what was not sent, and what has not come. */
  void tick() {
    Instant now = clock.instant();
    for (Van van : vans.all()) {
      VanTest test = van.test();
      if (test == null
          || test.state() != VanTest.State.ASKED
          || now.isBefore(test.asked().plus(PATIENCE))) {
        continue;
      }
      Asked known = asked.get(van.van());
      if (known != null && known.way() == Way.WAITING) {
        asked.put(van.van(), new Asked(known.request(), known.published(), Way.GIVEN_UP));
        LOG.warn("No test alert of {} was asked for: the request was not sent", van.van());
        put(van.van(), test.as(VanTest.State.NOT_SENT));
      } else {
        LOG.warn("No test alert of {} has arrived for {} s", van.van(), PATIENCE.toSeconds());
        put(van.van(), test.as(VanTest.State.MISSING));
      }
    }
  }

  private void put(VanId van, VanTest test) {
    vans.tested(van, test).ifPresent(changed);
  }
}
