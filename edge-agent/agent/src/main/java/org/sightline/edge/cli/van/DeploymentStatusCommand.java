package org.sightline.edge.cli.van;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.Device;
import org.sightline.edge.app.WalkAnnouncer;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.cli.JsonOutput;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.deployment.DeploymentStatus;
import org.sightline.edge.deployment.Deployments;
import org.sightline.edge.deployment.Pause;
import org.sightline.edge.deployment.UrgentAuthorisation;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.outbox.WaitingAlerts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code deployment status}. */
@Command(
    name = "status",
    description = {
      "Shows the state of this device's deployments, whether capture is permitted now, and how many"
          + " alerts wait for the broker."
    },
    exitCodeList = {
      "0:there is no alarm",
      "1:there is an alarm: a list that could not be destroyed"
    },
    footer = {"", "Example: sightline deployment status --config /etc/sightline/agent.yaml"})
final class DeploymentStatusCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DeviceOptions device;

  @Option(names = "--json", description = "Print JSON; see docs/results.md.")
  private boolean json;

  /** What {@code --json} prints. */
  record Output(
      @JsonUnwrapped Capture capture,
      @JsonUnwrapped Time time,
      String instance,
      List<String> alarms,
      @JsonUnwrapped Waiting waiting,
      List<Known> deployments) {}

  /**
   * Whether there may be capture now.
   *
   * @param reason why not; null if there may
   * @param permits what is authorised beyond what every alert says, while there may be capture
   * @param alertsAt whether each camera may raise alerts, while there may be capture and a lowest
   *     recognition rate is authorised
   */
  record Capture(
      boolean captureNow, @Nullable String reason, List<String> permits, List<String> alertsAt) {}

  /** What time it is by this device. */
  record Time(String deviceTime, long wallClockBehindSeconds) {}

  /** Alerts that the broker has not got. */
  record Waiting(int alertsWaiting, @Nullable String alertsWaitUntil) {}

  /** One deployment; digests in full. */
  record Known(
      String deployment,
      String state,
      @JsonUnwrapped Times times,
      @JsonUnwrapped ListHere list,
      String authorisationDigest,
      @JsonUnwrapped End end,
      @JsonUnwrapped Notes notes) {
    static Known of(DeploymentStatus status, int withdrawn, Notes notes) {
      DeploymentStatus.End end = status.end();
      return new Known(
          status.deployment().value(),
          status.state().word(),
          new Times(
              status.since().toString(), status.ends().toString(), status.listExpires().toString()),
          new ListHere(
              status.list().entries(),
              withdrawn,
              status.list().version(),
              status.list().digest().hex()),
          status.authorisation().hex(),
          new End(end == null ? null : end.reason().word(), end == null ? null : end.by()),
          notes);
    }
  }

  /**
   * What is particular about a deployment.
   *
   * @param paused null while capture is not interrupted
   * @param urgent null unless its authorisation is urgent
   * @param keyLapses when it ends before its time, because that of a key is over which it rests on;
   *     null if no such key is known
   */
  record Notes(@Nullable Paused paused, @Nullable Urgent urgent, @Nullable String keyLapses) {
    static Notes of(
        Optional<Pause> pause,
        Optional<UrgentAuthorisation> urgent,
        Optional<Instant> keyLapses,
        Instant now) {
      return new Notes(
          pause
              .map(each -> new Paused(each.since().toString(), each.reason().word(), each.by()))
              .orElse(null),
          urgent.map(each -> Urgent.of(each, now)).orElse(null),
          keyLapses.map(Instant::toString).orElse(null));
    }
  }

  /**
   * That an authorisation was signed by one authority alone, because it could not wait.
   *
   * @param reason empty once it is refused
   * @param confirmedAt null until another authority has confirmed it
   * @param refusedAt null until another authority has refused it
   */
  record Urgent(
      String reason,
      String signedBy,
      String lapses,
      @Nullable String confirmedBy,
      @Nullable String confirmedAt,
      @Nullable String refusedAt,
      @JsonIgnore String line) {
    static Urgent of(UrgentAuthorisation urgent, Instant now) {
      UrgentAuthorisation.Ruled confirmed = urgent.confirmed();
      return new Urgent(
          urgent.reason(),
          urgent.signer().hex(),
          urgent.lapses().toString(),
          confirmed == null ? null : confirmed.by().hex(),
          confirmed == null ? null : confirmed.at().toString(),
          urgent.refused() == null ? null : urgent.refused().at().toString(),
          urgent.line(now));
    }
  }

  /** That capture is interrupted. */
  record Paused(String since, String reason, String by) {}

  /** Since when a deployment stands where it does, and until when it may. */
  record Times(String since, String ends, String listExpires) {}

  /** The list of a deployment. */
  record ListHere(int entries, int entriesWithdrawn, long listVersion, String listDigest) {}

  /** How a deployment came to be over; nulls while it is not. */
  record End(@Nullable String endReason, @Nullable String endedBy) {}

  @Override
  public Integer call() throws SightlineException {
    Output output;
    WaitingAlerts waiting;
    try (Device box = device.open()) {
      box.applyFiles();
      Duration behind = box.clock().wallClockBehind();
      Capture capture = capture(box);
      waiting = box.waitingAlerts();
      output =
          new Output(
              capture,
              new Time(box.clock().instant().toString(), behind.toSeconds()),
              box.instance().hex(),
              box.deployments().alarms(),
              new Waiting(
                  waiting.count(),
                  waiting.lastExpires() == null ? null : waiting.lastExpires().toString()),
              known(box.deployments(), box.clock().instant()));
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(out, output);
    } else {
      print(out, output, waiting);
    }
    return output.alarms().isEmpty() ? 0 : Sightline.EXIT_NO;
  }

  private static List<Known> known(Deployments deployments, Instant now) throws SightlineException {
    List<Known> known = new ArrayList<>();
    for (DeploymentStatus status : deployments.all()) {
      known.add(
          Known.of(
              status,
              deployments.entriesWithdrawn(status.deployment()),
              Notes.of(
                  deployments.pauses().current(status.deployment()),
                  deployments.urgent(status.deployment()),
                  deployments
                      .trust()
                      .lapses(status.authorisation())
                      .filter(lapses -> status.end() == null && lapses.isBefore(status.firstEnd())),
                  now)));
    }
    return known;
  }

  /** By the same gate that a camera stands behind. */
  private static Capture capture(Device box) {
    try {
      Authorisation authorisation = box.requireAuthority(false);
      Optional<Pause> pause = box.deployments().pauses().current(authorisation.deployment());
      List<String> walks =
          new WalkAnnouncer(box)
              .lines(
                  authorisation,
                  box.deployments()
                      .requireOpen(box.settings().deployment().authorisation(), authorisation));
      return pause.isPresent()
          ? new Capture(
              false,
              pause.get().effective()
                  ? "no capture: the deployment is paused"
                  : "the deployment is paused, but no agent has said that its cameras are closed",
              List.of(),
              walks)
          : new Capture(true, null, permits(authorisation), walks);
    } catch (SightlineException e) {
      return new Capture(false, e.what(), List.of(), List.of());
    }
  }

  private static List<String> permits(Authorisation authorisation) {
    List<String> lines = new ArrayList<>(authorisation.permitLines());
    authorisation
        .alerts()
        .groups()
        .ifPresent(
            groups -> lines.add("officers may state one of %d groups".formatted(groups.size())));
    return lines;
  }

  private static void print(PrintWriter out, Output output, WaitingAlerts waiting) {
    out.println(
        "capture        "
            + (output.capture().captureNow() ? "permitted now" : output.capture().reason()));
    output.capture().permits().forEach(line -> out.println("permits        " + line));
    output.capture().alertsAt().forEach(line -> out.println("walks          " + line));
    if (output.time().wallClockBehindSeconds() > 0) {
      out.printf(
          Locale.ROOT,
          "clock          the wall clock is %d s behind the latest time seen here; the latest time"
              + " counts%n",
          output.time().wallClockBehindSeconds());
    }
    out.println("data           instance " + output.instance());
    if (!waiting.none()) {
      out.println("alerts         " + waiting.line());
    }
    for (Known known : output.deployments()) {
      out.printf(
          Locale.ROOT,
          "%-14s %s since %s, %s, %d listed%s%s%n",
          known.deployment(),
          known.state(),
          known.times().since(),
          known.end().endReason() == null
              ? "until " + known.times().ends()
              : known.end().endReason() + " by " + known.end().endedBy(),
          known.list().entries(),
          known.list().entriesWithdrawn() == 0
              ? ""
              : ", %d of them withdrawn since".formatted(known.list().entriesWithdrawn()),
          known.notes().paused() == null
              ? ""
              : ", paused since %s (%s) by %s"
                  .formatted(
                      known.notes().paused().since(),
                      known.notes().paused().reason(),
                      known.notes().paused().by()));
      if (known.notes().keyLapses() != null) {
        out.printf(
            "%14s ends at %s, when the time of a key is over that it rests on%n",
            "", known.notes().keyLapses());
      }
      Urgent urgent = known.notes().urgent();
      if (urgent != null) {
        out.printf("%14s %s%n", "", urgent.line());
        if (!urgent.reason().isEmpty()) {
          out.printf("%14s because: %s%n", "", urgent.reason());
        }
      }
    }
    output.alarms().forEach(alarm -> out.println("ALARM          " + alarm));
  }
}
