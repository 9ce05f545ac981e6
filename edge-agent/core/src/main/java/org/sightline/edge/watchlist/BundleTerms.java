package org.sightline.edge.watchlist;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import org.sightline.edge.domain.CategoryPolicy;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Similarity;

/**
 * What a list is made for, and what may be shown of it without any key.
 *
 * @param modelPack whose templates it holds
 * @param templateDimension values in each template, 1 to 4096
 * @param listVersion rises with each list made for a deployment; at least 1
 * @param expires first moment at which the list may no longer be used
 * @param rules what holds for the categories that are listed, and whether there are control
 *     entries. What is empty is not written, so that a version which does not know it reads the
 *     list; that version refuses a list that has it
 */
public record BundleTerms(
    DeploymentId deployment,
    String modelPack,
    int modelPackVersion,
    int templateDimension,
    long listVersion,
    Instant created,
    Instant expires,
    SignedRules rules) {
  /** What is in the signed header, in this order and under these names. */
  private record Document(
      DeploymentId deployment,
      String modelPack,
      int modelPackVersion,
      int templateDimension,
      long listVersion,
      Instant created,
      Instant expires,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<SignedPolicy> categories,
      @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<ControlTerms> control) {}

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  private static BundleTerms of(Document document) {
    return new BundleTerms(
        document.deployment,
        document.modelPack,
        document.modelPackVersion,
        document.templateDimension,
        document.listVersion,
        document.created,
        document.expires,
        new SignedRules(document.categories, document.control));
  }

  @JsonValue
  private Document document() {
    return new Document(
        deployment,
        modelPack,
        modelPackVersion,
        templateDimension,
        listVersion,
        created,
        expires,
        rules.categories(),
        rules.control());
  }

  public BundleTerms {
    if (modelPack.isBlank() || templateDimension < 1 || templateDimension > 4096) {
      throw new IllegalArgumentException("a list names its model pack and template dimension");
    }
    if (listVersion < 1) {
      throw new IllegalArgumentException("list versions begin at 1");
    }
    if (!created.isBefore(expires)) {
      throw new IllegalArgumentException("a list is made before it expires");
    }
  }

  /** Of a list whose categories are words alone. */
  public BundleTerms(
      DeploymentId deployment,
      String modelPack,
      int modelPackVersion,
      int templateDimension,
      long listVersion,
      Instant created,
      Instant expires) {
    this(
        deployment,
        modelPack,
        modelPackVersion,
        templateDimension,
        listVersion,
        created,
        expires,
        SignedRules.NONE);
  }

  private BundleTerms with(SignedRules others) {
    return new BundleTerms(
        deployment,
        modelPack,
        modelPackVersion,
        templateDimension,
        listVersion,
        created,
        expires,
        others);
  }

  /** The same with what holds for the categories. */
  public BundleTerms with(CategoryPolicy policy) {
    return with(
        new SignedRules(
            policy.rules().isEmpty() ? Optional.empty() : Optional.of(new SignedPolicy(policy)),
            rules.control()));
  }

  /** The same with control entries. */
  public BundleTerms with(ControlTerms control) {
    return with(new SignedRules(rules.categories(), Optional.of(control)));
  }

  /** What is said of control entries; empty if there are none. */
  public Optional<ControlTerms> control() {
    return rules.control();
  }

  /** Whether an entry of a category is a control entry. */
  public boolean isControl(String category) {
    return rules.control().isPresent() && category.equals(ControlTerms.CATEGORY);
  }

  /** Whether somebody may be listed in a category. A policy need not name control entries. */
  boolean allows(String category) {
    return isControl(category) || policy().allows(category);
  }

  /** What holds for the categories. */
  public CategoryPolicy policy() {
    return rules.categories().map(SignedPolicy::policy).orElse(CategoryPolicy.NONE);
  }

  /**
   * Refuses rules of categories that are not within what was authorised.
   *
   * @param floor below which no alert may be raised
   * @param controlRoom whether the authorisation names one, where two officers judge
   * @param bundle that the list came in, to be named
   */
  public void requireWithin(Similarity floor, boolean controlRoom, Path bundle)
      throws WatchlistException {
    Optional<String> conflict = policy().conflict(floor, controlRoom);
    if (conflict.isPresent()) {
      throw new WatchlistException(new BundleRefusal.NotAuthorised(conflict.get()), bundle);
    }
  }

  /** The last day, UTC, on which the list may be used; each listing is reviewed until then. */
  public LocalDate lastDay() {
    return LocalDate.ofInstant(expires.minusNanos(1), ZoneOffset.UTC);
  }
}
