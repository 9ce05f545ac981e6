package org.sightline.edge.testing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.eclipse.paho.mqttv5.client.IMqttMessageListener;
import org.eclipse.paho.mqttv5.client.MqttClient;
import org.eclipse.paho.mqttv5.client.persist.MemoryPersistence;
import org.eclipse.paho.mqttv5.common.MqttException;
import org.eclipse.paho.mqttv5.common.MqttMessage;
import org.eclipse.paho.mqttv5.common.MqttSubscription;
import org.jspecify.annotations.Nullable;
import org.sightline.testkit.LoopbackBroker;

/** Hears everything that goes over a broker, whatever its topic. */
public final class BrokerTap implements AutoCloseable {
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final MqttClient client;

  /** A message. */
  public static final class Heard {
    private final String topic;
    private final MqttMessage message;

    private Heard(String topic, MqttMessage message) {
      this.topic = topic;
      this.message = message;
    }

    public String topic() {
      return topic;
    }

    public byte[] content() {
      return message.getPayload();
    }

    /** The content of a message that is text, as all of the agent's are. */
    public String text() {
      return new String(content(), StandardCharsets.UTF_8);
    }

    /** What it bears besides its content. */
    public String properties() {
      return message.getProperties().toString();
    }

    /** As it was published. */
    public int qos() {
      return message.getQos();
    }

    /** Whether it was published to be retained. */
    public boolean retained() {
      return message.isRetained();
    }

    public @Nullable String contentType() {
      return message.getProperties().getContentType();
    }

    /** What is left of its life when it comes here. */
    public @Nullable Long expirySeconds() {
      return message.getProperties().getMessageExpiryInterval();
    }

    /** Its correlation data, which is text in all of the agent's. */
    public @Nullable String correlation() {
      byte[] data = message.getProperties().getCorrelationData();
      return data == null ? null : new String(data, StandardCharsets.UTF_8);
    }
  }

  private BrokerTap(MqttClient client) {
    this.client = client;
  }

  /** Listens to a broker that runs. */
  public static BrokerTap on(LoopbackBroker broker) throws Exception {
    MqttClient client =
        new MqttClient("tcp://127.0.0.1:" + broker.port(), "tap", new MemoryPersistence());
    BrokerTap tap = new BrokerTap(client);
    client.connect();
    // Otherwise the broker would hand messages on with a QoS and a flag that are not the sender's.
    MqttSubscription everything = new MqttSubscription("#", 2);
    everything.setRetainAsPublished(true);
    client.subscribe(new MqttSubscription[] {everything}, new IMqttMessageListener[] {tap::hear});
    return tap;
  }

  private void hear(String topic, MqttMessage message) {
    heard.add(new Heard(topic, message));
  }

  /** Publishes a retained message. */
  public void retain(String topic, byte[] payload) throws MqttException {
    client.publish(topic, payload, 1, true);
  }

  /** Publishes a message that is not retained. */
  public void publish(String topic, byte[] payload) throws MqttException {
    client.publish(topic, payload, 1, false);
  }

  /** What came so far on a topic. */
  public List<Heard> on(String topic) {
    return heard.stream().filter(each -> each.topic().equals(topic)).toList();
  }

  /** All that came so far. */
  public List<Heard> all() {
    return List.copyOf(heard);
  }

  /** The topics of all that came so far. */
  public List<String> topics() {
    return heard.stream().map(Heard::topic).distinct().sorted().toList();
  }

  @Override
  public void close() throws MqttException {
    if (client.isConnected()) {
      client.disconnect();
    }
    client.close();
  }
}
