package org.sightline.edge.publish;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.LogPosition;
import org.sightline.edge.domain.VanId;

/**
 * How far a van has published its audit log, and whether what it says now continues from there.
 * Immutable.
 *
 * @param published the furthest that it said
 * @param found what it said later that does not continue from there; null when all is well
 * @param connections since when the van had those links in which it said something, the latest
 *     last: a broker may deliver a status again, and what was said in an earlier link, or less far
 *     on in the same one, was said before
 */
public record PublishedLog(
    LogPosition published, @Nullable LogPosition found, List<Instant> connections) {
  /** So many links back nothing is delivered again. */
  private static final int REMEMBERED_CONNECTIONS = 8;

  /** How a log does not continue what was published of it. */
  public enum Contradiction {
    /** It ends before the newest record that was published. */
    SET_BACK,
    /** Where that record should be stands another. */
    REWRITTEN,
    /** It is the log of another data folder. */
    OTHER_FOLDER;

    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  public PublishedLog {
    connections =
        List.copyOf(
            connections.subList(
                Math.max(0, connections.size() - REMEMBERED_CONNECTIONS), connections.size()));
  }

  /** The first that is heard of it. */
  static PublishedLog first(LogPosition position, Instant connection) {
    return new PublishedLog(position, null, List.of(connection));
  }

  /** After a status, which may have been delivered before. */
  PublishedLog afterStatus(LogPosition position, Instant connection) {
    int known = connections.indexOf(connection);
    boolean latest = known == connections.size() - 1;
    Optional<Contradiction> against = against(position);
    if (known >= 0 && (!latest || against.equals(Optional.of(Contradiction.SET_BACK)))) {
      return this;
    }
    List<Instant> links = new ArrayList<>(connections);
    if (known < 0) {
      links.add(connection);
    }
    if (against.isPresent()) {
      return new PublishedLog(published, position, links);
    }
    boolean wellAgain = position.equals(published);
    return found == null || wellAgain
        ? new PublishedLog(position, null, links)
        : new PublishedLog(published, found, links);
  }

  /** After an alert, whose head is of when it was decided: only that very record is compared. */
  PublishedLog afterAlert(AuditHead head, Instant alertPublished) {
    LogPosition position = new LogPosition(published.instance(), head);
    boolean inThisLink = !alertPublished.isBefore(connections.get(connections.size() - 1));
    return found == null
            && inThisLink
            && against(position).equals(Optional.of(Contradiction.REWRITTEN))
        ? new PublishedLog(published, position, connections)
        : this;
  }

  /** Somebody has looked into it: what was found counts from now on. */
  PublishedLog acknowledged() {
    return found == null ? this : new PublishedLog(found, null, connections);
  }

  private Optional<Contradiction> against(LogPosition position) {
    if (!position.instance().equals(published.instance())) {
      return Optional.of(Contradiction.OTHER_FOLDER);
    }
    AuditHead head = position.head();
    if (head.sequence() < published.head().sequence()) {
      return Optional.of(Contradiction.SET_BACK);
    }
    return head.sequence() == published.head().sequence() && !head.equals(published.head())
        ? Optional.of(Contradiction.REWRITTEN)
        : Optional.empty();
  }

  /** What is wrong with it; empty when all is well. */
  public Optional<Contradiction> contradiction() {
    return found == null ? Optional.empty() : against(found);
  }

  /** What is wrong with it, in one line; empty when all is well. */
  public Optional<String> line(VanId van) {
    long record = published.head().sequence();
    return contradiction()
        .map(
            kind ->
                switch (kind) {
                  case SET_BACK ->
                      "the audit log of %s was set back: record %d was published, now it ends at %d"
                          .formatted(van, record, end());
                  case REWRITTEN ->
                      "the audit log of %s was rewritten: its record %d is not the one published"
                          .formatted(van, record);
                  case OTHER_FOLDER ->
                      ("%s uses another data folder: its audit log is not the one that was"
                              + " published up to record %d")
                          .formatted(van, record);
                });
  }

  /** Where what does not fit ends. */
  private long end() {
    return found == null ? published.head().sequence() : found.head().sequence();
  }
}
