package org.sightline.edge.golden;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Random;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.audit.SampleLog;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.authorisation.Permits;
import org.sightline.edge.authorisation.Revocation;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.crypto.StorageKey;
import org.sightline.edge.deployment.GoldenDeployment;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.AlertSighting;
import org.sightline.edge.domain.FacePicture;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Outcome;
import org.sightline.edge.domain.PresentationCheck;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.Walking;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.domain.Whereabouts;
import org.sightline.edge.publish.AlertEvent;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.OutcomeMessage.Judged;
import org.sightline.edge.publish.OutcomeReceipt;
import org.sightline.edge.publish.Recipients;
import org.sightline.edge.publish.SightingMessage;
import org.sightline.edge.publish.VanStatus;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.signing.BundleWriter;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.Schema;
import org.sightline.edge.testing.KnownKeys;
import org.sightline.edge.testing.SampleAlert;
import org.sightline.edge.testing.SampleAuthorisation;
import org.sightline.edge.watchlist.BundleTerms;
import org.sightline.edge.watchlist.EntryTerms;

/**
 * How the golden files of version 1 were made, once: by the writers of that day, with {@link
 * KnownKeys}, about subjects that do not exist. Run it on an empty folder to see what the writers
 * make today; it never writes over a file.
 */
final class GoldenMaker {
  private static final DeviceKeys DEVICE = KnownKeys.device("van");
  private static final AuthorityKey FIRST = KnownKeys.authority("first");
  private static final AuthorityKey SECOND = KnownKeys.authority("second");

  private static final AuditHead HEAD = new AuditHead(17, Sha256.of(new byte[] {17}));

  private GoldenMaker() {}

  public static void main(String[] args) throws Exception {
    Path folder = Files.createDirectories(Path.of(args[0]));
    ControlRoomKeys room = ControlRoomKeys.generate();
    keys(folder, room);
    Sha256 list = bundle(folder.resolve("watchlist.v1.bundle"), terms());
    SignedDocument exercise =
        authorisation(DeploymentClass.EXERCISE, list, AlertTerms.DEFAULT).sign(List.of(FIRST));
    Files.write(folder.resolve("authorisation.v1.json"), exercise.bytes());
    SignedDocument live =
        authorisation(DeploymentClass.LIVE, list, AlertTerms.DEFAULT.sealedFor(room.identity()))
            .sign(List.of(FIRST));
    Files.write(
        folder.resolve("authorisation-countersigned.v1.json"), live.countersign(SECOND).bytes());
    SignedDocument two =
        authorisation(
                DeploymentClass.LIVE,
                list,
                AlertTerms.DEFAULT.sealedFor(room.identity()).judgedByTwoOfficers())
            .sign(List.of(FIRST, SECOND));
    Files.write(folder.resolve("authorisation-two-officers.v1.json"), two.bytes());
    SignedDocument permits =
        authorisation(
                DeploymentClass.LIVE,
                list,
                AlertTerms.DEFAULT.sealedFor(room.identity()).permitting(new Permits(true, true)))
            .sign(List.of(FIRST, SECOND));
    Files.write(folder.resolve("authorisation-permits.v1.json"), permits.bytes());
    Files.write(
        folder.resolve("revocation.v1.json"),
        new Revocation(Golden.DEPLOYMENT, Golden.REVOKED).sign(List.of(SECOND)).bytes());
    GoldenWithdrawals.make(folder, DEVICE, SECOND);
    GoldenUrgent.make(folder, DEVICE, list, FIRST, SECOND);
    GoldenTrust.make(folder, DEVICE, FIRST, SECOND);
    GoldenRooms.make(folder, DEVICE, room.identity(), FIRST, SECOND);
    GoldenDeployment.make(folder, DEVICE, list);
    alerts(folder, room);
    GoldenCategories.make(folder, room.identity());
    GoldenViews.make(folder, DEVICE, room.identity());
    GoldenWaits.make(folder, room);
    GoldenWalks.make(folder, room.identity());
    GoldenTests.make(folder, DEVICE, room);
    GoldenCameras.make(folder, DEVICE, list, FIRST);
    GoldenRecord.make(folder, DEVICE);
    GoldenBoxes.make(folder);
    Files.write(
        folder.resolve("outcome.v1.jose"),
        new OutcomeMessage(
                Golden.ALERT,
                Outcome.FALSE,
                Actor.officer("1234"),
                Actor.officer("5678"),
                Golden.REVOKED)
            .sign(room));
    Files.write(
        folder.resolve("outcome-two-officers.v1.jose"),
        new OutcomeMessage(
                Golden.ALERT,
                Outcome.FALSE,
                Actor.officer("1234"),
                Actor.officer("5678"),
                Golden.REVOKED,
                List.of(
                    new Judged(Actor.officer("1234"), Outcome.FALSE, Golden.START),
                    new Judged(Actor.officer("5678"), Outcome.FALSE, Golden.REVOKED)))
            .sign(room));
    GoldenEngagements.make(folder, DEVICE, room);
    SignedDocument groups =
        authorisation(
                DeploymentClass.LIVE,
                list,
                AlertTerms.DEFAULT.sealedFor(room.identity()).withGroups(GoldenEngagements.GROUPS))
            .sign(List.of(FIRST, SECOND));
    Files.write(folder.resolve("authorisation-groups.v1.json"), groups.bytes());
    data(folder);
  }

  private static void keys(Path folder, ControlRoomKeys room) throws Exception {
    FIRST.writeTo(folder.resolve("authority-key.v1.json"));
    FIRST.publicKey().writeTo(folder.resolve("authority-public-key.v1.json"));
    DEVICE.writeTo(folder.resolve("device-keys.v1.json"));
    DEVICE.identity().writeTo(folder.resolve("device-identity.v1.json"));
    room.writeTo(folder.resolve("control-room-keys.v1.json"));
    room.identity().writeTo(folder.resolve("control-room-identity.v1.json"));
    try (StorageKey key = StorageKey.generate()) {
      key.writeTo(folder.resolve("list-key.v1.bin"), DEVICE.storage(), Golden.PLACE);
      Files.write(
          folder.resolve("sealed-row.v1.bin"),
          key.sealer().seal("a row".getBytes(US_ASCII), Golden.PLACE));
    }
  }

  static BundleTerms terms() {
    return new BundleTerms(
        Golden.DEPLOYMENT,
        "sample-pack",
        2,
        4,
        1,
        Golden.START.minus(Duration.ofHours(3)),
        Golden.START.plus(Duration.ofHours(21)));
  }

  static Sha256 bundle(Path file, BundleTerms terms) throws Exception {
    try (BundleWriter writer =
        BundleWriter.create(file, terms, DEVICE.identity(), List.of(FIRST))) {
      for (int i = 0; i < 2; i++) {
        Random random = new Random(i);
        float[] values = new float[terms.templateDimension()];
        for (int d = 0; d < values.length; d++) {
          values[d] = (float) random.nextGaussian();
        }
        writer.add(
            new WatchlistEntry(
                new SubjectRef("S-" + i),
                "wanted – é",
                List.of(Template.normalised(terms.modelPack(), values)),
                picture("portrait " + i)),
            new EntryTerms(LocalDate.parse("2027-01-31"), i == 1));
      }
      return writer.finish();
    }
  }

  private static Authorisation authorisation(
      DeploymentClass deploymentClass, Sha256 list, AlertTerms alerts) {
    return new SampleAuthorisation()
        .deployment(Golden.DEPLOYMENT)
        .deploymentClass(deploymentClass)
        .van(Golden.VAN)
        .device(DEVICE.identity().fingerprint())
        .purpose("find those wanted on warrant – “é”")
        .start(Golden.START)
        .end(Golden.END)
        .list(list)
        .maximumListAge(Duration.ofHours(36))
        .falseAlertsPer1000Faces(1e-4)
        .alerts(alerts)
        .build();
  }

  private static void alerts(Path folder, ControlRoomKeys room) throws Exception {
    AlertTerms sealed = AlertTerms.DEFAULT.sealedFor(room.identity());
    Alert alert = sample().build();
    byte[] live = event(alert, sealed, DeploymentClass.LIVE);
    Files.write(
        folder.resolve("alert.v1.json"),
        event(alert, AlertTerms.DEFAULT, DeploymentClass.EXERCISE));
    Files.write(folder.resolve("alert-sealed.v1.json"), live);
    Files.write(
        folder.resolve("alert-signed.v1.json"), DEVICE.signMessage(AlertEvent.SIGNED_TYPE, live));
    Alert withFaces =
        sample()
            .probe(new FacePicture(picture("probe"), Golden.PROBE_VIEW))
            .portrait(new FacePicture(picture("portrait 0"), Golden.PORTRAIT_VIEW))
            .build();
    Files.write(
        folder.resolve("alert-with-faces.v1.json"),
        event(withFaces, AlertTerms.DEFAULT, DeploymentClass.EXERCISE));
    Files.write(
        folder.resolve("alert-with-faces-sealed.v1.json"),
        event(withFaces, sealed, DeploymentClass.LIVE));
    Alert withFigure =
        sample().whereabouts(new Whereabouts(picture("figure"), Walking.LEFT)).build();
    Files.write(
        folder.resolve("alert-with-figure-sealed.v1.json"),
        event(withFigure, sealed, DeploymentClass.LIVE));
    AlertSighting sighting = new AlertSighting(Golden.ALERT, Golden.START, false, Walking.LEFT);
    Files.write(
        folder.resolve("sighting-signed.v1.json"),
        DEVICE.signMessage(
            SightingMessage.SIGNED_TYPE,
            SightingMessage.published(
                Golden.VAN,
                SightingMessage.encode(sighting, sealed.controlRoom()),
                Golden.START.plusMillis(1500))));
    Files.write(
        folder.resolve("receipt-signed.v1.json"),
        DEVICE.signMessage(
            OutcomeReceipt.SIGNED_TYPE,
            OutcomeReceipt.recorded(Golden.ALERT, Outcome.FALSE, HEAD).encode(Golden.VAN)));
    Files.write(
        folder.resolve("status-signed.v1.json"),
        DEVICE.signMessage(
            VanStatus.SIGNED_TYPE,
            ("{\"van\":\"" + Golden.VAN + "\",\"state\":\"offline\"}").getBytes(US_ASCII)));
  }

  static SampleAlert sample() {
    return SampleAlert.about("S-0")
        .id(Golden.ALERT)
        .deployment(Golden.DEPLOYMENT)
        .van(Golden.VAN)
        .modelPack("sample-pack")
        .captured(Golden.START)
        .decided(Golden.START.plusMillis(400))
        .probe(picture("probe"))
        .portrait(picture("portrait 0"))
        .presentationCheck(new PresentationCheck(0.9, 0.5, "sample-check"));
  }

  static byte[] event(Alert alert, AlertTerms terms, DeploymentClass deploymentClass) {
    return AlertEvent.published(
            AlertEvent.encode(alert, HEAD, terms, deploymentClass),
            Golden.START.plusMillis(500),
            Recipients.AS_AUTHORISED)
        .orElseThrow();
  }

  private static void data(Path folder) throws Exception {
    Path agent = folder.resolve("agent.v6.db");
    try (Database database = Database.open(agent, Schema.AGENT)) {
      SampleLog.append(database, 6);
      AuditLog.export(database, folder.resolve("audit-log.v1.jsonl"));
    }
    Database.open(folder.resolve("watchlist.v1.db"), Schema.WATCHLIST).close();
    Database.open(folder.resolve("board.v1.db"), Schema.BOARD).close();
  }

  static Jpeg picture(String content) {
    return new Jpeg(content.getBytes(US_ASCII));
  }
}
