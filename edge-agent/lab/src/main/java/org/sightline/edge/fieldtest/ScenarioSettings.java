package org.sightline.edge.fieldtest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.AgentSettings.Recognition;
import org.sightline.edge.capture.CameraKeys;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.config.SettingsException;
import org.sightline.edge.config.SettingsReader;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.inference.InferenceDevice;

/**
 * A field test: who is listed, what the cameras see, and which alerts are to come of it. Paths in
 * the file are relative to it; docs/field-tests.md lists the keys.
 *
 * @param recognition as the agent's, but for the threshold, which may be any
 * @param inferenceDevice what the agent's networks run on; the list is enrolled on the CPU
 * @param watchlist who may walk by; empty if nobody but fillers is listed
 * @param fillers pictures of people who do not appear, to make the list longer; null for none
 * @param expected the alerts that are right; any other is a false alert
 */
public record ScenarioSettings(
    String name,
    Recognition recognition,
    InferenceDevice inferenceDevice,
    List<Listed> watchlist,
    @Nullable Fillers fillers,
    List<CameraSettings> cameras,
    List<ExpectedAlert> expected,
    Known known) {
  public ScenarioSettings {
    watchlist = List.copyOf(watchlist);
    cameras = List.copyOf(cameras);
    expected = List.copyOf(expected);
  }

  /** The same with the labels of a suite, unless it has its own. */
  public ScenarioSettings labelledBy(@Nullable Path suiteLabels) {
    return new ScenarioSettings(
        name,
        recognition,
        inferenceDevice,
        watchlist,
        fillers,
        cameras,
        expected,
        new Known(known.truth, known.labels == null ? suiteLabels : known.labels));
  }

  /**
   * What is known beside the scenario itself.
   *
   * @param truth who really walked by, as {@code fieldtest generate} writes it; null if nobody
   *     knows
   * @param labels CSV file that says to which groups the people of a consented test set belong;
   *     null for none
   */
  public record Known(@Nullable Path truth, @Nullable Path labels) {
    public static final Known NOTHING = new Known(null, null);
  }

  /** A listed subject with the pictures to enrol. */
  public record Listed(SubjectRef subject, String category, List<Path> images) {
    public Listed {
      images = List.copyOf(images);
    }
  }

  /**
   * The first {@code count} usable pictures found under a folder, in order of their paths; all of
   * them if there are fewer.
   */
  public record Fillers(Path folder, int count) {}

  /**
   * An alert that has to come, once.
   *
   * @param fromSeconds position in the clip from which on it is right
   * @param toSeconds position until which it is right
   */
  public record ExpectedAlert(
      SubjectRef subject, CameraId camera, double fromSeconds, double toSeconds) {}

  private record Keys(
      @Nullable String name,
      @Nullable String modelPack,
      @Nullable String attackPack,
      @Nullable String calibration,
      @Nullable List<ListedKeys> watchlist,
      @Nullable FillerKeys fillers,
      @Nullable List<CameraKeys> cameras,
      @Nullable Double threshold,
      @Nullable Integer smallestFacePx,
      @Nullable String inferenceDevice,
      @Nullable ExpectKeys expect,
      @Nullable String truth,
      @Nullable String labels) {}

  private record ListedKeys(
      @Nullable String subject, @Nullable String category, @Nullable List<String> images) {}

  private record FillerKeys(@Nullable String folder, @Nullable Integer count) {}

  private record ExpectKeys(@Nullable List<AlertKeys> alerts) {}

  private record AlertKeys(
      @Nullable String subject,
      @Nullable String camera,
      @Nullable Double from,
      @Nullable Double to) {}

  /**
   * Reads and checks a scenario.
   *
   * @throws SettingsException naming the key, if anything is missing, unknown or contradictory
   */
  public static ScenarioSettings read(Path file) throws SettingsException {
    SettingsReader reader = new SettingsReader(file, "docs/field-tests.md");
    Keys keys = reader.keys(Keys.class);
    List<CameraSettings> cameras = CameraKeys.read(reader, keys.cameras());
    List<ListedKeys> listed = keys.watchlist() == null ? List.of() : keys.watchlist();
    if (listed.isEmpty() && keys.fillers() == null) {
      throw reader.missing("watchlist");
    }
    List<Listed> watchlist = watchlist(reader, listed);
    return new ScenarioSettings(
        reader.checked("name", keys.name(), name -> name),
        new Recognition(
            keys.modelPack() == null ? AgentSettings.DEFAULT_MODEL_PACK : keys.modelPack(),
            keys.attackPack(),
            keys.calibration(),
            keys.threshold() == null
                ? null
                : reader.checked("threshold", keys.threshold(), Similarity::new),
            reader.smallestFacePx(keys.smallestFacePx())),
        reader.choice("inferenceDevice", keys.inferenceDevice(), InferenceDevice.CPU),
        watchlist,
        keys.fillers() == null ? null : fillers(reader, keys.fillers()),
        cameras,
        expected(reader, keys.expect(), watchlist, cameras),
        new Known(
            reader.optionalPath("truth", keys.truth()),
            reader.optionalPath("labels", keys.labels())));
  }

  private static List<Listed> watchlist(SettingsReader reader, List<ListedKeys> keys)
      throws SettingsException {
    Set<SubjectRef> seen = new HashSet<>();
    List<Listed> listed = new ArrayList<>();
    for (int i = 0; i < keys.size(); i++) {
      String key = "watchlist[" + i + "]";
      ListedKeys each = keys.get(i);
      SubjectRef subject = reader.checked(key + ".subject", each.subject(), SubjectRef::new);
      if (!seen.add(subject)) {
        throw reader.wrong(key + ".subject", "the subject is listed twice");
      }
      listed.add(
          new Listed(
              subject,
              reader.checked(key + ".category", each.category(), WatchlistEntry::requireCategory),
              reader.paths(key + ".images", each.images())));
    }
    return listed;
  }

  private static Fillers fillers(SettingsReader reader, FillerKeys keys) throws SettingsException {
    Path folder = reader.path("fillers.folder", keys.folder());
    if (keys.count() == null) {
      throw reader.missing("fillers.count");
    }
    return new Fillers(folder, reader.range("fillers.count", keys.count(), 1, 1_000_000, 1));
  }

  private static List<ExpectedAlert> expected(
      SettingsReader reader,
      @Nullable ExpectKeys keys,
      List<Listed> watchlist,
      List<CameraSettings> cameras)
      throws SettingsException {
    if (keys == null || keys.alerts() == null) {
      throw reader.missing("expect.alerts");
    }
    List<ExpectedAlert> expected = new ArrayList<>();
    for (int i = 0; i < keys.alerts().size(); i++) {
      String key = "expect.alerts[" + i + "]";
      AlertKeys each = keys.alerts().get(i);
      SubjectRef subject = reader.checked(key + ".subject", each.subject(), SubjectRef::new);
      CameraId camera = reader.checked(key + ".camera", each.camera(), CameraId::new);
      double from = reader.checked(key + ".from", each.from(), ScenarioSettings::time);
      double to = reader.checked(key + ".to", each.to(), ScenarioSettings::time);
      if (watchlist.stream().noneMatch(listed -> listed.subject().equals(subject))) {
        throw reader.wrong(key + ".subject", "the subject is not on the watchlist above");
      }
      if (cameras.stream().noneMatch(known -> known.id().equals(camera))) {
        throw reader.wrong(key + ".camera", "there is no such camera above");
      }
      if (from > to) {
        throw reader.wrong(key, "'from' is not after 'to'");
      }
      expected.add(new ExpectedAlert(subject, camera, from, to));
    }
    return expected;
  }

  private static double time(double seconds) {
    if (!Double.isFinite(seconds)) {
      throw new IllegalArgumentException("not a time: give a number of seconds");
    }
    return seconds;
  }
}
