package org.sightline.edge.cli.authority;

import java.nio.file.Path;
import java.util.Optional;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.CryptoException;

/** The public file of an authority or of a control room: which of the two it is, it says itself. */
sealed interface PublicFile {
  /** One of an authority. */
  record Authority(AuthorityPublicKey key) implements PublicFile {}

  /** One of a control room. */
  record Room(ControlRoomIdentity identity) implements PublicFile {}

  /** Reads either. */
  static PublicFile read(Path file) throws CryptoException {
    Optional<ControlRoomIdentity> room = room(file);
    return room.isPresent() ? new Room(room.get()) : new Authority(AuthorityPublicKey.read(file));
  }

  private static Optional<ControlRoomIdentity> room(Path file) {
    try {
      return Optional.of(ControlRoomIdentity.read(file));
    } catch (CryptoException e) {
      return Optional.empty();
    }
  }
}
