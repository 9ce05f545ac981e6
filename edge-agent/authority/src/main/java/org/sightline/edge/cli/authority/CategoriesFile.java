package org.sightline.edge.cli.authority;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.config.SettingsException;
import org.sightline.edge.config.SettingsReader;
import org.sightline.edge.domain.CategoryPolicy;
import org.sightline.edge.domain.CategoryRule;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.Response;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.enrol.PictureList.Subject;
import org.sightline.edge.watchlist.ControlTerms;

/** What holds for the categories of a list, as the maker of the list writes it. */
public final class CategoriesFile {
  private static final String DOCUMENT = "docs/categories.md";

  private final Path file;
  private final CategoryPolicy policy;

  private CategoriesFile(Path file, CategoryPolicy policy) {
    this.file = file;
    this.policy = policy;
  }

  /** The keys of the file. */
  private record Keys(@Nullable List<CategoryKeys> categories) {}

  /** The keys of one category. */
  private record CategoryKeys(
      @Nullable String category,
      @Nullable String colour,
      @Nullable Integer urgency,
      @Nullable String instruction,
      @Nullable String contact,
      @Nullable String sound,
      @Nullable Double threshold,
      @Nullable String confirmation) {}

  /**
   * Reads it.
   *
   * @throws SettingsException if a key is missing, or its value is none that can be
   */
  public static CategoriesFile read(Path file) throws SettingsException {
    SettingsReader reader = new SettingsReader(file, DOCUMENT);
    List<CategoryKeys> all = reader.keys(Keys.class).categories();
    if (all == null || all.isEmpty()) {
      throw reader.missing("categories");
    }
    List<CategoryRule> rules = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      rules.add(rule(reader, "categories[" + i + "]", all.get(i)));
    }
    try {
      return new CategoriesFile(file, new CategoryPolicy(rules));
    } catch (IllegalArgumentException e) {
      throw reader.wrong("categories", e.getMessage());
    }
  }

  private static CategoryRule rule(SettingsReader reader, String at, CategoryKeys keys)
      throws SettingsException {
    String category = reader.checked(at + ".category", keys.category(), text -> text);
    Response.Colour colour = reader.checked(at + ".colour", keys.colour(), Response.Colour::of);
    int urgency = reader.checked(at + ".urgency", keys.urgency(), number -> number);
    String instruction = reader.checked(at + ".instruction", keys.instruction(), text -> text);
    Response.Sound sound = reader.checked(at + ".sound", keys.sound(), Response.Sound::of);
    boolean twoOfficers =
        reader.checked(at + ".confirmation", keys.confirmation(), Response::isOfTwoOfficers);
    Similarity threshold =
        keys.threshold() == null
            ? null
            : reader.checked(at + ".threshold", keys.threshold(), Similarity::new);
    return reader.checked(
        at,
        keys,
        whole ->
            new CategoryRule(
                category,
                new Response(colour, urgency, instruction, whole.contact(), sound, twoOfficers),
                threshold));
  }

  /** All that is in it. */
  public CategoryPolicy policy() {
    return policy;
  }

  /** Refuses a list with somebody in a category that the policy does not name. */
  void requireAllNamed(Collection<Subject> list) throws SightlineException {
    for (Subject subject : list) {
      String category = subject.listing().category();
      if (!policy.allows(category) && !category.equals(ControlTerms.CATEGORY)) {
        throw new SightlineException(
            ErrorKind.UNUSABLE_INPUT,
            "%s is listed as '%s', a category that is not named there"
                .formatted(subject.subject(), category),
            file.toString(),
            "name it there, or correct the list");
      }
    }
  }
}
