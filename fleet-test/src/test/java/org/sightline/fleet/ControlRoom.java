package org.sightline.fleet;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.eclipse.paho.mqttv5.client.IMqttToken;
import org.eclipse.paho.mqttv5.client.MqttAsyncClient;
import org.eclipse.paho.mqttv5.client.MqttCallback;
import org.eclipse.paho.mqttv5.client.MqttConnectionOptions;
import org.eclipse.paho.mqttv5.client.MqttDisconnectResponse;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.packet.MqttProperties;

/**
 * Receives the alerts and the states of all vans, with a session that the broker keeps, at the
 * first node that answers; acknowledges what it has noted. Thread-safe.
 */
final class ControlRoom implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String name;
  private final List<URI> nodes;
  private final Map<UUID, Integer> alerts = new ConcurrentHashMap<>();
  private final Map<String, String> states = new ConcurrentHashMap<>();
  private final CompletableFuture<Void> ended;
  private volatile boolean connected;
  private volatile boolean closing;

  /**
   * @param nodes of the broker, the one to try first in front
   */
  ControlRoom(String name, List<URI> nodes) {
    this.name = name;
    this.nodes = nodes;
    ended = CompletableFuture.runAsync(this::run, task -> new Thread(task, name).start());
  }

  /** Whether it is subscribed. */
  boolean connected() {
    return connected;
  }

  /** The ids of the alerts that have come. */
  Set<UUID> alerts() {
    return Set.copyOf(alerts.keySet());
  }

  /** The ids of the alerts that have come more than once. */
  Set<UUID> repeated() {
    return alerts.entrySet().stream()
        .filter(each -> each.getValue() > 1)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  /** The last status of each van, as JSON, by topic. */
  Map<String, String> states() {
    return Map.copyOf(states);
  }

  @Override
  public void close() {
    closing = true;
    ended.join();
  }

  private void run() {
    while (!closing) {
      for (URI node : nodes) {
        try {
          stayAt(node);
        } catch (MqttException e) {
          // The next node may answer.
        } catch (InterruptedException e) {
          return;
        }
      }
    }
  }

  private void stayAt(URI node) throws MqttException, InterruptedException {
    MqttAsyncClient client =
        new MqttAsyncClient(
            "tcp://" + node.getHost() + ":" + node.getPort(), name, new MemoryPersistence());
    client.setCallback(new Inbox());
    MqttConnectionOptions options = new MqttConnectionOptions();
    options.setCleanStart(false);
    options.setSessionExpiryInterval(Duration.ofHours(24).toSeconds());
    options.setReceiveMaximum(64);
    try {
      client.connect(options).waitForCompletion(PATIENCE.toMillis());
      client
          .subscribe(
              new String[] {"sightline/v1/+/alerts", "sightline/v1/+/status"}, new int[] {1, 1})
          .waitForCompletion(PATIENCE.toMillis());
      connected = true;
      while (client.isConnected() && !closing) {
        TimeUnit.MILLISECONDS.sleep(50);
      }
    } finally {
      connected = false;
      TimeUnit.MILLISECONDS.sleep(200);
      if (client.isConnected()) {
        client.disconnect().waitForCompletion(PATIENCE.toMillis());
      }
      client.close(true);
    }
  }

  private final class Inbox implements MqttCallback {
    @Override
    public void messageArrived(String topic, MqttMessage message) {
      if (topic.endsWith("/status")) {
        states.put(topic, new String(message.getPayload(), StandardCharsets.UTF_8));
      } else {
        byte[] id = message.getProperties().getCorrelationData();
        alerts.merge(UUID.fromString(new String(id, StandardCharsets.US_ASCII)), 1, Integer::sum);
      }
    }

    @Override
    public void disconnected(MqttDisconnectResponse response) {}

    @Override
    public void mqttErrorOccurred(MqttException exception) {}

    @Override
    public void deliveryComplete(IMqttToken token) {}

    @Override
    public void connectComplete(boolean reconnect, String serverUri) {}

    @Override
    public void authPacketArrived(int reasonCode, MqttProperties properties) {}
  }
}
