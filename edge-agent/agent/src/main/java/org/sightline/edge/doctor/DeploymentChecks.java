package org.sightline.edge.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.app.Device;
import org.sightline.edge.app.OpeningRules;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.AuthorisationStatus;
import org.sightline.edge.deployment.DeploymentState;
import org.sightline.edge.deployment.DeploymentStatus;
import org.sightline.edge.domain.Calibration;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.match.Threshold;
import org.sightline.edge.models.ModelPack;
import org.sightline.edge.threshold.ThresholdChoice;
import org.sightline.edge.watchlist.StoredWatchlist;

/** What is authorised, and the list, as far as they are there: neither is needed. */
final class DeploymentChecks {
  private static final String AUTHORISATION = "authorisation";
  private static final String LIST = "watchlist";

  private DeploymentChecks() {}

  static List<Check> of(AgentSettings settings, Clock wall) {
    return List.of(new Check("deployment", () -> deployment(settings, wall)));
  }

  private static List<Finding> deployment(AgentSettings settings, Clock wall)
      throws SightlineException {
    Optional<Finding> unusable = BoxData.unusable(settings);
    if (unusable.isPresent()) {
      return List.of(unusable.get());
    }
    List<Finding> findings = new ArrayList<>();
    try (Device box = Device.open(settings, wall)) {
      findings.add(clock(box));
      box.deployments()
          .alarms()
          .forEach(
              alarm ->
                  findings.add(Finding.bad("alarm", alarm, "see docs/troubleshooting.md#alarms")));
      findings.addAll(authority(box));
      findings.addAll(pause(box));
    }
    return findings;
  }

  private static List<Finding> pause(Device box) throws SightlineException {
    List<Finding> findings = new ArrayList<>();
    for (DeploymentStatus status : box.deployments().all()) {
      box.deployments()
          .pauses()
          .current(status.deployment())
          .ifPresent(
              pause ->
                  findings.add(
                      Finding.look(
                          "pause",
                          "%s since %s (%s)"
                              .formatted(status.deployment(), pause.since(), pause.reason().word()),
                          "none",
                          "sightline deployment resume")));
    }
    return findings;
  }

  private static Finding clock(Device box) {
    Duration behind = box.clock().wallClockBehind();
    return Finding.held(
        "device time",
        behind.isZero(),
        Verdict.BAD,
        new Finding.Measured(
            behind.isZero()
                ? box.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString()
                : "the wall clock is %d s behind the latest time seen here"
                    .formatted(behind.toSeconds()),
            "never back"),
        "set the clock right; until then the latest time seen counts");
  }

  private static List<Finding> authority(Device box) throws SightlineException {
    AgentSettings settings = box.settings();
    Path file = settings.deployment().authorisation();
    if (!Files.exists(file)) {
      return List.of(
          Finding.untested(AUTHORISATION, "there is none: " + file),
          Finding.untested(LIST, "it belongs to an authorisation"));
    }
    AuthorisationStatus status = box.deployments().permission(file, box.pack());
    if (status instanceof AuthorisationStatus.Refused refused) {
      return List.of(
          Finding.bad(AUTHORISATION, refused.refusal().line(), refused.refusal().remedy()),
          Finding.untested(LIST, "it belongs to an authorisation"));
    }
    Authorisation authorisation = status.authorised().orElseThrow();
    OpeningRules.requireSettings(settings, authorisation);
    Optional<DeploymentStatus> list =
        box.deployments().all().stream()
            .filter(each -> each.deployment().equals(authorisation.deployment()))
            .findFirst();
    return List.of(
        authorised(status, authorisation),
        list.map(each -> list(box, authorisation, each))
            .orElseGet(() -> notImported(settings.deployment().watchlist())));
  }

  /** When what is authorised ends; empty where nothing is, or it is not known. */
  static Optional<Instant> end(AgentSettings settings, Clock wall) {
    if (BoxData.unusable(settings).isPresent()) {
      return Optional.empty();
    }
    try (Device box = Device.open(settings, wall)) {
      return box.deployments()
          .permission(settings.deployment().authorisation(), box.pack())
          .authorised()
          .map(each -> each.period().end());
    } catch (SightlineException e) {
      return Optional.empty();
    }
  }

  private static Finding authorised(AuthorisationStatus status, Authorisation authorisation) {
    boolean later = status instanceof AuthorisationStatus.Pending;
    Instant until =
        status instanceof AuthorisationStatus.Permitted permitted
            ? permitted.until()
            : ((AuthorisationStatus.Pending) status).until();
    Instant start = authorisation.period().start();
    String period =
        "%s, %s, from %s until %s%s"
            .formatted(
                authorisation.deployment(),
                authorisation.deploymentClass().word(),
                start,
                until,
                until.isBefore(authorisation.period().end())
                    ? " unless a second authority confirms it"
                    : "");
    return later
        ? Finding.look(
            AUTHORISATION, period, "begun", "nothing is wrong: cameras open at its start")
        : Finding.good(AUTHORISATION, period);
  }

  private static Finding notImported(Path bundle) {
    return Files.exists(bundle)
        ? Finding.look(
            LIST,
            "not imported yet: " + bundle,
            "imported",
            "sightline watchlist import, then deployment open")
        : Finding.look(LIST, "there is no " + bundle, "there", "put it there and import it");
  }

  private static Finding list(Device box, Authorisation authorisation, DeploymentStatus status) {
    String state =
        "%d entries, %s, until %s"
            .formatted(status.list().entries(), status.state().word(), status.firstEnd());
    if (status.state() != DeploymentState.OPEN && status.state() != DeploymentState.AUTHORISED) {
      return Finding.bad(
          LIST, state, "this deployment is over; another needs an authorisation of its own");
    }
    try {
      try (StoredWatchlist stored = box.deployments().list(authorisation.deployment())) {
        OpeningRules.requireList(stored.terms(), box.settings(), box.manifest(), authorisation);
      }
      String promise = promise(box, authorisation, status.list().entries());
      return status.state() == DeploymentState.OPEN
          ? Finding.good(LIST, state + ", " + promise)
          : Finding.look(LIST, state + ", " + promise, "open", "sightline deployment open");
    } catch (SightlineException e) {
      return Finding.of(LIST, e);
    }
  }

  /** The threshold that the list would be opened with, and what it promises. */
  private static String promise(Device box, Authorisation authorisation, int entries)
      throws SightlineException {
    ModelPack pack = box.manifest();
    @Nullable String population = box.settings().recognition().calibration();
    Calibration calibration =
        ThresholdChoice.calibration(
            pack, population, ThresholdChoice.scoring(pack, population, entries));
    Threshold threshold =
        ThresholdChoice.of(
            calibration,
            pack.name(),
            box.settings().recognition().threshold(),
            entries,
            authorisation.limits().maximumFalseAlertsPer1000Faces(),
            authorisation.limits().thresholdFloor());
    return Double.isNaN(threshold.expectedFalseAlertsPerThousandFaces())
        ? String.format(
            Locale.ROOT,
            "threshold %.3f, of which nothing is promised: the pack has no calibration",
            threshold.similarity().cosine())
        : String.format(
            Locale.ROOT,
            "threshold %.3f, which promises %.2g false alerts per 1,000 people (95 %%: %.2g to"
                + " %.2g); %s",
            threshold.similarity().cosine(),
            threshold.expectedFalseAlertsPerThousandFaces(),
            threshold.lower95(),
            threshold.upper95(),
            ThresholdChoice.notPromised(calibration.scoring()));
  }
}
