package org.sightline.edge.fieldtest;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.config.SettingsException;
import org.sightline.edge.config.SettingsReader;
import org.sightline.edge.config.YamlFile;

/**
 * Several field tests that are run one after the other. Paths in the file are relative to it;
 * docs/field-tests.md lists the keys.
 *
 * @param scenarios their files, at least one
 * @param labels CSV file for the scenarios that name none; null for none
 */
public record SuiteSettings(String name, List<Path> scenarios, @Nullable Path labels) {
  private static final String DOCUMENT = "docs/field-tests.md";
  private static final String SCENARIOS = "scenarios";

  public SuiteSettings {
    scenarios = List.copyOf(scenarios);
  }

  private record Keys(
      @Nullable String name, @Nullable List<String> scenarios, @Nullable String labels) {}

  /** Whether a file is one of a suite; whatever else it is, is not judged. */
  public static boolean isSuite(Path file) {
    try {
      return YamlFile.read(file, Map.class, DOCUMENT).containsKey(SCENARIOS);
    } catch (SettingsException e) {
      // Reported when it is read as a scenario.
      return false;
    }
  }

  /**
   * Reads and checks a suite.
   *
   * @throws SettingsException naming the key, if anything is missing or unknown
   */
  public static SuiteSettings read(Path file) throws SettingsException {
    SettingsReader reader = new SettingsReader(file, DOCUMENT);
    Keys keys = reader.keys(Keys.class);
    return new SuiteSettings(
        reader.checked("name", keys.name(), name -> name),
        reader.paths(SCENARIOS, keys.scenarios()),
        reader.optionalPath("labels", keys.labels()));
  }
}
