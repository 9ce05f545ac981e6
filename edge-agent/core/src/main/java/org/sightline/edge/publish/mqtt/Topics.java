package org.sightline.edge.publish.mqtt;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.RoomTopic;

/** The topics of vans and of their control room. */
final class Topics {
  private static final String ROOT = "sightline/v1/";
  private static final String DISCARDED = "/discarded/";

  private Topics() {}

  /** Where alerts are published. Null stands for every van, for subscribing only. */
  static String alerts(@Nullable VanId van) {
    return of(van, "/alerts");
  }

  /** Where the matches at a camera are published as ONVIF events. */
  static String onvifFace(VanId van, CameraId camera) {
    return of(van, "/onvif-ej/RuleEngine/Recognition/Face/" + camera);
  }

  /** Where a van says whether it is there; null as above. */
  static String status(@Nullable VanId van) {
    return of(van, "/status");
  }

  /** Where a control room says what it found alerts to be; null as above. */
  static String outcomes(@Nullable VanId van) {
    return of(van, "/outcomes");
  }

  /** Where a van says what became of the outcomes that it was sent; null as above. */
  static String receipts(@Nullable VanId van) {
    return of(van, "/receipts");
  }

  /** Where a van says whether the person of an alert is in view still; null as above. */
  static String sightings(@Nullable VanId van) {
    return of(van, "/sightings");
  }

  /** Where an authority revokes the deployment of a van. */
  static String revocations(VanId van) {
    return of(van, "/revocations");
  }

  /**
   * Where an authority takes subjects off the list of a van, each by a withdrawal below it that the
   * broker keeps.
   */
  static String withdrawals(VanId van) {
    return of(van, "/withdrawals/");
  }

  /**
   * Where authorities rule on urgent authorisations, each below it under the name of its
   * deployment, where the broker keeps the last word.
   */
  static String rulings(VanId van) {
    return of(van, "/rulings/");
  }

  /**
   * Where a van says that all of a refused deployment is gone, below it under the name of the
   * deployment, where the broker keeps it; null as above.
   */
  static String discarded(@Nullable VanId van) {
    return of(van, DISCARDED);
  }

  /** The van of a topic of refused deployments; empty if it is none of these. */
  static Optional<VanId> vanOfDiscarded(String topic) {
    int end = topic.lastIndexOf(DISCARDED);
    return end < 0 ? Optional.empty() : van(topic.substring(0, end + 1));
  }

  /**
   * Where authorities say whose keys count on a van, each by a statement below it that the broker
   * keeps.
   */
  static String trust(VanId van) {
    return of(van, "/trust/");
  }

  /** Where a control room's board hears the test alerts that it sends itself. */
  static String tests(String board) {
    return ROOT + "boards/" + board + "/tests";
  }

  /**
   * Where the boards of a control room speak to each other.
   *
   * @param room by the name of the key that alerts are sealed for
   */
  static String room(String room, RoomTopic topic) {
    return ROOT + "rooms/" + room + "/" + topic.word();
  }

  private static String of(@Nullable VanId van, String kind) {
    return ROOT + (van == null ? "+" : van.value()) + kind;
  }

  /** The van of a topic; empty if it is none of these. */
  static Optional<VanId> van(String topic) {
    int end = topic.lastIndexOf('/');
    if (!topic.startsWith(ROOT) || end < ROOT.length()) {
      return Optional.empty();
    }
    try {
      return Optional.of(new VanId(topic.substring(ROOT.length(), end)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
