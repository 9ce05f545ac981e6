package org.sightline.edge.domain;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What holds for the categories of a list, as the authority that signs the list has it. Immutable.
 *
 * @param rules none, if the list has no policy; else one for each category, at most {@value
 *     #MOST_CATEGORIES}
 */
public record CategoryPolicy(List<CategoryRule> rules) {
  public static final int MOST_CATEGORIES = 16;

  /** Of a list whose categories are words alone. */
  public static final CategoryPolicy NONE = new CategoryPolicy(List.of());

  /**
   * @throws IllegalArgumentException if there are too many rules, or two of one category
   */
  public CategoryPolicy {
    rules = List.copyOf(rules);
    if (rules.size() > MOST_CATEGORIES) {
      throw new IllegalArgumentException("a policy has at most " + MOST_CATEGORIES + " categories");
    }
    Set<String> named = new HashSet<>();
    for (CategoryRule rule : rules) {
      if (!named.add(rule.category())) {
        throw new IllegalArgumentException("the category '" + rule.category() + "' is there twice");
      }
    }
  }

  /** Whether somebody may be listed in a category: it has a rule, or none has. */
  public boolean allows(String category) {
    return rules.isEmpty() || rule(category) != null;
  }

  /** What officers are to do about an alert of a category; null if there is no policy. */
  public @Nullable Response response(String category) {
    CategoryRule rule = rule(category);
    return rule == null ? null : rule.response();
  }

  /** The threshold for a category: its own or the deployment's, whichever is higher. */
  public Similarity threshold(String category, Similarity ofDeployment) {
    CategoryRule rule = rule(category);
    Similarity own = rule == null ? null : rule.threshold();
    return own == null || ofDeployment.reaches(own) ? ofDeployment : own;
  }

  /**
   * What an authorisation does not allow of it, in one line; empty if it allows all.
   *
   * @param floor below which no alert may be raised
   * @param controlRoom whether the authorisation names a control room, where two officers judge
   */
  public Optional<String> conflict(Similarity floor, boolean controlRoom) {
    for (CategoryRule rule : rules) {
      Similarity threshold = rule.threshold();
      if (threshold != null && !threshold.reaches(floor)) {
        return Optional.of(
            "the threshold of the category '%s', %s, lies below the authorised floor of %s"
                .formatted(rule.category(), threshold.cosine(), floor.cosine()));
      }
      if (rule.response().twoOfficers() && !controlRoom) {
        return Optional.of(
            "the category '%s' needs two officers, who judge in a control room, and none is named"
                .formatted(rule.category()));
      }
    }
    return Optional.empty();
  }

  private @Nullable CategoryRule rule(String category) {
    for (CategoryRule rule : rules) {
      if (rule.category().equals(category)) {
        return rule;
      }
    }
    return null;
  }
}
