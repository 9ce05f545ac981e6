package org.sightline.edge.board.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.CryptoException;

/** Reason and note of a statement, which only a control room reads. */
public record StreetWords(
    @JsonInclude(Include.NON_ABSENT) Optional<String> reason,
    @JsonInclude(Include.NON_ABSENT) Optional<String> note) {
  /** Those of an entry, sealed; null if there are none. */
  static @Nullable String sealed(StreetEntry entry, ControlRoomKeys keys) {
    StreetWords words =
        new StreetWords(Optional.ofNullable(entry.reason()), Optional.ofNullable(entry.note()));
    return words.reason.isEmpty() && words.note.isEmpty()
        ? null
        : keys.identity().seal(CanonicalJson.write(words));
  }

  /** Those of a statement; none if they cannot be opened. */
  static StreetWords opened(@Nullable String sealed, ControlRoomKeys keys) {
    StreetWords none = new StreetWords(Optional.empty(), Optional.empty());
    if (sealed == null) {
      return none;
    }
    try {
      return CanonicalJson.read(keys.open(sealed), StreetWords.class).orElse(none);
    } catch (CryptoException e) {
      return none;
    }
  }
}
