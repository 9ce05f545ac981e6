package org.sightline.edge.oversight;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Figures over many deployments. Each box of each deployment counts once, however often a record of
 * it was named: alone, in a merged record, or in both.
 *
 * @param refused files, and records in them, that are in no figure, and why
 * @param unknown what the records do not say, each as a sentence
 */
public record Aggregate(Span span, Group all, By by, List<Refused> refused, List<String> unknown) {
  public Aggregate {
    refused = List.copyOf(refused);
    unknown = List.copyOf(unknown);
  }

  /** When the first of the deployments was opened, and the last one ended; null if unknown. */
  public record Span(@Nullable Instant from, @Nullable Instant until) {}

  /**
   * Records that have something in common.
   *
   * @param name what that is
   * @param deployments how many different ones
   * @param records how many, one of each box of a deployment
   * @param urgent those of them under an urgent authorisation
   */
  public record Group(
      String name, int deployments, int records, MergedRecord.Total total, List<UrgentUse> urgent) {
    public Group {
      urgent = List.copyOf(urgent);
    }
  }

  /** A record of a box whose authorisation is urgent. */
  public record UrgentUse(
      String deployment, String van, @JsonUnwrapped RecordFigures.Urgent urgent) {
    /** In words. */
    public String line() {
      return deployment + ", van " + van + ": " + urgent.line();
    }
  }

  /** The same figures, by what may make a difference to them. */
  public record By(
      List<Group> deployment,
      List<Group> device,
      List<Group> version,
      List<Camera> camera,
      List<Category> category) {
    public By {
      deployment = List.copyOf(deployment);
      device = List.copyOf(device);
      version = List.copyOf(version);
      camera = List.copyOf(camera);
      category = List.copyOf(category);
    }
  }

  /**
   * How often control entries were recognised in one deployment by one camera, at one threshold and
   * setting: rates of different ones are not added.
   *
   * @param device whose camera it is, as in {@link By#device}
   * @param list digest of the bundle
   * @param version software and model pack
   * @param threshold a cosine; null if the record does not say
   */
  public record Camera(
      String deployment,
      String device,
      String camera,
      String list,
      String version,
      @Nullable BigDecimal threshold,
      Rate trueRecognition) {
    /** In words. */
    public String at() {
      return version + (threshold == null ? ", threshold not known" : ", threshold " + threshold);
    }
  }

  /**
   * Alerts of one category of lists.
   *
   * @param alertsPerFaceSeen of all faces seen; null if there was none
   */
  public record Category(String name, long alerts, @Nullable Rate alertsPerFaceSeen) {}

  /** What is in no figure. */
  public record Refused(String file, String why) {}
}
