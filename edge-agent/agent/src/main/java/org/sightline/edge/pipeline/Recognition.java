package org.sightline.edge.pipeline;

import org.sightline.edge.alert.AlertSettings;
import org.sightline.edge.alert.RaisedThresholds;
import org.sightline.edge.domain.CategoryPolicy;
import org.sightline.edge.domain.Portraits;
import org.sightline.edge.match.Gallery;

/**
 * Who is looked for, and how.
 *
 * @param engine and gallery stay the caller's to close, after the pipeline
 * @param portraits of the gallery's subjects, asked for one when an alert is raised
 * @param alerts when one is raised
 * @param categories what holds for the categories that the gallery's subjects are listed in
 * @param raised whose thresholds lie higher; may be raised while the pipeline runs
 * @param control takes what is found of control entries
 */
public record Recognition(
    Engine engine,
    Gallery gallery,
    Portraits portraits,
    AlertSettings alerts,
    CategoryPolicy categories,
    RaisedThresholds raised,
    ControlMatches control) {
  /** Of a list without control entries, of whose subjects no threshold is raised. */
  public Recognition(
      Engine engine,
      Gallery gallery,
      Portraits portraits,
      AlertSettings alerts,
      CategoryPolicy categories) {
    this(
        engine,
        gallery,
        portraits,
        alerts,
        categories,
        new RaisedThresholds(),
        ControlMatches.NONE);
  }

  /** Of a list whose categories are words alone. */
  public Recognition(Engine engine, Gallery gallery, Portraits portraits, AlertSettings alerts) {
    this(engine, gallery, portraits, alerts, CategoryPolicy.NONE);
  }
}
