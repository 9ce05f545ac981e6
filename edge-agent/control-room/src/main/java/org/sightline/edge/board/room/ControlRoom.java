package org.sightline.edge.board.room;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.authorisation.DiscardReceipt;
import org.sightline.edge.board.room.DiscardShelf.Discarded;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.ControlRoomInbox;
import org.sightline.edge.publish.EngagementMessage;
import org.sightline.edge.publish.EngagementReceipt;
import org.sightline.edge.publish.MessageFault;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.OutcomeReceipt;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.publish.RoomTopic;
import org.sightline.edge.publish.SightingMessage;
import org.sightline.edge.publish.TestRequest;
import org.sightline.edge.publish.VanMessages;
import org.sightline.edge.publish.VanMessages.Reading;
import org.sightline.edge.publish.WithdrawnAlert;
import org.sightline.edge.store.StoreException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that the control room knows: the open alerts, what was found of them, how the vans stand.
 * What is shown of an alert is on disk before anybody sees it; a disk that fails is an error in the
 * log and keeps nobody from seeing or judging. Thread-safe.
 */
public final class ControlRoom implements ControlRoomInbox {
  private static final Logger LOG = LoggerFactory.getLogger(ControlRoom.class);

  /** How often what is proposed is said to other boards again. */
  static final Duration SAY_AGAIN = Duration.ofSeconds(20);

  /** How often it is looked for what has expired on disk alone. */
  private static final Duration DELETE = Duration.ofMinutes(1);

  /** How often the log says how the shift goes. */
  private static final Duration REPORT = Duration.ofHours(1);

  private final AlertShelf shelf;
  private final ControlRoomKeys keys;
  private final VanMessages messages;
  private final RoomLog log;
  private final Clock clock;
  private final RoomListener listener;
  private final KnownAlerts alerts;
  private final SettledSearch search;
  private final Judging judging;
  private final DiscardShelf discards;
  private final VanDesk vans;
  private final RoomExchange exchange;
  private final Attendance attendance;
  private final StreetDesk street;
  private BooleanSupplier hasStreet = () -> false;
  private final Sights sights = new Sights();
  private Reception reception;
  private Instant saidAgain;
  private Instant reported;
  private Instant deleted;

  /** What pages know of what is stored and not shown. */
  private Stored saidStored;

  /** An engagement that the broker has still to take. */
  public record UnsentEngagement(VanId van, EngagementMessage message, Duration expiry) {}

  /** An outcome that the broker has still to take. */
  public record Unsent(VanId van, OutcomeMessage message, Duration expiry) {}

  private ControlRoom(
      Shelves shelves,
      ControlRoomKeys keys,
      VanMessages messages,
      boolean twoPerson,
      Bounds bounds,
      Clock clock,
      RoomListener listener)
      throws StoreException {
    this.shelf = shelves.alerts();
    this.discards = shelves.discards();
    this.log = shelves.log();
    this.keys = keys;
    this.messages = messages;
    this.clock = clock;
    this.listener = listener;
    this.vans = new VanDesk(shelves.logs(), keys, messages, log, clock, listener);
    this.exchange = new RoomExchange(keys, shelf.boardName(), clock);
    Attention attention = new Attention(exchange, clock, listener::attended);
    this.attendance = new Attendance(attention, exchange, log, clock, listener);
    this.street =
        new StreetDesk(shelves.engaged(), keys, messages, log, exchange, clock, this::engaged);
    this.alerts = new KnownAlerts(shelf, discards, street, bounds);
    this.search = new SettledSearch(shelf, shelves.engaged());
    this.judging = new Judging(alerts, attention, exchange, log, twoPerson, clock, this::judged);
    this.saidAgain = clock.instant();
    this.reported = saidAgain;
    this.deleted = saidAgain;
    this.saidStored = alerts.stored();
    this.reception = new Reception(false, clock.instant());
  }

  /**
   * Takes up what was kept.
   *
   * @param messages says which messages of vans are taken
   * @param twoPerson whether an alert is closed by two officers who find the same
   * @param bounds of what is kept
   * @param clock that never goes back while this runs
   */
  public static ControlRoom open(
      Shelves shelves,
      ControlRoomKeys keys,
      VanMessages messages,
      boolean twoPerson,
      Bounds bounds,
      Clock clock,
      RoomListener listener)
      throws StoreException {
    ControlRoom room = new ControlRoom(shelves, keys, messages, twoPerson, bounds, clock, listener);
    room.alerts.load(clock.instant());
    room.saidStored = room.alerts.stored();
    return room;
  }

  /** Which desk this is, and which one is its second; neither until this is said. */
  public synchronized void desks(Desks desks) {
    attendance.desks(desks);
  }

  /** Calls back with all that is known; no change happens meanwhile. */
  public synchronized void look(Consumer<Situation> viewer) {
    viewer.accept(
        new Situation(
            alerts.oldestFirst().stream().filter(alert -> alert.content() != null).toList(),
            street.all(alerts.all()),
            attendance.all(),
            vans.all(),
            reception,
            vans.refused(),
            sights.all(),
            attendance.escalated()));
  }

  /**
   * The board hears the broker now, or does not: then no alert arrives, and all listeners are
   * notified.
   */
  public synchronized void hears(boolean broker) {
    if (broker == reception.hears()) {
      return;
    }
    Instant now = clock.instant();
    if (broker) {
      LOG.info(
          "The broker is heard, after {} s without",
          Duration.between(reception.since(), now).toSeconds());
    } else {
      LOG.warn("NO ALERT ARRIVES: the broker is not heard");
    }
    reception = new Reception(broker, now);
    listener.changed(reception);
  }

  /** Alerts by which officers try whether alerts arrive. */
  public TestAlerts tests() {
    return vans.tests();
  }

  /**
   * An officer tries whether alerts arrive: from each van, and from this board itself.
   *
   * @return the test alert of the board; empty if too many are under way
   */
  public synchronized Optional<UUID> test(Actor officer) {
    return vans.test(officer);
  }

  /** The requests for test alerts that are to be sent now. */
  public synchronized List<TestRequest> unsentTests() {
    return vans.unsentTests();
  }

  /** A request for a test alert is published from now on. */
  public synchronized void publishing(TestRequest test) {
    vans.publishing(test);
  }

  /** The broker has taken a request for a test alert. */
  public synchronized void sent(TestRequest test) {
    vans.sent(test);
  }

  /** What this board says to the others. */
  public RoomExchange exchange() {
    return exchange;
  }

  @Override
  public boolean exchanged(RoomTopic topic, byte[] message) {
    return exchange.heard(
        topic,
        message,
        said -> {
          if (said instanceof Exchanged.Proposal proposal) {
            proposed(proposal);
          } else if (said instanceof Exchanged.Presence presence) {
            present(presence);
          } else {
            desk(said);
          }
        });
  }

  /** An officer at another board says what an alert is. */
  private synchronized void proposed(Exchanged.Proposal proposal) {
    judging.proposed(proposal);
  }

  /** Another board is another desk, or the second one of a first, or its officer takes an alert. */
  private synchronized void desk(Exchanged said) {
    if (said instanceof Exchanged.DeskHere here) {
      attendance.heard(here);
    } else if (said instanceof Exchanged.Escalation escalation) {
      attendance.heard(escalation, alerts.get(escalation.alert()));
    } else if (said instanceof Exchanged.Taking taking) {
      OpenAlert alert = alerts.get(taking.alert());
      if (alert != null) {
        street.heard(alert, taking);
      }
    }
  }

  /** An officer at another board attends to an alert. */
  private synchronized void present(Exchanged.Presence presence) {
    if (isOpen(presence.alert())) {
      if (presence.act() == Exchanged.Presence.Act.LOOKS) {
        seen(presence.alert(), presence.officer());
      }
      attendance.heard(presence);
    }
  }

  private boolean isOpen(UUID id) {
    OpenAlert alert = alerts.get(id);
    return alert != null
        && alert.content() != null
        && alert.judgement().state() != Judgement.State.CLOSED;
  }

  /**
   * An officer looks at an alert; ends if it is not said again within {@link Attention#LASTS}.
   *
   * @param page of the officer's, each of which has an id of its own
   * @param alert null if the officer is there and looks at none
   */
  public synchronized void looks(Actor officer, UUID page, @Nullable UUID alert) {
    attendance.looks(officer, page, alert != null && isOpen(alert) ? alert : null);
  }

  /**
   * An officer will judge an alert; nobody else does meanwhile. Ends when it is judged, when the
   * officer releases it, and when no page of the officer's is open any more.
   *
   * @param takeOver whether another officer's claim ends by it
   * @return false if the alert is another's, or not open
   */
  public synchronized boolean claim(UUID id, Actor officer, boolean takeOver) {
    return isOpen(id) && attendance.claim(id, officer, takeOver);
  }

  /** An officer will not judge an alert after all; false if it was not theirs. */
  public synchronized boolean release(UUID id, Actor officer) {
    return attendance.release(id, officer);
  }

  /**
   * An officer has another one, who is there, judge an alert; false if it is not theirs to give.
   */
  public synchronized boolean handOver(UUID id, Actor officer, Actor to) {
    return attendance.handOver(id, officer, to);
  }

  /**
   * Whether there are officers in the street, for whom the pictures of an alert that is true are
   * kept a while; nobody is until this is said.
   */
  public synchronized void hasStreet(BooleanSupplier officers) {
    hasStreet = officers;
  }

  /** The alerts that an officer in the street may see. */
  public synchronized List<InStreet> inStreet(Actor officer) {
    return street.shownTo(officer, alerts.all()).stream()
        .map(alert -> new InStreet(alert, street.of(alert), street.isOpenTo(alert, officer)))
        .toList();
  }

  /** Whether an officer went for an alert that was discarded with its deployment a while ago. */
  public synchronized boolean isCalledBack(Actor officer) {
    return street.isCalledBack(officer);
  }

  /**
   * An alert as an officer in the street has it.
   *
   * @param open whether somebody may still go to the person, and who it may be is shown to who does
   */
  public record InStreet(OpenAlert alert, Engaged engaged, boolean open) {}

  /** An officer in the street goes to the person; false if another does, or nobody may. */
  public synchronized boolean take(UUID id, Actor officer) {
    OpenAlert alert = alerts.get(id);
    return alert != null && street.take(alert, officer);
  }

  /** The officer who goes does not after all; false if it is not theirs, or not undone any more. */
  public synchronized boolean turnBack(UUID id, Actor officer) {
    OpenAlert alert = alerts.get(id);
    return alert != null && street.turnBack(alert, officer);
  }

  /** The officer who goes has the person stopped; false if it is not theirs, or over. */
  public synchronized boolean stopped(UUID id, Actor officer) {
    OpenAlert alert = alerts.get(id);
    return alert != null && street.stopped(alert, officer);
  }

  /** Whether an officer in the street goes to the person of an alert. */
  public synchronized boolean isTakenBy(UUID id, Actor officer) {
    OpenAlert alert = alerts.get(id);
    return alert != null && officer.equals(street.of(alert).takenBy());
  }

  /** Whether an officer in the street has an alert, or had somebody stopped when they yielded. */
  public synchronized boolean isOf(UUID id, Actor officer) {
    OpenAlert alert = alerts.get(id);
    return alert != null && street.of(alert).isOf(officer);
  }

  /**
   * An officer states what became of an alert in the street, or corrects it.
   *
   * @return why it is not taken, in a word; empty if it is
   */
  public synchronized Optional<String> engage(UUID id, StreetEntry entry, Judge judge) {
    OpenAlert alert = alerts.get(id);
    if (alert == null) {
      return Optional.of("unknown");
    }
    Optional<String> refusal = street.state(alert, entry, judge);
    dropStreetPictures();
    return refusal;
  }

  /** What officers stated of an alert, first to last. */
  public synchronized List<EngagementMessage> statements(UUID id) {
    OpenAlert alert = alerts.get(id);
    return alert == null
        ? List.of()
        : street.of(alert).statements().stream().map(Statement::message).toList();
  }

  /** Reason and note of a statement. */
  public synchronized StreetWords words(EngagementMessage statement) {
    return street.words(statement);
  }

  /** The match of an alert with its pictures, for the officer in the street who goes there. */
  public Alert.@Nullable Match streetMatch(UUID id, Actor officer) {
    synchronized (this) {
      OpenAlert alert = alerts.get(id);
      if (alert == null || !street.isOpen(alert) || !isTakenBy(id, officer)) {
        return null;
      }
    }
    try {
      return shelf.pictures(id).orElse(null);
    } catch (StoreException e) {
      LOG.error("The pictures of an alert cannot be read: {}", e.getMessage());
      return null;
    }
  }

  /** The engagements that are to be sent now, those of an alert in order. */
  public synchronized List<UnsentEngagement> unsentEngagements() {
    return alerts.all().stream()
        .flatMap(alert -> street.unsent(alert, vans::isOnline).stream())
        .toList();
  }

  /** The broker has taken an engagement. */
  public synchronized void sent(EngagementMessage engagement) {
    street.sent(engagement);
  }

  private boolean forStreet(OpenAlert alert) {
    return hasStreet.getAsBoolean() && street.isOpen(alert);
  }

  private void dropStreetPictures() {
    for (UUID id : alerts.withPictures()) {
      OpenAlert alert = alerts.get(id);
      if (alert == null || !forStreet(alert)) {
        alerts.dropPictures(id);
      }
    }
  }

  private void engaged(Engaged changed) {
    alerts.engaged(changed.alert());
    listener.engaged(changed);
  }

  /** What is stored of judged alerts, and not shown any more. */
  public synchronized Stored stored() {
    return alerts.stored();
  }

  /** How the last hours have gone. */
  public synchronized Shift shift() {
    return Shift.upTo(clock.instant(), alerts.all(), attendance.claimed());
  }

  /** How all alerts that are still known have gone. */
  public synchronized Figures figures() {
    return Figures.of(alerts.all(), attendance.claimed());
  }

  /** What was stated of all alerts that are still known, oldest alert first. */
  public synchronized List<Stated> stated() {
    return alerts.oldestFirst().stream()
        .filter(alert -> alert.content() != null && !street.of(alert).statements().isEmpty())
        .map(alert -> Stated.of(alert, street.of(alert)))
        .toList();
  }

  /**
   * What was stated of one alert, first to last.
   *
   * @param outcome what it was judged to be; null while that is not decided
   */
  public record Stated(
      Alert.Origin origin,
      boolean exercise,
      @Nullable Outcome outcome,
      List<Statement> statements) {
    static Stated of(OpenAlert alert, Engaged engaged) {
      ReceivedAlert content = Objects.requireNonNull(alert.content());
      return new Stated(
          content.origin(),
          content.isExercise(),
          alert.judgement().outcome(),
          engaged.statements());
    }
  }

  /** The officers who are there, as far as this board knows. */
  public synchronized List<Actor> present() {
    return attendance.present();
  }

  @Override
  public boolean test(byte[] message) {
    return vans.tests().heard(message);
  }

  /** Whether the subject of an alert was taken off its list. */
  public synchronized boolean isWithdrawn(UUID id) {
    OpenAlert alert = alerts.get(id);
    return alert != null && alert.judgement().isWithdrawn();
  }

  /** Until when an alert is kept; empty if there is none with a content. */
  public synchronized Optional<Instant> expiry(UUID id) {
    return Optional.ofNullable(alerts.get(id))
        .filter(alert -> alert.content() != null)
        .map(OpenAlert::expires);
  }

  /**
   * The match of an alert, with its pictures, which are read from the disk; null if there is none
   * that can be shown.
   */
  public Alert.@Nullable Match match(UUID id) {
    Alert.@Nullable Match known;
    synchronized (this) {
      OpenAlert alert = alerts.get(id);
      if (alert == null || alert.content() == null || alert.judgement().isDone()) {
        return null;
      }
      known = alert.content().match();
    }
    if (known == null) {
      return null;
    }
    try {
      return shelf.pictures(id).orElse(known);
    } catch (StoreException e) {
      LOG.error("The pictures of an alert cannot be read: {}", e.getMessage());
      return known;
    }
  }

  /**
   * An officer has looked at an alert.
   *
   * @return whether there is such an alert
   */
  public synchronized boolean seen(UUID id, Actor officer) {
    OpenAlert alert = alerts.get(id);
    if (alert == null || alert.content() == null) {
      return false;
    }
    if (alert.seen() == null) {
      notice(alerts.seen(alert, officer, clock.instant()));
    }
    return true;
  }

  @Override
  public synchronized boolean alert(VanId van, byte[] event, Duration expiry) {
    if (messages.isTestAlert(van, event)) {
      return vans.testAlert(van, event);
    }
    Reading<ReceivedAlert> reading = messages.alert(van, event);
    if (reading instanceof Reading.Taken<ReceivedAlert> taken) {
      reading = AlertShelf.opened(taken.content(), keys);
    }
    Optional<MessageFault> fault = reading.refusal();
    if (fault.isPresent()) {
      vans.refuse(van, Refused.Kind.ALERT, fault.get());
      return false;
    }
    ReceivedAlert content = reading.taken().orElseThrow();
    Instant now = clock.instant();
    vans.alive(van);
    if (discards.holds(van, content.origin().deployment())) {
      return true; // It was on its way when its deployment was refused.
    }
    OpenAlert known = alerts.find(content.id());
    if (known != null && (known.isPutAway() || known.isRepeatedBy(content))) {
      return true;
    }
    if (!alerts.hasRoomFor(van, content.isSigned(), event.length)) {
      vans.notTaken(van);
      return true; // The broker is not to bring it again and again.
    }
    Duration kept = expiry.compareTo(LONGEST_EXPIRY) < 0 ? expiry : LONGEST_EXPIRY;
    OpenAlert alert =
        OpenAlert.of(content, event.length, now.minus(onItsWay(content, kept)), now.plus(kept));
    notice(alerts.add(alert, event));
    vans.alert(van, content);
    return true;
  }

  /**
   * An officer has taken note of what was refused.
   *
   * @return whether there was anything
   */
  public synchronized boolean acknowledgeRefusals(Actor officer) {
    return vans.acknowledgeRefusals(officer);
  }

  /** What it has waited at the broker: its life when the van sent it, less what is left of it. */
  private static Duration onItsWay(ReceivedAlert alert, Duration left) {
    Duration waited =
        Duration.between(alert.times().published(), alert.times().expires()).minus(left);
    return waited.isNegative() ? Duration.ZERO : waited;
  }

  @Override
  public synchronized boolean status(VanId van, byte[] message, boolean retained) {
    return vans.status(van, message, retained);
  }

  /**
   * An officer has looked into why the audit log of a van does not go on from what was published.
   *
   * @return whether there was something to look into
   */
  public synchronized boolean acknowledgeLog(VanId van, Actor officer) {
    return vans.acknowledgeLog(van, officer);
  }

  /** The first outcome that all hear from the broker is the one that counts. */
  @Override
  public synchronized boolean outcome(VanId van, byte[] message) {
    Optional<OutcomeMessage> read = OutcomeMessage.read(message, keys.identity());
    if (read.isEmpty()) {
      return engagement(van, message) || TestRequest.read(message, keys.identity()).isPresent();
    }
    // Of what was discarded no other board brings anything back.
    return discards.holds(read.get().alert()) || judging.heard(van, read.get());
  }

  private boolean engagement(VanId van, byte[] message) {
    Optional<EngagementMessage> read = EngagementMessage.read(message, keys.identity());
    if (read.isEmpty()) {
      return false;
    }
    UUID id = read.get().alert();
    OpenAlert alert = alerts.recall(id, van);
    if (alert == null) {
      return alerts.find(id) == null; // Of an alert that this board never had.
    }
    if (!alert.isPutAway()) {
      street.heard(alert, read.get());
    }
    return true;
  }

  /** An officer says what an alert is. */
  public synchronized Verdict judge(UUID id, Outcome outcome, Judge judge) {
    return judging.judge(id, outcome, judge);
  }

  /**
   * The outcomes that are to be sent now, oldest alert first: those that the broker has still to
   * take, and now and then those that their van, which is there, has not confirmed.
   */
  public synchronized List<Unsent> unsent() {
    return judging.unsent(vans::isOnline, attendance.claimed());
  }

  /** The broker has taken the outcome of an alert. */
  public synchronized void sent(UUID id) {
    judging.sent(id);
  }

  /** A van says what became of an outcome. */
  @Override
  public synchronized boolean receipt(VanId van, byte[] message) {
    Optional<EngagementReceipt> engagement = messages.engagementReceipt(van, message);
    if (engagement.isPresent()) {
      boolean theirs = alerts.recall(engagement.get().alert(), van) != null;
      if (theirs) {
        street.answered(engagement.get());
      }
      return theirs;
    }
    Optional<WithdrawnAlert> withdrawn = messages.withdrawnAlert(van, message);
    if (withdrawn.isPresent()) {
      withdrawn(van, withdrawn.get().alert());
      return true;
    }
    Reading<OutcomeReceipt> reading = messages.receipt(van, message);
    if (reading instanceof Reading.Refused<OutcomeReceipt> refused) {
      vans.refuse(van, Refused.Kind.RECEIPT, refused.fault());
      return false;
    }
    Optional<OutcomeReceipt> receipt = reading.taken();
    OpenAlert alert = receipt.map(read -> alerts.recall(read.alert(), van)).orElse(null);
    if (receipt.isEmpty() || alert == null) {
      return false;
    }
    Instant now = clock.instant();
    vans.alive(van);
    judging.confirmed(alert, Confirmation.of(receipt.get(), now));
    return true;
  }

  /** Nobody is to be stopped because of it; of an alert that is not here, nobody is. */
  private void withdrawn(VanId van, UUID id) {
    OpenAlert before = alerts.recall(id, van);
    if (before == null || before.isPutAway() || before.judgement().isWithdrawn()) {
      return;
    }
    LOG.warn(
        "Alert {} is withdrawn by an authority: the person is not on the list any more and must not"
            + " be stopped because of it",
        id);
    OpenAlert alert = before.with(before.judgement().withdrawn(clock.instant()));
    sights.forget(id);
    notice(alerts.judged(alert, forStreet(alert)));
    dropStreetPictures();
  }

  /** All of a deployment was refused: nothing that came of it is shown or kept from now on. */
  @Override
  public boolean discarded(VanId van, byte[] document) {
    Optional<DiscardReceipt> receipt = messages.discardReceipt(van, document);
    if (receipt.isEmpty()) {
      LOG.warn("A receipt of a refused deployment that {} has not signed changes nothing", van);
      return false;
    }
    Discarded discarded = new Discarded(van, receipt.get().deployment());
    synchronized (this) {
      if (discards.holds(van, discarded.deployment())) {
        return true;
      }
      discards.refused(van, discarded.deployment(), document);
      if (!discard(discarded)) {
        return false; // It is tried again.
      }
    }
    // Rewriting the file takes its time, and alerts arrive meanwhile.
    return keep(shelf::takeOffDisk);
  }

  /** Whether all of a refused deployment is deleted; nothing of it is shown in either case. */
  private boolean discard(Discarded discarded) {
    Set<UUID> gone = alerts.inMemory(discarded.van(), discarded.deployment());
    byte[] receipt = discards.receipt(discarded);
    boolean done =
        keep(
            () -> {
              gone.addAll(shelf.of(discarded.van(), discarded.deployment()));
              discards.discard(discarded, gone);
            });
    discards.discarded(gone);
    for (UUID id : gone) {
      Optional.ofNullable(alerts.get(id)).ifPresent(street::discarded);
      forget(id);
      listener.discarded(id);
    }
    if (done) {
      shelf.deleted();
      log.discarded(discarded.van(), discarded.deployment(), gone.size(), Sha256.of(receipt));
      LOG.warn(
          "Deployment {} of {} was refused: its alerts and all that was found of them are discarded",
          discarded.deployment(),
          discarded.van());
    }
    return done;
  }

  /** What the disk did not let go of when the receipt came. */
  private void discardWaiting() {
    discards.waiting().forEach(this::discard);
  }

  /** The alerts of a receipt's deployment that are here. */
  public synchronized List<UUID> alertsOf(VanId van, byte[] receipt) {
    return messages
        .discardReceipt(van, receipt)
        .map(read -> List.copyOf(alerts.of(van, read.deployment())))
        .orElse(List.of());
  }

  /** A van says whether the person of an alert is in view; nobody hears of one that is judged. */
  @Override
  public synchronized boolean sighting(VanId van, byte[] message, Duration expiry) {
    Reading<SightingMessage> reading = messages.sighting(van, message, keys);
    Optional<SightingMessage> taken = reading.taken();
    if (taken.isEmpty()) {
      // Of a van that is not known here, or for another control room, it is nothing to alarm about.
      reading
          .refusal()
          .filter(fault -> fault != MessageFault.UNKNOWN_DEVICE)
          .filter(fault -> fault != MessageFault.UNREADABLE)
          .ifPresent(fault -> vans.refuse(van, Refused.Kind.SIGHTING, fault));
      return false;
    }
    UUID id = taken.get().sighting().alert();
    OpenAlert alert = alerts.get(id);
    if (alert == null || !van.equals(alert.van())) {
      return false;
    }
    Instant now = clock.instant();
    vans.alive(van);
    if (isOpen(id) && !alert.judgement().isWithdrawn()) {
      sights.take(taken.get(), expiry, now).ifPresent(listener::sighted);
    }
    return true;
  }

  private void judged(OpenAlert alert) {
    if (alert.judgement().state() == Judgement.State.CLOSED) {
      sights.forget(alert.id());
    }
    attendance.over(alert.id());
    notice(alerts.judged(alert, forStreet(alert)));
  }

  private void notice(OpenAlert alert) {
    if (alert.content() != null) {
      listener.changed(alert);
    }
  }

  /**
   * Lets go of what has expired and looks for vans that have fallen silent. Is called by one thread
   * at a time.
   */
  public void tick() {
    Map<UUID, Instant> settled = search.next();
    boolean letGo;
    synchronized (this) {
      alerts.foundSettled(settled, search.isComplete());
      letGo = letGo();
    }
    if (letGo) {
      keep(shelf::takeOffDisk);
    }
  }

  /** Whether something may have been deleted. */
  private boolean letGo() {
    Instant now = clock.instant();
    vans.tick();
    log.sweep();
    attendance.tick(alerts.all());
    street.tick(alerts.all());
    dropStreetPictures();
    if (!now.isBefore(reported.plus(REPORT))) {
      reported = now;
      Shift shift = shift();
      if (shift.alerts() > 0) {
        LOG.info(shift.line());
      }
      keep(() -> LOG.info("The board's log is at {}", log.head()));
    }
    if (!now.isBefore(saidAgain.plus(SAY_AGAIN))) {
      saidAgain = now;
      judging.sayAgain();
    }
    alerts.putAway(this::putAway);
    List<OpenAlert> expired =
        alerts.all().stream().filter(alert -> !now.isBefore(alert.expires())).toList();
    for (OpenAlert alert : expired) {
      if (alert.judgement().delivery() == Judgement.Delivery.WAITING) {
        LOG.warn("The outcome of alert {} expired before the broker accepted it", alert.id());
      }
      forget(alert.id());
      listener.gone(alert.id());
    }
    boolean due = !expired.isEmpty() || !now.isBefore(deleted.plus(DELETE));
    if (due) {
      deleted = now;
      discardWaiting();
      alerts.tidy(now);
      keep(() -> street.deleteExpired(now));
    }
    if (!alerts.stored().equals(saidStored)) {
      saidStored = alerts.stored();
      listener.stored(saidStored);
    }
    return due;
  }

  private void putAway(UUID id) {
    forget(id);
    listener.putAway(id);
  }

  private void forget(UUID id) {
    alerts.forget(id);
    judging.forget(id);
    log.gone(id);
    attendance.forget(id);
    sights.forget(id);
    street.gone(id);
  }

  private interface Keeping {
    void run() throws StoreException;
  }

  /** Whether it is on disk. */
  private static boolean keep(Keeping keeping) {
    try {
      keeping.run();
      return true;
    } catch (StoreException e) {
      LOG.error("The state of the board is not on disk: {}", e.getMessage());
      return false;
    }
  }
}
