package org.sightline.edge.publish.mqtt;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;
import org.eclipse.paho.mqttv5.common.packet.MqttReturnCode;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.authorisation.Ruling;
import org.sightline.edge.authorisation.Withdrawal;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.AlertEvent;
import org.sightline.edge.publish.Inbound;
import org.sightline.edge.publish.LineLimit;
import org.sightline.edge.publish.MessagePublisher;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.PublishException;
import org.sightline.edge.publish.Receipt;
import org.sightline.edge.publish.SightingMessage;
import org.sightline.edge.publish.TestAlertEvent;
import org.sightline.edge.publish.VanStatus;
import org.sightline.edge.trust.TrustStatement;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A van's line to an MQTT 5 broker, described for those at the other end by
 * docs/contract/asyncapi.yaml. The broker keeps the van's session for a day, so that what is said
 * to it while its link is down reaches it afterwards. All but ONVIF events is signed by the device
 * as it goes out.
 *
 * <ul>
 *   <li>{@code sightline/v1/{van}/alerts}: QoS 1, not retained, with message expiry, the event's id
 *       as correlation data; if wanted, followed by an ONVIF event
 *   <li>{@code sightline/v1/{van}/status}: QoS 1, retained; {@code online} after connecting and now
 *       and then, {@code offline} at the end, and as Last Will
 *   <li>{@code sightline/v1/{van}/outcomes}: subscribed with QoS 1; signed outcomes of alerts
 *   <li>{@code sightline/v1/{van}/receipts}: QoS 1, not retained; what became of them
 *   <li>{@code sightline/v1/{van}/sightings}: QoS 1, not retained, with message expiry; whether the
 *       person of an alert is in view still
 *   <li>{@code sightline/v1/{van}/revocations}: subscribed with QoS 1; a signed revocation,
 *       retained so that a van that was away for longer gets it too
 *   <li>{@code sightline/v1/{van}/withdrawals/{id}}: subscribed with QoS 1; signed withdrawals,
 *       each retained on a topic of its own, for the same reason
 *   <li>{@code sightline/v1/{van}/rulings/{deployment}}: subscribed with QoS 1; what authorities
 *       say of an urgent authorisation, retained, for the same reason
 *   <li>{@code sightline/v1/{van}/discarded/{deployment}}: QoS 1, retained; that all of a refused
 *       deployment is gone
 *   <li>{@code sightline/v1/{van}/trust/{id}}: the same of signed trust statements
 * </ul>
 */
public final class MqttPublisher implements MessagePublisher {
  private static final Logger LOG = LoggerFactory.getLogger(MqttPublisher.class);

  /**
   * A topic that the van listens to.
   *
   * @param topic ending with a slash if it stands for all right below it
   * @param maximumBytes of a valid message
   * @param unheard alarm of the status when the broker does not let it
   * @param taker of what arrives
   */
  private record Inlet(String topic, int maximumBytes, String unheard, Consumer<byte[]> taker) {
    private boolean hasBelow() {
      return topic.endsWith("/");
    }

    String filter() {
      return hasBelow() ? topic + "+" : topic;
    }

    boolean takes(String found) {
      return hasBelow() ? found.startsWith(topic) : found.equals(topic);
    }
  }

  private static final String DISCARD_UNSENT = "discard-unsent";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration SILENT_ENDS_WITHIN = Duration.ofMinutes(1);
  private static final int MOST_SILENT_ENDS = 3;
  private static final Duration RECEIPT_EXPIRY = Duration.ofHours(24);
  private static final String JSON_MEDIA_TYPE = "application/json";
  private static final JsonMapper JSON = new JsonMapper();

  private final BrokerAccess access;
  private final boolean onvif;
  private volatile @Nullable DeploymentId onvifBesideSealed;
  private final VanId van;
  private final DeviceKeys device;
  private final String version;
  private final Clock clock;
  private final Duration patience;
  private final Inbound inbound;
  private final List<Inlet> inlets;
  private final LineLimit lines = new LineLimit();
  private final Deque<Long> silentEndsNanos = new ArrayDeque<>();
  private volatile @Nullable MqttLink link;
  private Instant since = Instant.EPOCH;
  private volatile List<String> alarms = List.of();
  private volatile List<String> unheard = List.of();
  private volatile boolean discardRefused;

  /**
   * @param device that signs what is published
   * @param version of this software, shown in the status
   * @param inbound takes what arrives for this van
   * @throws PublishException if the settings cannot be used, whether or not the broker is there
   */
  public MqttPublisher(
      BrokerSettings settings,
      VanId van,
      DeviceKeys device,
      String version,
      Clock clock,
      Inbound inbound)
      throws PublishException {
    this(settings, van, device, version, clock, inbound, PATIENCE);
  }

  MqttPublisher(
      BrokerSettings settings,
      VanId van,
      DeviceKeys device,
      String version,
      Clock clock,
      Inbound inbound,
      Duration patience)
      throws PublishException {
    this.inbound = inbound;
    this.inlets =
        List.of(
            new Inlet(
                Topics.revocations(van),
                DocumentFile.MAX_SIZE_BYTES,
                "revocations-unheard",
                inbound::revocation),
            new Inlet(
                Topics.withdrawals(van),
                Withdrawal.MAX_SIZE_BYTES,
                "withdrawals-unheard",
                inbound::withdrawal),
            new Inlet(
                Topics.rulings(van), Ruling.MAX_SIZE_BYTES, "rulings-unheard", inbound::ruling),
            new Inlet(
                Topics.trust(van),
                TrustStatement.MAX_SIZE_BYTES,
                "trust-unheard",
                inbound::trustStatement),
            new Inlet(
                Topics.outcomes(van),
                OutcomeMessage.MAX_SIZE_BYTES,
                "outcomes-unheard",
                inbound::outcome));
    this.access = new BrokerAccess(settings);
    this.onvif = settings.onvif();
    this.van = van;
    this.device = device;
    this.version = version;
    this.clock = clock;
    this.patience = patience;
  }

  /**
   * From now on the alerts of this deployment are followed by an ONVIF event though they are
   * sealed, where the settings want those events. Of no other deployment's: what waits from an
   * earlier one goes out as that one's authorisation had it.
   */
  public void permitOnvifBesideSealed(DeploymentId deployment) {
    onvifBesideSealed = deployment;
  }

  @Override
  public void connect() throws PublishException {
    MqttLink last = link;
    if (last != null && last.connected()) {
      return;
    }
    Optional<PublishException> ending = last == null ? Optional.empty() : ending(last);
    drop();
    if (ending.isPresent()) {
      throw ending.get();
    }
    // A stable name: the broker ends an earlier connection of this van that it still believes in.
    link =
        MqttLink.open(
            access,
            MqttLink.Session.kept("sightline-" + van),
            new MqttLink.Will(
                Topics.status(van),
                MqttLink.message(
                    signed(status("offline")), true, MqttLink.properties(JSON_MEDIA_TYPE))),
            patience,
            (topic, message) -> arrived(topic, message.getPayload()));
    since = clock.instant();
    subscribe(link);
  }

  /**
   * Why a connection that nobody here ended has ended. Mosquitto up to 2.0 says nothing to a client
   * whose name another takes; that it happens over and over says it.
   */
  private Optional<PublishException> ending(MqttLink ended) {
    Optional<PublishException> reason = ended.ending();
    if (reason.isPresent()) {
      return reason;
    }
    long now = System.nanoTime();
    silentEndsNanos.removeIf(end -> now - end > SILENT_ENDS_WITHIN.toNanos());
    silentEndsNanos.add(now);
    return silentEndsNanos.size() < MOST_SILENT_ENDS
        ? Optional.empty()
        : Optional.of(
            PublishException.temporary(
                "the connection is ended again and again without a word",
                access.describe(),
                "check whether another box has the van name "
                    + van
                    + " too, as one made from the same image has, and whether the network holds",
                null));
  }

  /**
   * If the broker refuses a subscription, alerts are still published and an alarm is raised.
   *
   * @throws PublishException if it ends the connection instead
   */
  private void subscribe(MqttLink current) throws PublishException {
    List<String> refused = new ArrayList<>();
    for (Inlet inlet : inlets) {
      try {
        current.subscribe(inlet.filter());
      } catch (PublishException e) {
        if (!current.connected()) {
          PublishException reason = ending(current).orElse(e);
          drop();
          throw reason;
        }
        lines.due("Not subscribed to what this van needs: " + e.getMessage()).ifPresent(LOG::error);
        refused.add(inlet.unheard());
      }
    }
    unheard = List.copyOf(refused);
  }

  /** An empty message only clears a retained one. */
  private void arrived(String topic, byte[] payload) {
    for (Inlet inlet : inlets) {
      if (inlet.takes(topic) && payload.length > inlet.maximumBytes()) {
        inbound.tooLong();
      } else if (inlet.takes(topic) && payload.length > 0) {
        inlet.taker().accept(payload);
      }
    }
  }

  @Override
  public boolean connected() {
    MqttLink current = link;
    return current != null && current.connected();
  }

  @Override
  public Answer publish(UUID id, byte[] event, Duration expiry) throws PublishException {
    MqttLink current = requireLink();
    boolean test = TestAlertEvent.isOne(event);
    byte[] message =
        device.signMessage(test ? TestAlertEvent.SIGNED_TYPE : AlertEvent.SIGNED_TYPE, event);
    if (message.length > current.maximumPayloadBytes()) {
      return new Answer.Refused("larger than the broker accepts");
    }
    MqttProperties properties = MqttLink.properties(AlertEvent.MEDIA_TYPE);
    properties.setMessageExpiryInterval(Math.max(1, expiry.toSeconds()));
    properties.setCorrelationData(id.toString().getBytes(StandardCharsets.US_ASCII));
    int reason = send(current, Topics.alerts(van), message, false, properties);
    if (reason == MqttReturnCode.RETURN_CODE_NO_MATCHING_SUBSCRIBERS) {
      return new Answer.Unheard();
    }
    if (reason >= MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR) {
      return new Answer.Refused("reason " + current.refusal(reason));
    }
    if (onvif && !test) {
      OnvifEvent.of(event, onvifBesideSealed)
          .ifPresent(translation -> publish(current, translation, expiry));
    }
    return new Answer.Accepted();
  }

  /** A courtesy: the alert itself has arrived, and does not go out again for this. */
  private void publish(MqttLink current, OnvifEvent event, Duration expiry) {
    MqttProperties properties = MqttLink.properties(JSON_MEDIA_TYPE);
    properties.setMessageExpiryInterval(Math.max(1, expiry.toSeconds()));
    try {
      int reason =
          current.publish(
              Topics.onvifFace(van, event.camera()),
              event.json().getBytes(StandardCharsets.UTF_8),
              false,
              properties);
      if (reason >= MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR) {
        LOG.warn("The broker refuses an ONVIF event ({})", current.refusal(reason));
      }
    } catch (PublishException e) {
      LOG.warn("An ONVIF event was not sent: {}", e.getMessage());
    }
  }

  @Override
  public void announce(VanStatus status) throws PublishException {
    alarms = status.alarms();
    ObjectNode message = status("online");
    message.put("since", since.toString());
    message.put("at", clock.instant().toString());
    message.put("version", version);
    message.put("queued", status.queued());
    message.put("ignored", inbound.ignored());
    message.put("auditHead", status.auditHead().toString());
    if (status.instance() != null) {
      message.put("instance", status.instance().hex());
    }
    if (inbound.answersTests()) {
      message.put("answersTests", true);
    }
    putAlarms(message);
    putCameras(message, status.cameras());
    VanStatus.Pause pause = status.pause();
    if (pause != null) {
      message
          .putObject("paused")
          .put("since", pause.since().toString())
          .put("reason", pause.reason().word());
    }
    if (status.lapses() != null) {
      message.put("lapses", status.lapses().toString());
    }
    if (status.sealsFor() != null) {
      message.put("sealsFor", status.sealsFor());
    }
    if (status.figures() != null) {
      putFigures(message.putObject("figures"), status.figures());
    }
    send(
        requireLink(),
        Topics.status(van),
        signed(message),
        true,
        MqttLink.properties(JSON_MEDIA_TYPE));
  }

  @Override
  public void receipts() throws PublishException {
    for (Receipt receipt : inbound.receipts()) {
      MqttLink current = requireLink();
      MqttProperties properties = MqttLink.properties(JSON_MEDIA_TYPE);
      properties.setMessageExpiryInterval(RECEIPT_EXPIRY.toSeconds());
      properties.setCorrelationData(receipt.alert().toString().getBytes(StandardCharsets.US_ASCII));
      byte[] message = device.signMessage(receipt.signedType(), receipt.encode(van));
      int reason = send(current, Topics.receipts(van), message, false, properties);
      if (reason >= MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR) {
        lines
            .due("The broker refuses the receipt of an outcome: " + current.refusal(reason))
            .ifPresent(LOG::warn);
      }
      boolean heard =
          reason < MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR
              && reason != MqttReturnCode.RETURN_CODE_NO_MATCHING_SUBSCRIBERS;
      if (heard || !receipt.isUntilHeard()) {
        inbound.receipted(receipt);
      }
    }
    discards();
  }

  private void discards() throws PublishException {
    boolean refused = false;
    for (Map.Entry<DeploymentId, byte[]> receipt : inbound.discards().entrySet()) {
      MqttLink current = requireLink();
      int reason =
          send(
              current,
              Topics.discarded(van) + receipt.getKey(),
              receipt.getValue(),
              true,
              MqttLink.properties(JSON_MEDIA_TYPE));
      if (reason >= MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR) {
        lines
            .due(
                "The broker refuses the receipt of a refused deployment: "
                    + current.refusal(reason))
            .ifPresent(LOG::warn);
        refused = true;
      } else {
        inbound.discarded(receipt.getKey());
      }
    }
    discardRefused = refused;
  }

  /**
   * Alarms of the status about what the broker does not take: no board discards anything while it
   * refuses the receipt of a refused deployment. Any thread may ask.
   */
  public List<String> refusals() {
    return discardRefused ? List.of(DISCARD_UNSENT) : List.of();
  }

  @Override
  public void sighting(UUID alert, byte[] content, Duration expiry) throws PublishException {
    MqttLink current = requireLink();
    MqttProperties properties = MqttLink.properties(JSON_MEDIA_TYPE);
    properties.setMessageExpiryInterval(Math.max(1, expiry.toSeconds()));
    properties.setCorrelationData(alert.toString().getBytes(StandardCharsets.US_ASCII));
    byte[] signed =
        device.signMessage(
            SightingMessage.SIGNED_TYPE, SightingMessage.published(van, content, clock.instant()));
    int reason = send(current, Topics.sightings(van), signed, false, properties);
    if (reason >= MqttReturnCode.RETURN_CODE_UNSPECIFIED_ERROR) {
      lines
          .due("The broker refuses to hear who is in view: " + current.refusal(reason))
          .ifPresent(LOG::warn);
    }
  }

  @Override
  public void alarms(List<String> current) {
    alarms = List.copyOf(current);
  }

  private static void putCameras(ObjectNode status, List<VanStatus.Camera> cameras) {
    if (!cameras.isEmpty()) {
      ArrayNode all = status.putArray("cameras");
      for (VanStatus.Camera camera : cameras) {
        ObjectNode node = all.addObject().put("id", camera.id().value());
        camera.alarms().forEach(node.putArray("alarms")::add);
      }
    }
  }

  /** What is not known is left out. */
  private static void putFigures(ObjectNode node, VanStatus.Figures figures) {
    ArrayNode cameras = node.putArray("cameras");
    for (VanStatus.Rate rate : figures.cameras()) {
      ObjectNode camera = cameras.addObject().put("id", rate.id().value());
      if (rate.framesPerSecond() != null) {
        camera.put("framesPerSecond", rate.framesPerSecond());
      }
      if (rate.searchedSecondsAgo() != null) {
        camera.put("searchedSecondsAgo", rate.searchedSecondsAgo());
      }
    }
    if (figures.diskFreeMib() != null) {
      node.put("diskFreeMib", figures.diskFreeMib());
    }
    if (figures.celsius() != null) {
      node.put("celsius", figures.celsius());
    }
    if (figures.networksOn() != null) {
      node.put("networksOn", figures.networksOn());
    }
  }

  private void putAlarms(ObjectNode status) {
    List<String> all = new ArrayList<>(alarms);
    all.addAll(unheard);
    if (!all.isEmpty()) {
      all.forEach(status.putArray("alarms")::add);
    }
  }

  /** After a silence the connection is given up: what comes of it later would be confusing. */
  private int send(
      MqttLink current, String topic, byte[] payload, boolean retained, MqttProperties properties)
      throws PublishException {
    try {
      return current.publish(topic, payload, retained, properties);
    } catch (PublishException e) {
      drop();
      throw e;
    }
  }

  @Override
  public void close() {
    MqttLink current = link;
    link = null;
    if (current == null) {
      return;
    }
    if (current.connected()) {
      ObjectNode status = status("offline");
      status.put("since", clock.instant().toString());
      putAlarms(status);
      try {
        current.publish(
            Topics.status(van), signed(status), true, MqttLink.properties(JSON_MEDIA_TYPE));
      } catch (PublishException e) {
        // The will says it instead.
        current.drop();
        return;
      }
    }
    current.close();
  }

  private void drop() {
    MqttLink current = link;
    link = null;
    if (current != null) {
      current.drop();
    }
  }

  private MqttLink requireLink() throws PublishException {
    MqttLink current = link;
    if (current == null) {
      throw PublishException.temporary(
          "there is no connection to the broker", access.describe(), "connect first", null);
    }
    return current;
  }

  private ObjectNode status(String state) {
    return JSON.createObjectNode().put("van", van.value()).put("state", state);
  }

  private byte[] signed(ObjectNode status) {
    return device.signMessage(VanStatus.SIGNED_TYPE, JSON.writeValueAsBytes(status));
  }
}
