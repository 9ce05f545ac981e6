package org.sightline.edge.domain;

/**
 * Name of a camera within its van: 1 to 32 of {@code a-z 0-9 -}, as it appears in topics and logs.
 */
public record CameraId(String value) {
  public CameraId {
    Names.requireSlug("camera", value);
  }

  @Override
  public String toString() {
    return value;
  }
}
