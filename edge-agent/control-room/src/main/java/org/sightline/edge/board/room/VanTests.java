package org.sightline.edge.board.room;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
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
  private final Map<VanId, UUID> asked = new HashMap<>();
  private final List<TestRequest> unsent = new ArrayList<>();

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
    UUID id = UUID.randomUUID();
    asked.put(van, id);
    unsent.removeIf(request -> request.van().equals(van));
    unsent.add(new TestRequest(id, van, officer, timeThere.apply(van).orElseThrow().plus(OF_USE)));
  }

  /** The requests that are to be published now, each once. */
  List<TestRequest> unsent() {
    List<TestRequest> requests = List.copyOf(unsent);
    unsent.clear();
    return requests;
  }

  /** A test alert of a van has arrived; one that another board asked for changes nothing. */
  void arrived(VanId van, UUID id) {
    Optional<VanTest> test = vans.find(van).map(Van::test);
    if (test.isPresent() && asked.remove(van, id)) {
      Duration took = Duration.between(test.get().asked(), clock.instant());
      LOG.info("The test alert of {} arrived after {} ms", van, took.toMillis());
      put(van, test.get().arrived(took));
    }
  }

  /** Finds what has not come. */
  void tick() {
    Instant now = clock.instant();
    for (Van van : vans.all()) {
      VanTest test = van.test();
      if (test != null
          && test.state() == VanTest.State.ASKED
          && !now.isBefore(test.asked().plus(PATIENCE))) {
        LOG.warn("No test alert of {} has arrived for {} s", van.van(), PATIENCE.toSeconds());
        put(van.van(), test.missing());
      }
    }
  }

  private void put(VanId van, VanTest test) {
    vans.tested(van, test).ifPresent(changed);
  }
}
