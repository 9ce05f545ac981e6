package org.sightline.edge.audit;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;

/**
 * One thing that was done, by whom, to what. Every detail is an id, a digest, a number or a time:
 * free text has no place here, so that nothing about anybody can get into a log that is never
 * deleted. Immutable.
 *
 * @param details at most {@value #MOST_DETAILS}; names in camelCase; values 1 to 128 of {@code A-Z
 *     a-z 0-9 . _ : + -}
 */
public record AuditEvent(AuditKind event, Actor actor, SortedMap<String, String> details) {
  /** No event has more details, so that a line of the log stays short. */
  public static final int MOST_DETAILS = 32;

  private static final Pattern NAME = Pattern.compile("[a-z][A-Za-z0-9]{0,31}");
  private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9._:+-]{1,128}");

  public AuditEvent {
    if (details.size() > MOST_DETAILS) {
      throw new IllegalArgumentException("an event has at most " + MOST_DETAILS + " details");
    }
    details.forEach(
        (name, value) -> {
          if (!NAME.matcher(name).matches() || !VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("a detail is an id, a digest, a number or a time");
          }
        });
    details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
  }

  /** An event without details yet. */
  public static AuditEvent of(AuditKind event, Actor actor) {
    return new AuditEvent(event, actor, new TreeMap<>());
  }

  /** The event with one more detail, given as it is in the log. */
  public AuditEvent with(String name, String idOrNumber) {
    SortedMap<String, String> more = new TreeMap<>(details);
    more.put(name, idOrNumber);
    return new AuditEvent(event, actor, more);
  }

  public AuditEvent with(String name, Sha256 digest) {
    return with(name, digest.hex());
  }

  public AuditEvent with(String name, UUID id) {
    return with(name, id.toString());
  }

  public AuditEvent with(String name, DeploymentId deployment) {
    return with(name, deployment.value());
  }

  public AuditEvent with(String name, long number) {
    return with(name, Long.toString(number));
  }

  public AuditEvent with(String name, Instant time) {
    return with(name, time.toString());
  }
}
