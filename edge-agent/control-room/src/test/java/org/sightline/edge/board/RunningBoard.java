package org.sightline.edge.board;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.authorisation.StatedGroup;
import org.sightline.edge.board.room.Desks;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.config.KeyFile;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.VanStatus;
import org.sightline.edge.publish.WithdrawnAlert;
import org.sightline.edge.testing.BrokerTap;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.testing.SteppedClock;
import org.sightline.edge.web.ListenAddress;
import org.sightline.edge.web.ServerCertificate;
import org.sightline.edge.web.login.Officers;
import org.sightline.edge.web.login.PasswordHash;
import org.sightline.edge.web.login.Role;
import org.sightline.edge.webhook.Webhook;
import org.sightline.testkit.LoopbackBroker;

/** A real board with a real broker, and a clock that can be stepped. */
final class RunningBoard implements AutoCloseable {
  static final String PASSWORD = "correct horse battery staple";

  /** Officers who may log in. */
  static final String FIRST = "1234";

  static final String SECOND = "sergeant-7";

  /** Who decides between them. */
  static final String SUPERVISOR = "inspector-1";

  private static final Duration SOON = Duration.ofSeconds(20);
  static final PasswordHash HASH = hash();

  final SteppedClock clock = new SteppedClock(Clock.systemUTC());
  final ControlRoomKeys keys;
  final LoopbackBroker broker;
  final BrokerTap tap;
  private final Path folder;
  private final ListenAddress listen;
  private final boolean twoPerson;
  private final boolean ownsBroker;
  private @Nullable InetAddress proxy;
  private @Nullable Webhook webhook;
  private Desks desks = Desks.NONE;
  private @Nullable Board board;
  private @Nullable Officer watcher;

  private RunningBoard(Path folder, int port, boolean twoPerson, LoopbackBroker broker)
      throws Exception {
    this.folder = folder;
    this.listen = new ListenAddress("127.0.0.1", port);
    this.twoPerson = twoPerson;
    this.broker = broker;
    keys = ControlRoomKeys.generate();
    broker.start();
    ownsBroker = true;
    tap = BrokerTap.on(broker);
    begin();
  }

  private RunningBoard(Path folder, RunningBoard other) throws Exception {
    this.folder = folder;
    listen = new ListenAddress("127.0.0.1", 0);
    twoPerson = other.twoPerson;
    keys = other.keys;
    broker = other.broker;
    ownsBroker = false;
    tap = other.tap;
    begin();
  }

  private void begin() throws Exception {
    keys.writeTo(keyFile());
    officers().put(FIRST, HASH);
    officers().put(SECOND, HASH);
    officers().put(SUPERVISOR, HASH, Role.SUPERVISOR);
    Files.createDirectory(vansFolder());
    knows(Alerts.VAN.value(), Alerts.DEVICE.identity());
    start();
  }

  /** As few iterations as a file may hold: so many logins would take long otherwise. */
  private static PasswordHash hash() {
    int iterations = 22_000;
    byte[] salt = new byte[16];
    try {
      byte[] hash =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512")
              .generateSecret(new PBEKeySpec(PASSWORD.toCharArray(), salt, iterations, 512))
              .getEncoded();
      Base64.Encoder base64 = Base64.getEncoder();
      return new PasswordHash(iterations, base64.encodeToString(salt), base64.encodeToString(hash));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  static RunningBoard in(Path folder) throws Exception {
    return in(folder, 0);
  }

  /**
   * A board on a port.
   *
   * @param port 0 for any that is free
   */
  static RunningBoard in(Path folder, int port) throws Exception {
    return new RunningBoard(folder, port, false, Mosquitto.open());
  }

  /** A board with a broker of its own that is not started yet. */
  static RunningBoard with(LoopbackBroker broker, Path folder) throws Exception {
    return new RunningBoard(folder, 0, false, broker);
  }

  static RunningBoard withTwoPersons(Path folder) throws Exception {
    return withTwoPersons(folder, 0);
  }

  static RunningBoard withTwoPersons(Path folder, int port) throws Exception {
    return new RunningBoard(folder, port, true, Mosquitto.open());
  }

  /** Another board of the same control room, on the same broker. */
  RunningBoard beside(Path other) throws Exception {
    return new RunningBoard(other, this);
  }

  /** Has the board, when it is started again, take this machine for its reverse proxy. */
  void isBehindAProxyOfThisMachine() {
    proxy = InetAddress.getLoopbackAddress();
  }

  /** Has the board, when it is started again, post alerts. */
  void postsTo(Webhook webhook) {
    this.webhook = webhook;
  }

  /** Starts the board again as a desk. */
  void is(Desks desk) throws Exception {
    desks = desk;
    stop();
    start();
  }

  private Path keyFile() {
    return folder.resolve("controlroom.keys");
  }

  private Path usersFile() {
    return folder.resolve("users.json");
  }

  private Path vansFolder() {
    return folder.resolve("vans");
  }

  /** Has the board know the device of a van. */
  void knows(String van, DeviceIdentity device) throws Exception {
    Path file = vansFolder().resolve(van + ".identity");
    Files.deleteIfExists(file);
    device.writeTo(file);
  }

  /** The users file, to be changed while the board runs. */
  Officers officers() throws Exception {
    return Officers.readOrNone(usersFile());
  }

  Path database() {
    return folder.resolve("data").resolve("board.db");
  }

  BoardSettings settings(ListenAddress listen, @Nullable ServerCertificate tls) {
    return new BoardSettings(
        "Control room North",
        new BoardSettings.Page(listen, tls, proxy),
        new KeyFile(keyFile(), false),
        folder.resolve("data"),
        usersFile(),
        vansFolder(),
        twoPerson,
        new BoardSettings.Links(BrokerSettings.plain(broker.uri()), webhook, desks));
  }

  /** Starts the board that was stopped, and waits until it hears the broker. */
  void start() throws Exception {
    startWithoutBroker();
    assertThat(board().awaitBroker(SOON)).isTrue();
  }

  /** Starts the board that was stopped, over TLS. */
  void startSecurely(ServerCertificate certificate) throws Exception {
    board = Board.start(settings(listen, certificate), clock);
    assertThat(board().awaitBroker(SOON)).isTrue();
  }

  void startWithoutBroker() throws Exception {
    watcher = null;
    board = Board.start(settings(listen, null), clock);
  }

  void stop() {
    board().close();
  }

  Board board() {
    if (board == null) {
      throw new IllegalStateException("not started");
    }
    return board;
  }

  /** Somebody who has not logged in. */
  Officer stranger() {
    return new Officer(board().uri());
  }

  /** An officer who has logged in. */
  Officer officer(String reference) throws Exception {
    Officer officer = stranger();
    officer.login(reference, PASSWORD);
    return officer;
  }

  Officer officer() throws Exception {
    return officer(FIRST);
  }

  /** Has a van whose authorisation demands two officers send an alert; as {@link #alert}. */
  UUID alertForTwo(String subject) throws Exception {
    return alert(
        subject,
        alert ->
            Alerts.event(
                alert,
                AlertTerms.DEFAULT.sealedFor(keys.identity()).judgedByTwoOfficers(),
                DeploymentClass.LIVE));
  }

  /** An officer in the street who has logged in; there is none unless a test has one. */
  Officer inStreet(String reference) throws Exception {
    employsInStreet(reference);
    return officer(reference);
  }

  /** Somebody with a role who has logged in. */
  Officer officer(String reference, Role role) throws Exception {
    officers().put(reference, HASH, role);
    return officer(reference);
  }

  /** Has an officer in the street, who has not logged in. */
  void employsInStreet(String reference) throws Exception {
    officers().put(reference, HASH, Role.STREET);
  }

  /** Has a van whose authorisation names groups send an alert; as {@link #alert}. */
  UUID alertWithGroups(String subject, List<StatedGroup> groups) throws Exception {
    return alert(
        subject,
        alert ->
            Alerts.event(
                alert,
                AlertTerms.DEFAULT.sealedFor(keys.identity()).withGroups(groups),
                DeploymentClass.LIVE));
  }

  /** Has a van send an alert, sealed for this control room, and waits until it is shown. */
  UUID alert(String subject) throws Exception {
    return alert(subject, alert -> Alerts.event(alert, keys.identity()));
  }

  private UUID alert(String subject, Function<Alert, byte[]> event) throws Exception {
    return alert(Alerts.about(subject), event);
  }

  /** Has a van send an alert; as {@link #alert(String)}. */
  UUID alert(Alert alert) throws Exception {
    return alert(alert, shown -> Alerts.event(shown, keys.identity()));
  }

  private UUID alert(Alert alert, Function<Alert, byte[]> event) throws Exception {
    try (Events events = watch()) {
      events.next("snapshot");
      send(event.apply(alert));
      events.next(
          "alert", shown -> shown.required("id").stringValue().equals(alert.id().toString()));
    }
    return alert.id();
  }

  /** Watches with the session that has watched before if it lasts: a login is dear. */
  private Events watch() throws Exception {
    Officer officer = watcher;
    if (officer != null) {
      Events events = officer.watch();
      if (events.answer().statusCode() == HttpURLConnection.HTTP_OK) {
        return events;
      }
      events.close();
    }
    officer = officer(SECOND);
    watcher = officer;
    return officer.watch();
  }

  /** Has the van sign an event and send it. */
  void send(byte[] event) throws Exception {
    sendAsIs(Alerts.VAN, Alerts.signed(event));
  }

  /** Publishes a message on the alerts topic of a van. */
  void sendAsIs(VanId van, byte[] message) throws Exception {
    tap.publish("sightline/v1/" + van + "/alerts", message);
  }

  /** Has the van report that the subject of an alert was withdrawn, and waits until it is shown. */
  void withdraws(UUID alert) throws Exception {
    try (Events events = watch()) {
      events.next("snapshot");
      tap.publish(
          "sightline/v1/" + Alerts.VAN + "/receipts",
          Alerts.DEVICE.signMessage(
              WithdrawnAlert.SIGNED_TYPE, new WithdrawnAlert(alert).encode(Alerts.VAN)));
      events.next("alert", shown -> shown.required("withdrawn").booleanValue());
    }
  }

  /** Publishes a status of a van, signed if the board knows its device. */
  void status(VanId van, String json) throws Exception {
    tap.publish("sightline/v1/" + van + "/status", signedStatus(van, json));
  }

  /** A status, signed if it is one of the van whose device the board knows. */
  static byte[] signedStatus(VanId van, String json) {
    byte[] message = json.strip().getBytes(UTF_8);
    return van.equals(Alerts.VAN) && json.strip().endsWith("}")
        ? Alerts.DEVICE.signMessage(VanStatus.SIGNED_TYPE, message)
        : message;
  }

  @Override
  public void close() throws MqttException {
    stop();
    if (ownsBroker) {
      tap.close();
      broker.close();
    }
  }
}
