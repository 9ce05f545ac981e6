package org.sightline.fleet;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.mqtt.MqttDecoder;
import io.netty.handler.codec.mqtt.MqttEncoder;
import io.netty.handler.codec.mqtt.MqttMessageBuilders;
import io.netty.handler.codec.mqtt.MqttQoS;
import io.netty.handler.codec.mqtt.MqttVersion;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Connections of MQTT 5 of which thousands fit into one process: one thread for all. */
final class LightClients implements AutoCloseable {
  private static final int KEEP_ALIVE_SECONDS = 60;
  private static final int LARGEST_PACKET_BYTES = 1 << 20;

  private final NioEventLoopGroup thread = new NioEventLoopGroup(1);
  private final URI broker;
  private final @Nullable SslContext tls;

  /**
   * @param authority PEM of who signed the broker's certificate; null for no TLS
   */
  LightClients(URI broker, @Nullable Path authority) throws SSLException {
    this.broker = broker;
    tls =
        authority == null
            ? null
            : SslContextBuilder.forClient().trustManager(authority.toFile()).build();
  }

  /**
   * Connects, with a will as a van has; returns when the broker has accepted.
   *
   * @param inbox gets the payload of what arrives, on the one thread
   */
  LightClient connect(String name, Consumer<ByteBuf> inbox) throws InterruptedException {
    LightClient client = new LightClient(inbox);
    Channel channel =
        new Bootstrap()
            .group(thread)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    if (tls != null) {
                      channel
                          .pipeline()
                          .addLast(
                              tls.newHandler(channel.alloc(), broker.getHost(), broker.getPort()));
                    }
                    channel
                        .pipeline()
                        .addLast(
                            new MqttDecoder(LARGEST_PACKET_BYTES), MqttEncoder.INSTANCE, client);
                  }
                })
            .connect(broker.getHost(), broker.getPort())
            .sync()
            .channel();
    client.connect(
        channel,
        MqttMessageBuilders.connect()
            .clientId(name)
            .protocolVersion(MqttVersion.MQTT_5)
            .cleanSession(true)
            .keepAlive(KEEP_ALIVE_SECONDS)
            .willFlag(true)
            .willQoS(MqttQoS.AT_LEAST_ONCE)
            .willRetain(true)
            .willTopic("sightline/v1/" + name + "/status")
            .willMessage("offline".getBytes(StandardCharsets.US_ASCII))
            .build());
    return client;
  }

  /** The thread of all of them, for what is to be done in time. */
  NioEventLoopGroup thread() {
    return thread;
  }

  /** Ends all connections. */
  @Override
  @SuppressWarnings("FutureReturnValueIgnored")
  public void close() {
    thread.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
