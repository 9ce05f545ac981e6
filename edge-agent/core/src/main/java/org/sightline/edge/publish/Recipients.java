package org.sightline.edge.publish;

import java.util.Optional;
import org.sightline.edge.crypto.ControlRoomIdentity;

/**
 * For which control room is sealed what an authorisation has sealed for one. Asked as a message
 * goes out, from memory alone. Thread-safe.
 */
@FunctionalInterface
public interface Recipients {
  /** The one that is authorised, always. */
  Recipients AS_AUTHORISED = Optional::of;

  /** The room that is to have it; empty if none may. */
  Optional<ControlRoomIdentity> of(ControlRoomIdentity authorised);

  /**
   * Whether what waits sealed may still go out, as what was stored by an earlier version does.
   *
   * @param keyId see {@link ControlRoomIdentity#keyId}
   */
  default boolean mayHave(String keyId) {
    return true;
  }
}
