package org.sightline.edge.domain;

import org.jspecify.annotations.Nullable;

/**
 * What holds for all who are listed in one category.
 *
 * @param category as the entries of the list have it, a {@link ShownText#CATEGORY}
 * @param response what officers are to do about an alert
 * @param threshold that an alert has to reach beside the deployment's; null for none. It raises the
 *     deployment's and never lowers it
 */
public record CategoryRule(String category, Response response, @Nullable Similarity threshold) {
  /**
   * @throws IllegalArgumentException if the category may not be shown
   */
  public CategoryRule {
    ShownText.CATEGORY.require(category);
  }
}
