package org.sightline.edge.domain;

import java.util.List;

/**
 * One listed subject.
 *
 * @param category why the subject is listed, as the authorisation words it; see {@link
 *     #requireCategory}
 * @param templates at least one, all of one model pack
 * @param portrait the picture shown beside the probe in an alert
 */
public record WatchlistEntry(
    SubjectRef subject, String category, List<Template> templates, Jpeg portrait) {
  public WatchlistEntry {
    requireCategory(category);
    templates = List.copyOf(templates);
    if (templates.isEmpty()) {
      throw new IllegalArgumentException("a watchlist entry has a template");
    }
  }

  /**
   * A category as it was given.
   *
   * @throws IllegalArgumentException if it has a control character: it is shown on terminals
   */
  public static String requireCategory(String category) {
    if (category.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("a category is one line");
    }
    return category;
  }
}
