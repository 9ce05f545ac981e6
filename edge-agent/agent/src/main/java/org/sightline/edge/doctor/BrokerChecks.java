package org.sightline.edge.doctor;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
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
    checks.add(new Check("broker", () -> broker(settings, wall.instant())));
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
                          wall.instant(),
                          "have the office issue a new one"))));
    }
    return checks;
  }

  private static List<Finding> broker(AgentSettings settings, Instant now)
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
          validity("certificate of the broker", until, now, "renew it, or have it renewed"));
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

  private static Finding validity(String subject, Instant until, Instant now, String remedy) {
    boolean over = !until.isAfter(now);
    return Finding.held(
        subject,
        until.isAfter(now.plus(SOON)),
        over ? Verdict.BAD : Verdict.LOOK,
        new Finding.Measured(
            "valid until " + until.truncatedTo(ChronoUnit.MINUTES),
            "for %d more days".formatted(SOON.toDays())),
        remedy);
  }
}
