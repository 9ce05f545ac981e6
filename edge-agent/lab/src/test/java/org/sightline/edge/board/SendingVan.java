package org.sightline.edge.board;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.audit.LogPosition;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.AlertSighting;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.FacePicture;
import org.sightline.edge.domain.PresentationCheck;
import org.sightline.edge.domain.Response;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.domain.Walking;
import org.sightline.edge.domain.Whereabouts;
import org.sightline.edge.publish.AlertEvent;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.OutcomeReceipt;
import org.sightline.edge.publish.Recipients;
import org.sightline.edge.publish.RecordedInbound;
import org.sightline.edge.publish.SightingMessage;
import org.sightline.edge.publish.VanStatus;
import org.sightline.edge.publish.WithdrawnAlert;
import org.sightline.edge.publish.mqtt.MqttPublisher;
import org.sightline.edge.testing.SampleAlert;

/** A van's link to the broker, with alerts about people who were drawn. */
final class SendingVan implements AutoCloseable {
  private static final TimeBasedEpochGenerator IDS = Generators.timeBasedEpochGenerator();
  private static final Duration DAY = Duration.ofHours(24);

  private final VanId van;
  private final AlertTerms terms;
  private final DrawnFaces faces;
  private final RecordedInbound inbound = new RecordedInbound();
  private final MqttPublisher publisher;
  private FacePicture[] moreViews = {};

  /**
   * @param controlRoom for which its alerts are sealed
   */
  SendingVan(BrokerSettings broker, String van, ControlRoomIdentity controlRoom, DrawnFaces faces)
      throws Exception {
    this.van = new VanId(van);
    this.terms = AlertTerms.DEFAULT.sealedFor(controlRoom);
    this.faces = faces;
    publisher =
        new MqttPublisher(broker, this.van, Alerts.DEVICE, "1.0", Clock.systemUTC(), inbound);
    publisher.connect();
  }

  /** What one of its cameras has seen. */
  record Sighting(
      int person,
      String camera,
      String place,
      String category,
      double similarity,
      int galleryEntries,
      Duration ago,
      boolean listedPortrait,
      @Nullable PresentationCheck presentationCheck) {
    static Sighting of(int person) {
      return new Sighting(
          person, "mast-1", "High Street", "court order", 0.83, 6412, Duration.ZERO, true, null);
    }

    Sighting by(String otherCamera, String otherPlace) {
      return new Sighting(
          person,
          otherCamera,
          otherPlace,
          category,
          similarity,
          galleryEntries,
          ago,
          listedPortrait,
          presentationCheck);
    }

    Sighting as(String otherCategory, double cosine) {
      return new Sighting(
          person,
          camera,
          place,
          otherCategory,
          cosine,
          galleryEntries,
          ago,
          listedPortrait,
          presentationCheck);
    }

    Sighting ago(Duration time) {
      return new Sighting(
          person,
          camera,
          place,
          category,
          similarity,
          galleryEntries,
          time,
          listedPortrait,
          presentationCheck);
    }

    Sighting withoutPortrait() {
      return new Sighting(
          person,
          camera,
          place,
          category,
          similarity,
          galleryEntries,
          ago,
          false,
          presentationCheck);
    }

    Sighting maybeOfAPicture() {
      return new Sighting(
          person,
          camera,
          place,
          category,
          similarity,
          galleryEntries,
          ago,
          listedPortrait,
          new PresentationCheck(0.04, 0.1, "minifasnet"));
    }

    String subject() {
      return "S-%04d".formatted(person);
    }
  }

  UUID raises(Sighting sighting) throws Exception {
    return raises(sighting, DAY);
  }

  /**
   * @param response what officers are to do
   */
  UUID raises(Sighting sighting, Response response) throws Exception {
    return raises(sighting, DAY, response, null);
  }

  /**
   * @param whereabouts by which the person is found in the street
   */
  UUID raises(Sighting sighting, Response response, Whereabouts whereabouts) throws Exception {
    return raises(sighting, DAY, response, whereabouts);
  }

  /**
   * @param expiry after which nobody keeps the alert
   */
  UUID raises(Sighting sighting, Duration expiry) throws Exception {
    return raises(sighting, expiry, null, null);
  }

  private UUID raises(
      Sighting sighting,
      Duration expiry,
      @Nullable Response response,
      @Nullable Whereabouts whereabouts)
      throws Exception {
    UUID id = IDS.generate();
    Instant captured = Instant.now().minus(sighting.ago());
    SampleAlert sample =
        SampleAlert.about(sighting.subject())
            .id(id)
            .deployment(new DeploymentId("D-2026-014"))
            .van(van)
            .camera(sighting.camera())
            .place(sighting.place())
            .category(sighting.category())
            .response(response)
            .similarity(sighting.similarity())
            .galleryEntries(sighting.galleryEntries())
            .captured(captured)
            .decided(captured.plusMillis(350))
            .probe(faces.probe(sighting.person()))
            .portrait(faces.portrait(sighting.person()))
            .moreViews(moreViews)
            .presentationCheck(sighting.presentationCheck());
    if (whereabouts != null) {
      sample.whereabouts(whereabouts);
    }
    Alert alert = sighting.listedPortrait() ? sample.build() : sample.withoutPortrait().build();
    byte[] event =
        AlertEvent.published(
                AlertEvent.encode(alert, Alerts.HEAD, terms.keptFor(expiry), DeploymentClass.LIVE),
                Instant.now(),
                Recipients.AS_AUTHORISED)
            .orElseThrow();
    publisher.publish(id, event, expiry);
    return id;
  }

  /** Its alerts have these views beside the best one from now on. */
  SendingVan showing(FacePicture... views) {
    moreViews = views.clone();
    return this;
  }

  /** Says how the pass of an alert goes on. */
  void sees(UUID alert, boolean inView) throws Exception {
    publisher.sighting(
        alert,
        SightingMessage.encode(
            new AlertSighting(alert, Instant.now(), inView, Walking.LEFT), terms.controlRoom()),
        DAY);
  }

  /** Says from now on that it answers requests for test alerts, which it does not. */
  SendingVan answersTests() {
    inbound.answerTests();
    return this;
  }

  /** Says that it is there. */
  SendingVan announces(int queued, String... alarms) throws Exception {
    publisher.announce(new VanStatus(queued, Alerts.POSITION, List.of(alarms)));
    return this;
  }

  /** Says how far its audit log has come. */
  void announces(LogPosition log) throws Exception {
    publisher.announce(new VanStatus(0, log, List.of()));
  }

  /** The signed outcomes that it has been sent. */
  List<byte[]> outcomes() {
    return inbound.outcomes();
  }

  /** Says that the subject of an alert was taken off the list. */
  void withdraws(UUID alert) throws Exception {
    inbound.answer(new WithdrawnAlert(alert));
    publisher.receipts();
  }

  /** Answers an outcome. */
  void answers(OutcomeReceipt receipt) throws Exception {
    inbound.answer(receipt);
    publisher.receipts();
  }

  /** Says goodbye. */
  @Override
  public void close() {
    publisher.close();
  }
}
