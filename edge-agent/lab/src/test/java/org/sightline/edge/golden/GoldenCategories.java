package org.sightline.edge.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.domain.CategoryPolicy;
import org.sightline.edge.domain.CategoryRule;
import org.sightline.edge.domain.Response;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.watchlist.BundleTerms;

/** How the golden files of a list with a policy of categories were made, and what is in them. */
final class GoldenCategories {
  static final String LIST = "watchlist-with-categories.v1.bundle";
  static final String ALERT = "alert-with-response.v1.json";
  static final String SEALED_ALERT = "alert-with-response-sealed.v1.json";

  static final CategoryRule RULE =
      new CategoryRule(
          "wanted – é",
          new Response(
              Response.Colour.RED,
              1,
              "Do not approach alone – call the desk",
              "control desk, extension 4410",
              Response.Sound.URGENT,
              true),
          new Similarity(0.625));

  static final CategoryPolicy POLICY =
      new CategoryPolicy(
          List.of(
              RULE,
              new CategoryRule(
                  "missing",
                  new Response(
                      Response.Colour.GREEN,
                      9,
                      "Ask who it is, and no more",
                      null,
                      Response.Sound.SILENT,
                      false),
                  null)));

  private GoldenCategories() {}

  static BundleTerms terms() {
    return GoldenMaker.terms().with(POLICY);
  }

  /** Writes all to a folder. */
  static void make(Path folder, ControlRoomIdentity room) throws Exception {
    GoldenMaker.bundle(folder.resolve(LIST), terms());
    AlertTerms sealed = AlertTerms.DEFAULT.sealedFor(room);
    Files.write(
        folder.resolve(ALERT),
        GoldenMaker.event(
            GoldenMaker.sample().category(RULE.category()).response(RULE.response()).build(),
            AlertTerms.DEFAULT,
            DeploymentClass.EXERCISE));
    Files.write(
        folder.resolve(SEALED_ALERT),
        GoldenMaker.event(
            GoldenMaker.sample().category(RULE.category()).response(RULE.response()).build(),
            sealed,
            DeploymentClass.LIVE));
  }
}
