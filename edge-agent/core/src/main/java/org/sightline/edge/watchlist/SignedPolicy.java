package org.sightline.edge.watchlist;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Optional;
import org.sightline.edge.domain.CategoryPolicy;
import org.sightline.edge.domain.CategoryRule;
import org.sightline.edge.domain.Response;
import org.sightline.edge.domain.Similarity;

/**
 * A policy of categories as it stands in the signed header of a list.
 *
 * @param policy has a rule at least
 */
public record SignedPolicy(CategoryPolicy policy) {
  /**
   * @throws IllegalArgumentException if the policy has no rule
   */
  public SignedPolicy {
    if (policy.rules().isEmpty()) {
      throw new IllegalArgumentException("a policy that is signed has a category");
    }
  }

  /** One category in the signed document, in this order and under these names. */
  private record Document(
      String category,
      String colour,
      int urgency,
      String instruction,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<String> contact,
      String sound,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<Double> threshold,
      String confirmation) {
    static Document of(CategoryRule rule) {
      Response response = rule.response();
      return new Document(
          rule.category(),
          response.colour().word(),
          response.urgency(),
          response.instruction(),
          Optional.ofNullable(response.contact()),
          response.sound().word(),
          Optional.ofNullable(rule.threshold()).map(Similarity::cosine),
          response.confirmation());
    }

    CategoryRule rule() {
      return new CategoryRule(
          category,
          new Response(
              Response.Colour.of(colour),
              urgency,
              instruction,
              contact.orElse(null),
              Response.Sound.of(sound),
              Response.isOfTwoOfficers(confirmation)),
          threshold.map(Similarity::new).orElse(null));
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  private static SignedPolicy of(List<Document> categories) {
    return new SignedPolicy(new CategoryPolicy(categories.stream().map(Document::rule).toList()));
  }

  @JsonValue
  private List<Document> documents() {
    return policy.rules().stream().map(Document::of).toList();
  }
}
