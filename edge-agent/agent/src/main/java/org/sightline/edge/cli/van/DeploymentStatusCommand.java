package org.sightline.edge.cli.van;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.Device;
import org.sightline.edge.cli.JsonOutput;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.deployment.DeploymentStatus;
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
      boolean captureNow,
      @Nullable String reason,
      String deviceTime,
      long wallClockBehindSeconds,
      String instance,
      List<String> alarms,
      int alertsWaiting,
      @Nullable String alertsWaitUntil,
      List<Known> deployments) {}

  /** One deployment; digests in full. */
  record Known(
      String deployment,
      String state,
      String since,
      String ends,
      String listExpires,
      int entries,
      long listVersion,
      String listDigest,
      String authorisationDigest,
      @Nullable String endReason,
      @Nullable String endedBy) {
    static Known of(DeploymentStatus status) {
      DeploymentStatus.End end = status.end();
      return new Known(
          status.deployment().value(),
          status.state().word(),
          status.since().toString(),
          status.ends().toString(),
          status.listExpires().toString(),
          status.entries(),
          status.listVersion(),
          status.listDigest().hex(),
          status.authorisation().hex(),
          end == null ? null : end.reason().word(),
          end == null ? null : end.by());
    }
  }

  @Override
  public Integer call() throws SightlineException {
    Output output;
    WaitingAlerts waiting;
    try (Device box = device.open()) {
      box.obeyRevocationFile();
      Duration behind = box.clock().wallClockBehind();
      String reason = reasonAgainstCapture(box);
      waiting = box.waitingAlerts();
      output =
          new Output(
              reason == null,
              reason,
              box.clock().instant().toString(),
              behind.toSeconds(),
              box.instance().hex(),
              box.deployments().alarms(),
              waiting.count(),
              waiting.lastExpires() == null ? null : waiting.lastExpires().toString(),
              box.deployments().all().stream().map(Known::of).toList());
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      JsonOutput.print(out, output);
    } else {
      print(out, output, waiting);
    }
    return output.alarms().isEmpty() ? 0 : Sightline.EXIT_NO;
  }

  /** By the same gate that a camera stands behind; null if it is open. */
  private static @Nullable String reasonAgainstCapture(Device box) {
    try {
      box.requireAuthority(false);
      return null;
    } catch (SightlineException e) {
      return e.what();
    }
  }

  private static void print(PrintWriter out, Output output, WaitingAlerts waiting) {
    out.println("capture        " + (output.captureNow() ? "permitted now" : output.reason()));
    if (output.wallClockBehindSeconds() > 0) {
      out.printf(
          Locale.ROOT,
          "clock          the wall clock is %d s behind the latest time seen here; the latest time counts%n",
          output.wallClockBehindSeconds());
    }
    out.println("data           instance " + output.instance());
    if (!waiting.none()) {
      out.println("alerts         " + waiting.line());
    }
    for (Known known : output.deployments()) {
      out.printf(
          Locale.ROOT,
          "%-14s %s since %s, %s, %d listed%n",
          known.deployment(),
          known.state(),
          known.since(),
          known.endReason() == null
              ? "until " + known.ends()
              : known.endReason() + " by " + known.endedBy(),
          known.entries());
    }
    output.alarms().forEach(alarm -> out.println("ALARM          " + alarm));
  }
}
