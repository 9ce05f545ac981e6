package org.sightline.edge.fieldtest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.config.SettingsException;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.models.ModelPacks;

/**
 * Scenarios that are run one after the other.
 *
 * @param together whether they are reported as a suite, or as the one scenario that was given
 */
public record Suite(String name, List<Entry> entries, boolean together) {
  private static final String UNNAMED = "field test";

  public Suite {
    entries = List.copyOf(entries);
  }

  /**
   * A scenario to be run.
   *
   * @param labels for a scenario that names none
   */
  public record Entry(Path file, @Nullable Path labels) {}

  /**
   * The scenarios of files, each of which holds a scenario or a suite.
   *
   * @throws SettingsException if a suite cannot be used; scenarios are not read yet
   */
  public static Suite of(List<Path> files) throws SettingsException {
    List<Entry> entries = new ArrayList<>();
    String name = UNNAMED;
    boolean together = files.size() > 1;
    for (Path file : files) {
      if (SuiteSettings.isSuite(file)) {
        SuiteSettings suite = SuiteSettings.read(file);
        suite.scenarios().forEach(each -> entries.add(new Entry(each, suite.labels())));
        name = files.size() == 1 ? suite.name() : UNNAMED;
        together = true;
      } else {
        entries.add(new Entry(file, null));
      }
    }
    return new Suite(name, entries, together);
  }

  /**
   * Runs all of them; one that cannot be run keeps no other from being run.
   *
   * @param baseline what each is compared with; null for nothing
   * @param each called for each when it has ended
   */
  public List<ScenarioRun> run(
      ModelPacks packs, @Nullable Baseline baseline, Consumer<ScenarioRun> each)
      throws InterruptedException {
    List<ScenarioRun> runs = new ArrayList<>();
    Set<String> folders = new HashSet<>();
    for (Entry entry : entries) {
      ScenarioRun run = run(entry, packs, baseline, folders);
      runs.add(run);
      each.accept(run);
    }
    return runs;
  }

  private static ScenarioRun run(
      Entry entry, ModelPacks packs, @Nullable Baseline baseline, Set<String> folders)
      throws InterruptedException {
    String name = String.valueOf(entry.file().getFileName()).replaceFirst("\\.ya?ml$", "");
    try {
      ScenarioSettings scenario = ScenarioSettings.read(entry.file()).labelledBy(entry.labels());
      name = scenario.name();
      FieldTestReport report = FieldTest.run(scenario, packs);
      String folder = folder(name, folders);
      return new ScenarioRun(
          name,
          entry.file(),
          folder,
          report,
          null,
          baseline == null ? null : baseline.comparedWith(folder, report));
    } catch (SightlineException e) {
      return new ScenarioRun(name, entry.file(), folder(name, folders), null, e, null);
    }
  }

  /** A folder's name that no scenario before has. */
  private static String folder(String name, Set<String> taken) {
    String plain = slug(name);
    String folder = plain;
    for (int i = 2; !taken.add(folder); i++) {
      folder = plain + "-" + i;
    }
    return folder;
  }

  /** Of {@code a-z 0-9 -}: fit for a path and for an id in a page. */
  static String slug(String name) {
    String slug =
        name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    return slug.isEmpty() ? "scenario" : slug;
  }
}
