package org.sightline.edge.authorisation;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.VanId;

/**
 * One of the boxes of a deployment.
 *
 * @param van its name
 * @param device its fingerprint
 * @param cameras that it may read, and no others; empty, and not written, if any of it may be
 */
public record AuthorisedBox(
    VanId van,
    Sha256 device,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<List<AuthorisedCamera>> cameras) {
  /** As many as a square full of lamp posts. */
  public static final int MOST = 64;

  public AuthorisedBox {
    cameras.ifPresent(AuthorisedCamera::requireList);
    cameras = cameras.map(List::copyOf);
  }

  /**
   * That these are the boxes of a deployment.
   *
   * @throws IllegalArgumentException if not
   */
  static void requireList(AuthorisedBox first, Optional<List<AuthorisedBox>> others) {
    List<AuthorisedBox> more = others.orElse(List.of());
    if (others.isPresent() && (more.isEmpty() || more.size() >= MOST)) {
      throw new IllegalArgumentException("an authorisation names 1 to " + MOST + " vans");
    }
    if (more.stream().map(AuthorisedBox::device).distinct().count() < more.size()
        || more.stream().map(AuthorisedBox::van).distinct().count() < more.size()
        || more.stream()
            .anyMatch(box -> box.device.equals(first.device) || box.van.equals(first.van))) {
      throw new IllegalArgumentException("an authorisation names each van and device once");
    }
  }

  /** What people who sign or use the authorisation read of it. */
  public String line() {
    return "van " + van + ", device " + device.shortForm();
  }
}
