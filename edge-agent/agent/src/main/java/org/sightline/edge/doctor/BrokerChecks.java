package org.sightline.edge.doctor;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sightline.edge.app.AgentSettings;
import org.sightline.edge.crypto.TlsMaterial;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.publish.mqtt.BrokerTrial;

/** The line to the control room, up to the rights on each topic. */
final class BrokerChecks {
  private static final Duration SOON = Duration.ofDays(14);

  private BrokerChecks() {}

  static List<Check> of(AgentSettings settings, Clock wall) {
    List<Check> checks = new ArrayList<>();
    checks.add(new Check("broker", () -> broker(settings, wall)));
    Path certificate = settings.broker().certificateFile();
    if (certificate != null) {
      checks.add(
          new Check(
              "broker certificate",
              () ->
                  List.of(
                      validity(
                          "certificate of this van",
                          TlsMaterial.validUntil(certificate),
                          needed(settings, wall),
                          "have the office issue a new one"))));
    }
    return checks;
  }

  private static List<Finding> broker(AgentSettings settings, Clock wall)
      throws SightlineException {
    BrokerTrial.Result result = BrokerTrial.of(settings.broker(), settings.van());
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.good(
            "broker",
            "%s, connected in %d ms, answers in %d ms"
                .formatted(
                    result.address(),
                    result.connecting().toMillis(),
                    result.answering().toMillis())));
    Instant until = result.certificateUntil();
    if (until != null) {
      findings.add(
          validity(
              "certificate of the broker",
              until,
              needed(settings, wall),
              "have the first of its chain that expires renewed"));
    }
    result
        .publishing()
        .forEach(right -> findings.add(right(right, Finding.good(subject(right), right.topic()))));
    // Mosquitto, for one, takes any subscription, and looks at the right when it delivers.
    result
        .hearing()
        .forEach(
            right ->
                findings.add(
                    right(
                        right,
                        Finding.untested(
                            subject(right),
                            "the broker takes the subscription; that it delivers shows when something is sent"))));
    findings.add(
        result.heard()
            ? Finding.good("control room", "somebody is subscribed to this van's alerts")
            : Finding.look(
                "control room",
                "nobody is subscribed to this van's alerts",
                "a board",
                "start the board of the control room, and see its rights"));
    return findings;
  }

  private static String subject(BrokerTrial.Right right) {
    return "right to " + right.what();
  }

  private static Finding right(BrokerTrial.Right right, Finding ifGranted) {
    return right.granted()
        ? ifGranted
        : Finding.bad(
            subject(right),
            "refused: " + right.topic(),
            "give this van's user the rights of docs/broker.md#who-may-do-what");
  }

  /**
   * Until when a certificate has to be valid at the least, and until when it should be.
   *
   * @param deployment whether the first is the end of what is authorised, and not now
   */
  private record Needed(Instant atLeast, boolean deployment, Instant better) {}

  private static Needed needed(AgentSettings settings, Clock wall) {
    Instant now = wall.instant();
    Optional<Instant> end = DeploymentChecks.end(settings, wall).filter(now::isBefore);
    return new Needed(end.orElse(now), end.isPresent(), end.orElse(now).plus(SOON));
  }

  private static Finding validity(String subject, Instant until, Needed needed, String remedy) {
    boolean within = until.isAfter(needed.atLeast());
    return Finding.held(
        subject,
        until.isAfter(needed.better()),
        within ? Verdict.LOOK : Verdict.BAD,
        new Finding.Measured(
            (within || !needed.deployment() ? "" : "the deployment takes longer: ")
                + "valid until "
                + until.truncatedTo(ChronoUnit.MINUTES),
            "for %d days more than %s"
                .formatted(
                    SOON.toDays(), needed.deployment() ? "the deployment takes" : "until now")),
        remedy);
  }
}
