package org.sightline.edge.trust;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Optional;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.ControlRoomIdentity;

/** A public key that a statement is about. */
public sealed interface TrustKey {
  /** What it is the key of, as a word: {@code authority} or {@code control-room}. */
  String kind();

  /** Names the key: an authority's fingerprint, or a control room's {@code keyId}. */
  String name();

  /** The name as people compare it. */
  String shortName();

  /** The key by which an authority signs. */
  record Authority(AuthorityPublicKey key) implements TrustKey {
    @Override
    public String kind() {
      return "authority";
    }

    @Override
    public String name() {
      return key.fingerprint().hex();
    }

    @Override
    public String shortName() {
      return key.fingerprint().shortForm();
    }
  }

  /** The keys of a control room: that which alerts are sealed for, and that which signs. */
  record ControlRoom(ControlRoomIdentity identity) implements TrustKey {
    @Override
    public String kind() {
      return "control-room";
    }

    @Override
    public String name() {
      return identity.keyId();
    }

    @Override
    public String shortName() {
      return identity.keyId();
    }
  }

  /** Its form in a document: exactly one of the two. */
  record Document(
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<AuthorityPublicKey> authority,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<ControlRoomIdentity> controlRoom) {}

  /** Reads that form. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static TrustKey of(Document document) {
    if (document.authority().isPresent() == document.controlRoom().isPresent()) {
      throw new IllegalArgumentException("a key is of an authority or of a control room");
    }
    return document
        .authority()
        .<TrustKey>map(Authority::new)
        .orElseGet(() -> new ControlRoom(document.controlRoom().orElseThrow()));
  }

  /** Writes that form. */
  @JsonValue
  default Document document() {
    return this instanceof Authority authority
        ? new Document(Optional.of(authority.key()), Optional.empty())
        : new Document(Optional.empty(), Optional.of(((ControlRoom) this).identity()));
  }
}
