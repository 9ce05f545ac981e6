package org.sightline.fleet;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.mqtt.MqttConnAckMessage;
import io.netty.handler.codec.mqtt.MqttConnectMessage;
import io.netty.handler.codec.mqtt.MqttConnectReturnCode;
import io.netty.handler.codec.mqtt.MqttMessage;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttMessageIdVariableHeader;
import io.netty.handler.codec.mqtt.MqttPublishMessage;
import io.netty.handler.codec.mqtt.MqttQoS;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** One of {@link LightClients}: publishes and subscribes with QoS 1. Thread-safe. */
// A write that fails ends the connection, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
final class LightClient extends SimpleChannelInboundHandler<MqttMessage> {
  private static final int PACKET_IDS = 65_535;

  private final Consumer<ByteBuf> inbox;
  private final CompletableFuture<Void> accepted = new CompletableFuture<>();
  private final Map<Integer, CompletableFuture<Void>> unanswered = new ConcurrentHashMap<>();
  private final AtomicInteger packets = new AtomicInteger();
  private Channel channel;

  LightClient(Consumer<ByteBuf> inbox) {
    this.inbox = inbox;
  }

  void connect(Channel connected, MqttConnectMessage message) {
    channel = connected;
    channel.writeAndFlush(message);
    accepted.join();
  }

  /**
   * Publishes.
   *
   * @return done when the broker has acknowledged
   */
  CompletableFuture<Void> publish(String topic, ByteBuf payload, boolean retained) {
    int id = nextId();
    CompletableFuture<Void> answer = expect(id);
    channel.writeAndFlush(
        MqttMessageBuilders.publish()
            .topicName(topic)
            .qos(MqttQoS.AT_LEAST_ONCE)
            .retained(retained)
            .messageId(id)
            .payload(payload)
            .build());
    return answer;
  }

  /** Subscribes; returns when the broker has agreed. */
  void subscribe(String topic) {
    int id = nextId();
    CompletableFuture<Void> answer = expect(id);
    channel.writeAndFlush(
        MqttMessageBuilders.subscribe()
            .addSubscription(MqttQoS.AT_LEAST_ONCE, topic)
            .messageId(id)
            .build());
    answer.join();
  }

  private int nextId() {
    return 1 + packets.getAndIncrement() % PACKET_IDS;
  }

  private CompletableFuture<Void> expect(int id) {
    CompletableFuture<Void> answer = new CompletableFuture<>();
    unanswered.put(id, answer);
    return answer;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, MqttMessage message) {
    switch (message.fixedHeader().messageType()) {
      case CONNACK -> {
        MqttConnectReturnCode code =
            ((MqttConnAckMessage) message).variableHeader().connectReturnCode();
        if (code == MqttConnectReturnCode.CONNECTION_ACCEPTED) {
          accepted.complete(null);
        } else {
          fail(new IOException("the broker says " + code));
        }
      }
      case PUBACK, SUBACK ->
          unanswered
              .remove(((MqttMessageIdVariableHeader) message.variableHeader()).messageId())
              .complete(null);
      case PUBLISH -> {
        MqttPublishMessage published = (MqttPublishMessage) message;
        inbox.accept(published.payload());
        if (published.fixedHeader().qosLevel() == MqttQoS.AT_LEAST_ONCE) {
          context.writeAndFlush(
              MqttMessageBuilders.pubAck().packetId(published.variableHeader().packetId()).build());
        }
      }
      default -> fail(new IOException("the broker sends " + message.fixedHeader().messageType()));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    fail(new IOException("the broker has ended the connection"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    fail(cause);
  }

  private void fail(Throwable cause) {
    accepted.completeExceptionally(cause);
    unanswered.values().forEach(each -> each.completeExceptionally(cause));
    channel.close();
  }
}
