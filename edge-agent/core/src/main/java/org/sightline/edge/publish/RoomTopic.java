package org.sightline.edge.publish;

import java.util.Locale;

/** What the boards of one control room say to each other, each kind on a topic of its own. */
public enum RoomTopic {
  /** What officers find alerts to be, while that is no outcome yet. */
  PROPOSALS,
  /** Who looks at what. */
  PRESENCE;

  /** No message is longer. */
  public static final int MAX_SIZE_BYTES = 4096;

  /** The word of the topic. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is signed with a message, so that none of one kind passes for one of another. */
  public String type() {
    return "vnd.sightline.room-" + word() + ".v1+json";
  }
}
