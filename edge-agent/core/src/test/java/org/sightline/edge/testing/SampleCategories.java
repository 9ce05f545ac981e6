package org.sightline.edge.testing;

import org.sightline.edge.domain.CategoryRule;
import org.sightline.edge.domain.Response;
import org.sightline.edge.domain.Similarity;

/** What officers are to do about whom, as a force may have it. */
public final class SampleCategories {
  /** At once, by two officers. */
  public static final Response RED =
      new Response(
          Response.Colour.RED,
          1,
          "Do not approach alone; call the desk at once",
          "control desk, extension 4410",
          Response.Sound.URGENT,
          true);

  public static final Response AMBER =
      new Response(Response.Colour.AMBER, 3, "Arrest on warrant", null, Response.Sound.SOFT, false);

  public static final Response GREEN =
      new Response(
          Response.Colour.GREEN,
          5,
          "Ask who it is, and no more",
          null,
          Response.Sound.SILENT,
          false);

  private SampleCategories() {}

  /** A rule whose threshold is the deployment's. */
  public static CategoryRule rule(String category, Response response) {
    return new CategoryRule(category, response, null);
  }

  /** A rule with a threshold of its own. */
  public static CategoryRule rule(String category, Response response, double threshold) {
    return new CategoryRule(category, response, new Similarity(threshold));
  }
}
