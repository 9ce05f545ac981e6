package org.sightline.edge.domain;

import java.util.List;

/**
 * One listed subject.
 *
 * @param category why the subject is listed, as the authorisation words it
 * @param templates at least one, all of one model pack
 * @param portrait the picture shown beside the probe in an alert
 */
public record WatchlistEntry(
    SubjectRef subject, String category, List<Template> templates, Jpeg portrait) {
  public WatchlistEntry {
    templates = List.copyOf(templates);
    if (templates.isEmpty()) {
      throw new IllegalArgumentException("a watchlist entry has a template");
    }
  }
}
