package org.sightline.edge.fieldtest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.fieldtest.FieldTestReport.Percentiles;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An earlier report of a scenario or a suite, to compare with.
 *
 * <p>Pass by pass where both have the pass: one that was alerted and is no more is worse, and so is
 * a false alert about a subject at a camera that has no counterpart within two seconds. Where the
 * passes are not the same, a TPIR below the earlier one's 95 % interval is worse too. A scenario of
 * the baseline that a suite no longer runs is worse. Latency is reported, and never worse: it is
 * the machine's.
 */
public final class Baseline {
  /** As long as a track is kept alive: the same alert may come that much earlier or later. */
  private static final double SAME_ALERT_SECONDS = 2;

  private static final JsonMapper JSON = JsonMapper.shared();

  private final Map<String, JsonNode> byFolder;

  private Baseline(Map<String, JsonNode> byFolder) {
    this.byFolder = byFolder;
  }

  /**
   * Reads a {@code report.json}, or a {@code suite.json} with the reports beside it.
   *
   * @throws SightlineException if it is neither, or of an older version
   */
  public static Baseline read(Path file) throws SightlineException {
    JsonNode report = json(file);
    if (!report.has("suite")) {
      return new Baseline(
          Map.of(Suite.slug(report.path("scenario").asString("")), usable(report, file)));
    }
    Map<String, JsonNode> byFolder = new HashMap<>();
    for (JsonNode line : report.path("scenarios")) {
      String folder = line.path("folder").asString("");
      if (line.path("notRun").isNull()) {
        Path of = file.resolveSibling(folder).resolve("report.json");
        byFolder.put(folder, usable(json(of), of));
      }
    }
    return new Baseline(byFolder);
  }

  private static JsonNode json(Path file) throws SightlineException {
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "the baseline cannot be read",
          file.toString(),
          "name a report.json or suite.json",
          e);
    } catch (JacksonException e) {
      throw unusable(file, e);
    }
  }

  private static JsonNode usable(JsonNode report, Path file) throws SightlineException {
    if (!report.path("passes").isArray() || !report.path("unexpected").isArray()) {
      throw unusable(file, null);
    }
    return report;
  }

  private static SightlineException unusable(Path file, @Nullable Throwable cause) {
    return new SightlineException(
        ErrorKind.UNUSABLE_INPUT,
        "the baseline is not a report that can be compared",
        file.toString(),
        "make it with this version: fieldtest run ... --report DIR",
        cause);
  }

  /**
   * What got worse, and what is different.
   *
   * @param folder of the scenario's report
   */
  Comparison comparedWith(String folder, FieldTestReport now) {
    JsonNode before = byFolder.get(folder);
    return before == null ? Comparison.withNothing() : compare(before, now);
  }

  /**
   * The scenarios that it has and that were not run, by the names of their folders: what is no
   * longer run is no longer known to be as good.
   */
  public List<String> notAmong(List<ScenarioRun> runs) {
    Set<String> run = runs.stream().map(ScenarioRun::folder).collect(Collectors.toSet());
    return byFolder.keySet().stream().filter(folder -> !run.contains(folder)).sorted().toList();
  }

  private static Comparison compare(JsonNode before, FieldTestReport now) {
    List<String> worse = new ArrayList<>();
    List<String> different = new ArrayList<>();
    Map<String, Boolean> alerted = new HashMap<>();
    for (JsonNode pass : before.path("passes")) {
      alerted.put(key(pass), pass.path("alertSeconds").isNumber());
    }
    int unknown = 0;
    for (ExpectedPass pass : now.lists().passes()) {
      Boolean was = alerted.remove(key(pass));
      if (was == null) {
        unknown++;
      } else if (was && !pass.alerted()) {
        worse.add(
            line(
                "no alert any more: %s at %s, %.2f to %.2f s",
                pass.subject(),
                pass.camera(),
                pass.window().fromSeconds(),
                pass.window().toSeconds()));
      } else if (!was && pass.alerted()) {
        different.add(line("alerted now: %s at %s", pass.subject(), pass.camera()));
      }
    }
    newFalseAlerts(before, now, worse);
    if (unknown + alerted.size() > 0) {
      different.add(line("passes that only one of the two has: %d", unknown + alerted.size()));
      lowerTpir(before, now, worse);
    }
    list(before, now, different);
    latency(before, now, different);
    return new Comparison(true, worse, different);
  }

  private static void newFalseAlerts(JsonNode before, FieldTestReport now, List<String> worse) {
    List<JsonNode> old = new ArrayList<>();
    before.path("unexpected").forEach(old::add);
    for (RaisedAlert alert : now.lists().unexpected()) {
      JsonNode same =
          old.stream()
              .filter(
                  each ->
                      each.at("/subject/value").asString("").equals(alert.subject().value())
                          && each.at("/camera/value").asString("").equals(alert.camera().value())
                          && Math.abs(each.path("seconds").asDouble(-1) - alert.seconds())
                              <= SAME_ALERT_SECONDS)
              .findFirst()
              .orElse(null);
      if (same == null) {
        worse.add(
            line(
                "new false alert: %s at %s, %.2f s, similarity %.3f",
                alert.subject(), alert.camera(), alert.seconds(), alert.similarity()));
      } else {
        old.remove(same);
      }
    }
  }

  private static void lowerTpir(JsonNode before, FieldTestReport now, List<String> worse) {
    JsonNode lower = before.at("/tpirInterval/lower95");
    Double tpir = now.score().shares().tpir();
    if (tpir != null && lower.isNumber() && tpir < lower.asDouble()) {
      worse.add(
          line(
              "TPIR %.3f, below the interval of the baseline's %.3f, which begins at %.3f",
              tpir, before.path("tpir").asDouble(), lower.asDouble()));
    }
  }

  /** Another list is another test: it explains what else is different. */
  private static void list(JsonNode before, FieldTestReport now, List<String> different) {
    int entries = before.path("galleryEntries").asInt(now.search().galleryEntries());
    if (entries != now.search().galleryEntries()) {
      different.add(line("listed: %d, was %d", now.search().galleryEntries(), entries));
    }
    Set<String> refused = new HashSet<>();
    before.path("refusedPictures").forEach(each -> refused.add(each.asString("")));
    now.lists().refusedPictures().stream()
        .filter(each -> !refused.contains(each))
        // Of fillers, their number says enough.
        .filter(each -> !each.startsWith(ListOfScenario.FILLER_CATEGORY + ":"))
        .forEach(each -> different.add("not enrolled now: " + each));
  }

  private static void latency(JsonNode before, FieldTestReport now, List<String> different) {
    JsonNode old = before.at("/captureToReceiverMillis/p95");
    Percentiles millis = now.speed().latency().captureToReceiverMillis();
    if (millis != null && old.isNumber()) {
      different.add(
          line("capture to receiver, p95: %.0f ms, was %.0f ms", millis.p95(), old.asDouble()));
    }
  }

  private static String key(ExpectedPass pass) {
    return key(
        pass.subject().value(),
        pass.camera().value(),
        pass.window().fromSeconds(),
        pass.window().toSeconds());
  }

  private static String key(JsonNode pass) {
    return key(
        pass.at("/subject/value").asString(""),
        pass.at("/camera/value").asString(""),
        pass.path("fromSeconds").asDouble(-1),
        pass.path("toSeconds").asDouble(-1));
  }

  private static String key(String subject, String camera, double from, double to) {
    return line("%s %s %.3f %.3f", subject, camera, from, to);
  }

  private static String line(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}
