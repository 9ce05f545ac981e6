package org.sightline.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.ControlRoomInbox;
import org.sightline.edge.publish.PublishException;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.publish.RoomTopic;
import org.sightline.edge.publish.mqtt.ControlRoomLink;

/** A control room's own line to the broker; counts what comes. Thread-safe. */
final class ControlRoom implements AutoCloseable {
  private static final Duration SOON = Duration.ofMinutes(1);

  private final Map<UUID, Integer> alerts = new ConcurrentHashMap<>();
  private final Set<VanId> vans = ConcurrentHashMap.newKeySet();
  private final ControlRoomLink link;

  private ControlRoom(String name, List<URI> nodes) throws PublishException {
    link =
        ControlRoomLink.start(
            new BrokerSettings(nodes, null, null, null, null, null), name, name, new Inbox());
  }

  /**
   * Starts one; returns when it is subscribed.
   *
   * @param name that its mailbox has
   * @param nodes of the broker, the one to try first in front
   */
  static ControlRoom start(String name, List<URI> nodes) throws Exception {
    ControlRoom room = new ControlRoom(name, nodes);
    assertThat(room.link.awaitSubscribed(SOON)).isTrue();
    return room;
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

  /** The vans that have said how they are. */
  Set<VanId> vans() {
    return Set.copyOf(vans);
  }

  @Override
  public void close() {
    link.close();
  }

  private final class Inbox implements ControlRoomInbox {
    @Override
    public boolean alert(VanId van, byte[] event, Duration expiry) {
      try {
        alerts.merge(ReceivedAlert.parse(event).id(), 1, Integer::sum);
        return true;
      } catch (PublishException e) {
        return false;
      }
    }

    @Override
    public boolean status(VanId van, byte[] message, boolean retained) {
      vans.add(van);
      return true;
    }

    @Override
    public boolean receipt(VanId van, byte[] message) {
      return true;
    }

    @Override
    public boolean sighting(VanId van, byte[] message, Duration expiry) {
      return true;
    }

    @Override
    public boolean test(byte[] message) {
      return true;
    }

    @Override
    public boolean exchanged(RoomTopic topic, byte[] message) {
      return true;
    }

    @Override
    public boolean outcome(VanId van, byte[] message) {
      return true;
    }
  }
}
