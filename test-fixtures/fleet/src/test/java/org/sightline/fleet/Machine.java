package org.sightline.fleet;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sightline.testkit.LoopbackPorts;

/**
 * One of two machines of a cluster, both of them on loopback: a broker node, and the standby of the
 * other machine's node. Not thread-safe.
 */
final class Machine implements AutoCloseable {
  private static final Path SETTINGS = Path.of("../../docs/broker/artemis");

  /** The code with which a standby says that it has all that its node has. */
  private static final String SYNCHRONISED = "AMQ221024";

  /** The code with which a standby says that it has taken the place of its node. */
  private static final String TAKEN_OVER = "AMQ221007";

  /** The code with which a node says that it passes messages on to another. */
  private static final String BRIDGED = "AMQ221027";

  private final String name;
  private final Path folder;
  private final int mqttPort = LoopbackPorts.free();
  private final int nodePort = LoopbackPorts.free();
  private final int standbyPort = LoopbackPorts.free();
  private @Nullable BrokerProcess node;
  private @Nullable BrokerProcess standby;

  Machine(String name, Path folder) throws IOException {
    this.name = name;
    this.folder = folder;
  }

  /** Where vans and control rooms connect. */
  URI uri() {
    return URI.create("mqtt://127.0.0.1:" + mqttPort);
  }

  /** Starts both of its brokers, with the data that an earlier start left. */
  void start(Machine other) throws IOException {
    node =
        BrokerProcess.start(
            SETTINGS.resolve("node.xml"),
            folder.resolve(name),
            Map.of(
                "node",
                name,
                "host",
                "127.0.0.1",
                "mqtt.port",
                String.valueOf(mqttPort),
                "cluster.port",
                String.valueOf(nodePort),
                "other.host",
                "127.0.0.1",
                "other.cluster.port",
                String.valueOf(other.nodePort),
                "cluster.password",
                "loopback"));
    standby =
        BrokerProcess.start(
            SETTINGS.resolve("standby.xml"),
            folder.resolve(other.name + "-standby"),
            Map.of(
                "node",
                other.name,
                "host",
                "127.0.0.1",
                "cluster.port",
                String.valueOf(standbyPort),
                "neighbour.cluster.port",
                String.valueOf(nodePort),
                "other.host",
                "127.0.0.1",
                "other.cluster.port",
                String.valueOf(other.nodePort),
                "cluster.password",
                "loopback"));
  }

  /** Waits until its node passes messages on and its standby has a copy of the other node. */
  void awaitReady() throws IOException {
    node.awaitSaid(BRIDGED, 1);
    standby.awaitSaid(SYNCHRONISED, 1);
  }

  /** Waits until its standby has taken the place of the other node. */
  void awaitTakenOver() throws IOException {
    standby.awaitSaid(TAKEN_OVER, 1);
  }

  /** Waits until its standby, which had taken the place of the other node, is its copy again. */
  void awaitStandbyAgain() throws IOException {
    standby.awaitSaid(SYNCHRONISED, 2);
  }

  /** Ends both of its brokers with SIGKILL, as a cut of the power would. */
  void kill() {
    node.kill();
    standby.kill();
  }

  @Override
  public void close() {
    if (node != null) {
      node.close();
    }
    if (standby != null) {
      standby.close();
    }
  }
}
