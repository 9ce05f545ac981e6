package org.sightline.edge.app;

import java.util.LinkedHashMap;
import java.util.Map;
import org.sightline.edge.crypto.Sha256;

/**
 * What was logged of documents, so that it is logged once; the oldest is forgotten. Thread-safe.
 */
final class LoggedOnce {
  private final Map<Key, Boolean> logged;

  private record Key(Sha256 document, String line) {}

  LoggedOnce(int most) {
    this.logged =
        new LinkedHashMap<>() {
          private static final long serialVersionUID = 1L;

          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, Boolean> eldest) {
            return size() > most;
          }
        };
  }

  /** Whether that was not logged of it yet. */
  synchronized boolean add(Sha256 document, String line) {
    return logged.putIfAbsent(new Key(document, line), true) == null;
  }
}
