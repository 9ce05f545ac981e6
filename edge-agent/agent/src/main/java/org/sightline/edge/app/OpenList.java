package org.sightline.edge.app;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.concurrent.ResourceStack;
import org.sightline.edge.deployment.Deployments;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.CategoryPolicy;
import org.sightline.edge.domain.ListNearness;
import org.sightline.edge.domain.ListScale;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Similarity;
import org.sightline.edge.domain.Template;
import org.sightline.edge.match.Gallery;
import org.sightline.edge.match.Threshold;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.record.DeploymentRecord;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.threshold.ThresholdChoice;
import org.sightline.edge.watchlist.StoredWatchlist;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The list, open in memory, with the threshold at which its people are recognised.
 *
 * @param authorised how many entries the list had when it was imported: those who were withdrawn
 *     since lower no threshold
 * @param calibration what the threshold was derived from
 * @param nearness how much its people resemble each other; null where that is not measured
 */
record OpenList(
    ListInMemory list,
    int authorised,
    Calibration calibration,
    Threshold threshold,
    @Nullable ListNearness nearness) {
  private static final Logger LOG = LoggerFactory.getLogger(OpenList.class);

  /** Opens it; closing the parts wipes it. */
  static OpenList open(Authorised start, Networks networks, ResourceStack parts)
      throws SightlineException {
    AgentSettings settings = start.settings();
    Authorisation authorisation = start.authorisation();
    ModelPack manifest = networks.manifest();
    String population = settings.recognition().calibration();
    Deployments deployments = start.device().deployments();
    StoredWatchlist stored = deployments.list(authorisation.deployment());
    ListInMemory list;
    int authorised;
    try {
      OpeningRules.requireList(stored.terms(), settings, manifest, authorisation);
      authorised = stored.entryCount() + deployments.entriesWithdrawn(authorisation.deployment());
      list = parts.add(inMemory(stored, authorised, manifest, population));
    } catch (SightlineException | RuntimeException | Error e) {
      stored.close();
      throw e;
    }
    Gallery gallery = list.gallery();
    ListNearness nearness = reportNearness(gallery, ThresholdChoice.scale(manifest, population));
    Calibration calibration = ThresholdChoice.calibration(manifest, population, gallery.scoring());
    Threshold threshold =
        ThresholdChoice.of(
            calibration,
            manifest.name(),
            settings.recognition().threshold(),
            authorised,
            authorisation.limits().maximumFalseAlertsPer1000Faces(),
            authorisation.limits().thresholdFloor());
    return new OpenList(
        list,
        authorised,
        calibration,
        neverLowered(start, calibration, authorised, threshold),
        nearness);
  }

  /** No settings, calibration or version lowers what has held in this deployment. */
  private static Threshold neverLowered(
      Authorised start, Calibration calibration, int authorised, Threshold chosen)
      throws StoreException {
    Similarity held =
        DeploymentRecord.thresholdOf(start.device().database(), start.authorisation().deployment())
            .orElse(chosen.similarity());
    if (chosen.similarity().reaches(held)) {
      return chosen;
    }
    LOG.warn(
        "The threshold stays at {}, which has held in this deployment, though it would be {} now: it"
            + " may be raised and is never lowered",
        "%.3f".formatted(held.cosine()),
        "%.3f".formatted(chosen.similarity().cosine()));
    return Threshold.at(calibration, authorised, held);
  }

  Gallery gallery() {
    return list.gallery();
  }

  /** What holds for its categories. */
  CategoryPolicy policy() {
    return list.terms().policy();
  }

  /** What the thresholds were not measured on is said before anybody is compared with it. */
  static @Nullable ListNearness reportNearness(Gallery gallery, @Nullable ListScale scale) {
    if (scale == null || gallery.meanNearness().isEmpty()) {
      return null;
    }
    ListNearness nearness = scale.nearnessOf(gallery.meanNearness().getAsDouble());
    if (nearness.isUnusual()) {
      LOG.warn("The list is unlike those that were measured: {}", nearness.warning());
    }
    return nearness;
  }

  private static ListInMemory inMemory(
      StoredWatchlist list, int authorised, ModelPack manifest, @Nullable String population)
      throws SightlineException {
    try (Gallery.Builder builder =
        Gallery.builder(manifest.name(), manifest.embedder().dimension(), list.entryCount())) {
      int[] numbers = new int[list.entryCount()];
      list.forEachNumbered(
          (number, entry) -> {
            numbers[builder.size()] = number;
            builder.add(entry.subject(), entry.category(), entry.templates());
            entry.templates().forEach(Template::close);
          });
      return new ListInMemory(
          builder.build(ThresholdChoice.scale(manifest, population), authorised), list, numbers);
    }
  }
}
