package org.sightline.edge.domain;

/** Name of a van: 1 to 32 of {@code a-z 0-9 -}; a level of every MQTT topic it publishes on. */
public record VanId(String value) {
  public VanId {
    Names.requireSlug("van", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
