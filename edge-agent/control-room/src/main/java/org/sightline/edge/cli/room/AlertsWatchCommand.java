package org.sightline.edge.cli.room;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.cli.Sightline;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.config.Durations;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.domain.Alert.Match;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.PresentationCheck;
import org.sightline.edge.domain.Response;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.publish.ReceivedAlert;
import org.sightline.edge.publish.VanIdentities;
import org.sightline.edge.publish.VanMessages.Reading;
import org.sightline.edge.publish.mqtt.AlertSubscriber;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Prints alerts as they arrive. */
@Command(
    name = "watch",
    description = {
      "Prints one line for each alert received from the broker: when it was decided, van, camera,"
          + " subject, similarity against threshold, sizes of the two pictures. An alert that the"
          + " broker repeats is printed once; one that the van's device has not signed, or of a live"
          + " deployment and not sealed, is not printed and is a warning. Waits for a broker that is"
          + " not there yet.",
      "",
      "Ends after --count alerts, after --for, or when nobody reads its output any more."
    },
    exitCodeList = {
      "0:--count was reached, or none was given",
      "1:--for came before --count was reached",
      "2:wrong use, or nobody reads the output any more"
    },
    footer = {
      "",
      "Example: sightline alerts watch --broker mqtt://127.0.0.1:1883 --van van-1 --count 2 --for"
          + " 60s"
    })
final class AlertsWatchCommand implements Callable<Integer> {
  private static final JsonMapper JSON = new JsonMapper();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm:ss.SSS", Locale.ROOT).withZone(ZoneId.systemDefault());

  @Option(
      names = "--broker",
      required = true,
      paramLabel = "URI",
      converter = AlertsWatchCommand.BrokerText.class,
      description = "mqtt://host:port or mqtts://host:port")
  private URI broker = URI.create("");

  @Option(names = "--van", paramLabel = "VAN", description = "Only of this van (default: all).")
  private @Nullable VanId van;

  @Option(names = "--count", paramLabel = "N", description = "End after N alerts.")
  private @Nullable Integer count;

  @Option(
      names = "--for",
      paramLabel = "DURATION",
      converter = AlertsWatchCommand.DurationText.class,
      description = "End after this long: a number with ms, s, m or h.")
  private @Nullable Duration time;

  @Option(names = "--user", paramLabel = "NAME", description = "User name for the broker.")
  private @Nullable String user;

  @Option(
      names = "--password-file",
      paramLabel = "FILE",
      description = "File whose first line is the password.")
  private @Nullable Path passwordFile;

  @Option(names = "--ca", paramLabel = "FILE", description = "PEM of the broker's authority.")
  private @Nullable Path authority;

  @Option(names = "--cert", paramLabel = "FILE", description = "PEM of the client certificate.")
  private @Nullable Path certificate;

  @Option(names = "--key", paramLabel = "FILE", description = "PEM (PKCS#8) of its key.")
  private @Nullable Path key;

  @Option(
      names = "--control-room-keys",
      paramLabel = "FILE",
      description = "Key file of the control room, to open what is sealed for it.")
  private @Nullable Path controlRoomKeys;

  @Option(
      names = "--van-identities",
      paramLabel = "FOLDER",
      description =
          "Folder with the identity of each van's device, as VAN.identity; without it alerts of"
              + " exercises alone are printed.")
  private @Nullable Path vanIdentities;

  @Option(names = "--json", description = "Print a JSON object a line.")
  private boolean json;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() throws SightlineException, InterruptedException {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    BlockingQueue<ReceivedAlert> alerts = new LinkedBlockingQueue<>();
    BrokerSettings settings =
        new BrokerSettings(List.of(broker), user, passwordFile, authority, certificate, key);
    ControlRoomKeys keys = controlRoomKeys == null ? null : ControlRoomKeys.read(controlRoomKeys);
    long startNanos = System.nanoTime();
    long received = 0;
    AlertSubscriber subscriber = AlertSubscriber.start(settings, van, identities(), alerts::add);
    try {
      while (count == null || received < count) {
        ReceivedAlert alert;
        if (time == null) {
          alert = alerts.take();
        } else {
          long leftNanos = time.toNanos() - (System.nanoTime() - startNanos);
          alert = alerts.poll(leftNanos, TimeUnit.NANOSECONDS);
          if (alert == null) {
            return count == null ? 0 : Sightline.EXIT_NO;
          }
        }
        Optional<ReceivedAlert> opened = opened(alert, keys);
        if (opened.isEmpty()) {
          continue;
        }
        received++;
        out.println(json ? json(opened.get()) : line(opened.get()));
        if (out.checkError()) {
          return Sightline.EXIT_UNUSABLE; // nobody reads on
        }
      }
    } finally {
      subscriber.close();
    }
    return 0;
  }

  private VanIdentities identities() throws CryptoException {
    return vanIdentities == null ? VanIdentities.NONE : VanIdentities.in(vanIdentities);
  }

  /**
   * One that is sealed for somebody else is shown all the same, as far as it can be.
   *
   * @return empty if what is sealed does not belong to it
   */
  private Optional<ReceivedAlert> opened(ReceivedAlert alert, @Nullable ControlRoomKeys keys) {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    try {
      Reading<ReceivedAlert> reading =
          keys == null ? new Reading.Taken<>(alert) : alert.opened(keys);
      reading
          .refusal()
          .ifPresent(
              fault -> err.printf("an alert of %s %s%n", alert.origin().van(), fault.words()));
      return reading.taken();
    } catch (CryptoException e) {
      err.println(e.getMessage());
      return Optional.of(alert);
    }
  }

  private static String line(ReceivedAlert alert) {
    PresentationCheck check = alert.presentationCheck();
    return String.format(
        Locale.ROOT,
        "%s  %s  %s  possible match: %s  similarity %.3f, threshold %.3f  %s%s%s%s%s",
        TIME.format(alert.times().decided()),
        alert.origin().van(),
        alert.origin().camera(),
        about(alert.match()),
        alert.comparison().similarity().cosine(),
        alert.comparison().threshold().cosine(),
        standing(alert),
        alert.times().stale() ? "stale  " : "",
        check != null && check.suspected() ? "may be a picture of a face  " : "",
        alert.id(),
        alert.match() == null ? "" : instruction(alert.match().response()));
  }

  /** What officers are to do, on a line of its own. */
  private static String instruction(@Nullable Response response) {
    if (response == null) {
      return "";
    }
    return String.format(
        Locale.ROOT,
        "%n  %s, urgency %d: %s%s%s",
        response.colour().word(),
        response.urgency(),
        response.instruction(),
        response.contact() == null ? "" : "; contact: " + response.contact(),
        response.twoOfficers() ? "; two officers judge" : "");
  }

  private static void put(ObjectNode node, Response response) {
    node.put("colour", response.colour().word())
        .put("urgency", response.urgency())
        .put("instruction", response.instruction());
    if (response.contact() != null) {
      node.put("contact", response.contact());
    }
    node.put("sound", response.sound().word()).put("confirmation", response.confirmation());
  }

  /** What says that it is no live alert. */
  private static String standing(ReceivedAlert alert) {
    if (!alert.isExercise()) {
      return "";
    }
    return alert.isSigned() ? "exercise  " : "exercise, not signed  ";
  }

  private static String about(@Nullable Match match) {
    return match == null
        ? "sealed"
        : String.format(
            Locale.ROOT,
            "%s (%s)  probe %s, portrait %s",
            match.subject(),
            match.category(),
            size(match.probe().jpeg()),
            match.portrait() == null ? "missing" : size(match.portrait().jpeg()));
  }

  private static String size(Jpeg picture) {
    return String.format(Locale.ROOT, "%.1f kB", picture.bytes().length / 1000.0);
  }

  private static String json(ReceivedAlert alert) {
    ObjectNode object =
        JSON.createObjectNode()
            .put("id", alert.id().toString())
            .put("van", alert.origin().van().value())
            .put("camera", alert.origin().camera().value());
    Match match = alert.match();
    if (match != null) {
      object.put("subject", match.subject().value()).put("category", match.category());
      if (match.response() != null) {
        put(object.putObject("response"), match.response());
      }
    }
    object
        .put("similarity", alert.comparison().similarity().cosine())
        .put("threshold", alert.comparison().threshold().cosine())
        .put("capturedAt", alert.times().captured().toString())
        .put("decidedAt", alert.times().decided().toString())
        .put("publishedAt", alert.times().published().toString())
        .put("receivedAt", Instant.now().toString())
        .put("stale", alert.times().stale())
        .put("auditHead", alert.auditHead().toString())
        .put("sealed", match == null)
        .put("exercise", alert.isExercise())
        .put("signed", alert.isSigned());
    if (alert.presentationCheck() != null) {
      object.put("presentationAttackSuspected", alert.presentationCheck().suspected());
    }
    if (match != null) {
      object.put("probeBytes", match.probe().jpeg().bytes().length);
      if (match.portrait() != null) {
        object.put("portraitBytes", match.portrait().jpeg().bytes().length);
      }
    }
    return object.toString();
  }

  /** The address of a broker as in the settings. */
  static final class BrokerText implements ITypeConverter<URI> {
    @Override
    public URI convert(String text) {
      try {
        return BrokerSettings.address(text);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException(e.getMessage());
      }
    }
  }

  /** Durations as in the settings. */
  static final class DurationText implements ITypeConverter<Duration> {
    @Override
    public Duration convert(String text) {
      return Durations.parse(text);
    }
  }
}
