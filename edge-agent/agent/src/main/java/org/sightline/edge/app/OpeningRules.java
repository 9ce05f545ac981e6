package org.sightline.edge.app;

import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.threshold.ThresholdChoice;
import org.sightline.edge.watchlist.BundleTerms;

/**
 * What has to agree, beyond the authority itself, before cameras are opened: the settings, the
 * model pack and the list with what was authorised. Asked by the agent, and by those who want to
 * know beforehand whether it would start.
 */
public final class OpeningRules {
  private OpeningRules() {}

  /**
   * The cameras are those that were authorised, and what the authorisation seals for a control room
   * does not go out beside it.
   *
   * @throws SightlineException if that is not so
   */
  public static void requireSettings(AgentSettings settings, Authorisation authorisation)
      throws SightlineException {
    CameraRules.require(settings, authorisation);
    if (settings.broker().onvif()
        && authorisation.alerts().controlRoom().isPresent()
        && !authorisation.alerts().permitsOnvifEvents()) {
      throw new SightlineException(
          ErrorKind.REFUSED,
          "the authorisation permits no ONVIF events beside alerts that are sealed",
          settings.deployment().authorisation().toString(),
          "set broker.onvif to false, or have them permitted (deployment authorise --onvif-events)");
    }
  }

  /**
   * The list is of this model pack, its categories stay within what was authorised, and a live
   * deployment derives its threshold from the pack's own calibration.
   *
   * @throws SightlineException if that is not so
   */
  public static void requireList(
      BundleTerms list, AgentSettings settings, ModelPack manifest, Authorisation authorisation)
      throws SightlineException {
    requireOf(manifest, list);
    // Again after the import: another authorisation may have come for the same list.
    list.requireWithin(
        authorisation.limits().thresholdFloor(),
        authorisation.alerts().controlRoom().isPresent(),
        settings.deployment().watchlist());
    requireControlEntries(list, settings, authorisation);
    requireCalibrationForLive(manifest, settings, authorisation);
  }

  /** Where nobody can walk no camera could ever raise an alert. */
  private static void requireControlEntries(
      BundleTerms list, AgentSettings settings, Authorisation authorisation)
      throws SightlineException {
    if (authorisation.limits().recognition().isPresent() && list.control().isEmpty()) {
      throw new SightlineException(
          ErrorKind.REFUSED,
          "the authorisation asks for a lowest recognition rate, and the list has no control entries",
          settings.deployment().authorisation().toString(),
          "build the list with control entries (watchlist build --control), and authorise that");
    }
  }

  /** Templates of another version of the pack lie elsewhere: nobody would be recognised by them. */
  private static void requireOf(ModelPack manifest, BundleTerms list) throws SightlineException {
    if (!list.modelPack().equals(manifest.name())
        || list.modelPackVersion() != manifest.version()) {
      throw new SightlineException(
          ErrorKind.REFUSED,
          "the list was made for another model pack: %s version %d, and not %s version %d"
              .formatted(
                  list.modelPack(), list.modelPackVersion(), manifest.name(), manifest.version()),
          "deployment " + list.deployment(),
          "build the list again with the pack of this version, and import it");
    }
  }

  /** The rate that was authorised is held by the pack's own calibration, not by one of choice. */
  private static void requireCalibrationForLive(
      ModelPack manifest, AgentSettings settings, Authorisation authorisation)
      throws SightlineException {
    if (authorisation.deploymentClass() != DeploymentClass.LIVE) {
      return;
    }
    String chosen = settings.recognition().calibration();
    if (!ThresholdChoice.isOwn(manifest, chosen)) {
      throw new SightlineException(
          ErrorKind.REFUSED,
          chosen == null
              ? "the model pack has no calibration, so that no rate of false alerts can be held"
              : "the settings choose another calibration than the model pack's own",
          "a live deployment with " + manifest.name(),
          chosen == null ? "use a pack that has one" : "leave calibration out of the settings");
    }
  }
}
