package org.sightline.edge.board.room;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.LogWatch;
import org.sightline.edge.publish.MessageFault;
import org.sightline.edge.publish.PublishedLog;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.publish.TestRequest;
import org.sightline.edge.publish.VanMessages;
import org.sightline.edge.publish.VanMessages.Reading;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the vans stand: whether each is heard, how far its audit log is published, whether a test
 * alert of it arrives, and what came in its name and was refused. Not thread-safe: the room's lock
 * guards it.
 */
final class VanDesk {
  private static final Logger LOG = LoggerFactory.getLogger(VanDesk.class);

  private final LogShelf shelf;
  private final ControlRoomKeys keys;
  private final VanMessages messages;
  private final RoomLog log;
  private final Clock clock;
  private final RoomListener listener;
  private final Vans vans;
  private final LogWatch logs;
  private final TestAlerts tests;
  private final VanTests vanTests;
  private final Refusals refusals = new Refusals();

  /**
   * @param clock that never goes back
   */
  VanDesk(
      LogShelf shelf,
      ControlRoomKeys keys,
      VanMessages messages,
      RoomLog log,
      Clock clock,
      RoomListener listener)
      throws StoreException {
    this.shelf = shelf;
    this.keys = keys;
    this.vans = new Vans(keys.identity().keyId());
    this.messages = messages;
    this.log = log;
    this.clock = clock;
    this.listener = listener;
    this.logs = new LogWatch(shelf.load());
    this.tests = new TestAlerts(keys, clock, listener);
    this.vanTests = new VanTests(vans, messages::timeThere, clock, listener::changed);
  }

  List<Van> all() {
    return vans.all();
  }

  boolean isOnline(VanId van) {
    return vans.isOnline(van);
  }

  /** Something that the van has signed has just come. */
  void alive(VanId van) {
    vans.alive(van, clock.instant()).ifPresent(listener::changed);
  }

  /** An alert of a van was not taken for want of room. */
  void notTaken(VanId van) {
    vans.notTaken(van).ifPresent(listener::changed);
  }

  /** An alert of a van was taken, which says how far its audit log has come. */
  void alert(VanId van, ReceivedAlert content) {
    logs.alert(content).ifPresent(published -> logChanged(van, published));
  }

  /** A van says how it stands; false if it is refused. */
  boolean status(VanId van, byte[] message, boolean retained) {
    Reading<byte[]> reading = messages.status(van, message);
    if (reading instanceof Reading.Refused<byte[]> refused) {
      refuse(van, Refused.Kind.STATUS, refused.fault());
      return false;
    }
    byte[] status = reading.taken().orElseThrow();
    // What the broker keeps may be from before the last that was heard; the van soon says more.
    if (!retained) {
      logs.status(van, status).ifPresent(published -> keep(van, published));
    }
    Optional<Van> after = vans.status(van, status, retained, logs.of(van), clock.instant());
    after.ifPresent(listener::changed);
    return after.isPresent();
  }

  private void logChanged(VanId van, PublishedLog published) {
    keep(van, published);
    vans.log(van, published).ifPresent(listener::changed);
  }

  private void keep(VanId van, PublishedLog published) {
    try {
      shelf.keep(van, published);
    } catch (StoreException e) {
      LOG.error("The state of the board is not on disk: {}", e.getMessage());
    }
  }

  /**
   * An officer has looked into why the audit log of a van does not go on from what was published.
   *
   * @return whether there was something to look into
   */
  boolean acknowledgeLog(VanId van, Actor officer) {
    PublishedLog before = logs.of(van);
    Optional<PublishedLog> after = logs.acknowledge(van);
    if (before == null || after.isEmpty()) {
      return false;
    }
    LOG.info(
        "Officer {} has acknowledged: {}", officer.reference(), before.line(van).orElseThrow());
    log.acknowledgedLog(officer, van);
    logChanged(van, after.get());
    return true;
  }

  /** Alerts by which officers try whether alerts arrive. */
  TestAlerts tests() {
    return tests;
  }

  /**
   * An officer tries whether alerts arrive: from each van, and from this board itself.
   *
   * @return the test alert of the board; empty if too many are under way
   */
  Optional<UUID> test(Actor officer) {
    Optional<UUID> own = tests.ask(officer);
    own.ifPresent(id -> log.tested(officer, vanTests.ask(officer)));
    return own;
  }

  /** The requests for test alerts that are to be sent now. */
  List<TestRequest> unsentTests() {
    return vanTests.unsent();
  }

  /** A request for a test alert is published from now on. */
  void publishing(TestRequest test) {
    vanTests.publishing(test);
  }

  /** The broker has taken a request for a test alert. */
  void sent(TestRequest test) {
    vanTests.sent(test);
  }

  /** A test alert of a van has come: nothing of it is kept, and no officer judges it. */
  boolean testAlert(VanId van, byte[] event) {
    if (messages.isTestAlertForAnother(van, event, keys)) {
      return true; // Whose it is shows it.
    }
    Reading<UUID> reading = messages.testAlert(van, event, keys);
    reading.refusal().ifPresent(fault -> refuse(van, Refused.Kind.ALERT, fault));
    reading
        .taken()
        .ifPresent(
            id -> {
              alive(van);
              vanTests.arrived(van, id);
            });
    return reading.taken().isPresent();
  }

  /** A message in the name of a van was refused. */
  void refuse(VanId van, Refused.Kind kind, MessageFault fault) {
    refusals.add(van, kind, fault, clock.instant());
    if (refusals.isNew()) {
      listener.refused(refusals.all());
    }
  }

  /** What was refused, until an officer takes note of it. */
  List<Refused> refused() {
    return refusals.all();
  }

  /**
   * An officer has taken note of what was refused.
   *
   * @return whether there was anything
   */
  boolean acknowledgeRefusals(Actor officer) {
    int number = refusals.all().stream().mapToInt(Refused::count).sum();
    String what = refusals.acknowledge();
    if (what.isEmpty()) {
      return false;
    }
    log.acknowledgedRefusals(officer, number);
    LOG.info("Officer {} has taken note of what was refused: {}", officer.reference(), what);
    listener.refused(refusals.all());
    return true;
  }

  /** Looks for tests that were not answered and vans that have fallen silent. */
  void tick() {
    tests.tick();
    vanTests.tick();
    if (refusals.takeNews()) {
      listener.refused(refusals.all());
    }
    vans.fallenSilent(clock.instant()).forEach(listener::changed);
  }
}
