package org.sightline.edge.cli.van;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.app.Device;
import org.sightline.edge.cli.JsonOutput;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.trust.Standing;
import org.sightline.edge.trust.Standing.Naming;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code trust show}. */
@Command(
    name = "show",
    description = {
      "Shows whose keys count on this device, since when, until when and by whose word, and those"
          + " that were replaced or revoked.",
      "",
      "An authority of the settings, or the one that has taken its place, decides on keys; one that"
          + " was named does not."
    },
    footer = {"", "Example: sightline trust show --config /etc/sightline/agent.yaml"})
final class TrustShowCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private DeviceOptions device;

  @Option(names = "--json", description = "Print JSON; see docs/results.md.")
  private boolean json;

  /** What {@code --json} prints. */
  record Output(List<Known> keys) {}

  /**
   * A key.
   *
   * @param fault why it does not count now; null if it does
   * @param statement that named it; null if the settings do
   */
  record Known(
      String key,
      @Nullable String label,
      boolean decides,
      @Nullable String fault,
      @Nullable String from,
      @Nullable String until,
      @Nullable String statement) {
    static Known of(Standing standing, Instant now) {
      Optional<Naming> byStatement =
          standing.naming().filter(naming -> naming.statement().isPresent());
      return new Known(
          standing.key().fingerprint().hex(),
          standing.naming().flatMap(Naming::label).orElse(null),
          standing.decides(),
          standing.fault(now).orElse(null),
          byStatement.map(naming -> naming.from().toString()).orElse(null),
          standing.until().map(Instant::toString).orElse(null),
          byStatement.flatMap(Naming::statement).map(UUID::toString).orElse(null));
    }
  }

  @Override
  public Integer call() throws SightlineException {
    try (Device box = device.open()) {
      box.settle();
      List<Standing> all = box.deployments().trust().keys().all();
      Instant now = box.clock().instant();
      if (json) {
        JsonOutput.print(
            spec.commandLine().getOut(),
            new Output(all.stream().map(each -> Known.of(each, now)).toList()));
      } else {
        all.forEach(each -> print(spec.commandLine().getOut(), each, now));
      }
    }
    return 0;
  }

  private static void print(PrintWriter out, Standing standing, Instant now) {
    out.println("authority " + standing.line());
    out.println(
        "  "
            + standing
                .fault(now)
                .orElse(standing.decides() ? "counts now, and decides on keys" : "counts now"));
    standing.naming().ifPresent(naming -> out.println("  " + line(naming)));
    standing
        .replaced()
        .ifPresent(
            replaced ->
                out.printf(
                    "  from %s on %s has its place, by statement %s%n",
                    replaced.at(), replaced.by().fingerprint().shortForm(), replaced.statement()));
    standing
        .revoked()
        .ifPresent(revoked -> out.println("  revoked by statement " + revoked.statement()));
  }

  private static String line(Naming naming) {
    return naming
        .statement()
        .map(
            id ->
                "from %s%s, by statement %s"
                    .formatted(
                        naming.from(), naming.until().map(end -> " until " + end).orElse(""), id))
        .orElse("by the settings");
  }
}
