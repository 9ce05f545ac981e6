package org.sightline.edge.walk;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.sightline.edge.audit.Actor;
import org.sightline.edge.audit.AuditEvent;
import org.sightline.edge.audit.AuditKind;
import org.sightline.edge.audit.AuditLog;
import org.sightline.edge.authorisation.LowestRecognition;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.Sealer;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;
import org.sightline.edge.store.Transaction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The walks of a device's deployments: announced, and once they are over what came of them. Who
 * walks is sealed for the device and forgotten when a walk is over. Each step is one transaction
 * together with its record in the audit log. Thread-safe, and for several processes.
 */
public final class Walks {
  private static final Logger LOG = LoggerFactory.getLogger(Walks.class);
  private static final int UNKNOWN = -1;

  private static final String COUNTS_AGAINST =
      Arrays.stream(NotJudged.values())
          .filter(NotJudged::countsAgainst)
          .map(why -> "'" + why.word() + "'")
          .collect(Collectors.joining(", "));

  private final Database database;
  private final AuditLog audit;
  private final Sealer sealer;
  private final InstantSource clock;

  /**
   * @param sealer of the device's storage, the same one over restarts
   */
  public Walks(Database database, AuditLog audit, Sealer sealer, InstantSource clock) {
    this.database = database;
    this.audit = audit;
    this.sealer = sealer;
    this.clock = clock;
  }

  /** Notes how many control entries the list of a deployment has; none with none. */
  public static void controlEntries(Transaction tx, DeploymentId deployment, int entries)
      throws StoreException {
    if (entries > 0) {
      tx.update(
          """
          INSERT INTO control_list (deployment, entries) VALUES (?, ?)
          ON CONFLICT (deployment) DO UPDATE SET entries = excluded.entries
          """,
          deployment.value(),
          entries);
    } else {
      tx.update("DELETE FROM control_list WHERE deployment = ?", deployment.value());
    }
  }

  /**
   * The list of a deployment is gone: so is who walks, and walks that are open are not judged, as
   * after a crash, or where nobody has waited for their end.
   */
  public static void forget(Transaction tx, AuditLog audit, DeploymentId deployment, Instant now)
      throws StoreException {
    List<AuditEvent> open =
        tx.query(
            """
            SELECT camera, passes FROM walk
            WHERE deployment = ? AND judged_millis IS NULL ORDER BY sequence
            """,
            row ->
                notJudged(
                    deployment,
                    new CameraId(row.text("camera")),
                    (int) row.integer("passes"),
                    NotJudged.CLOSED),
            deployment.value());
    for (AuditEvent event : open) {
      audit.append(tx, event);
    }
    if (!open.isEmpty()) {
      LOG.warn(
          "{} walks of deployment {} were open when its list was destroyed: they are not judged",
          open.size(),
          deployment);
    }
    tx.update(
        """
        UPDATE walk SET subject = NULL, judged_millis = ?, not_judged = ?
        WHERE deployment = ? AND judged_millis IS NULL
        """,
        now,
        NotJudged.CLOSED.word(),
        deployment.value());
  }

  /**
   * Announces a walk.
   *
   * @throws SightlineException if one of the same subject by one of the cameras is open
   */
  public void announce(AnnouncedWalk walk, Actor by) throws SightlineException {
    database.<Integer, SightlineException>write(
        tx -> {
          for (OpenWalk open : open(tx, walk.deployment(), row -> {})) {
            if (open.subject().equals(walk.subject()) && walk.cameras().contains(open.camera())) {
              throw new SightlineException(
                  ErrorKind.REFUSED,
                  "a walk of this subject by the camera is announced already",
                  open.camera().value(),
                  "wait until it is over, at " + open.until());
            }
          }
          for (CameraId camera : walk.cameras()) {
            put(tx, walk, camera);
            audit.append(
                tx,
                AuditEvent.of(AuditKind.WALK_ANNOUNCED, by)
                    .with("deployment", walk.deployment())
                    .with("walk", walk.id())
                    .with("camera", camera.value())
                    .with("passes", walk.passes())
                    .with("until", walk.until()));
          }
          return walk.passes();
        });
  }

  private void put(Transaction tx, AnnouncedWalk walk, CameraId camera) throws StoreException {
    tx.update(
        """
        INSERT INTO walk (id, deployment, camera, subject, from_millis, until_millis, passes)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
        walk.id(),
        walk.deployment().value(),
        camera.value(),
        sealer.seal(walk.subject().value().getBytes(StandardCharsets.US_ASCII), place(walk.id())),
        walk.from(),
        walk.until(),
        walk.passes());
  }

  private static byte[] place(UUID walk) {
    return ("sightline walking subject v1\n" + walk).getBytes(StandardCharsets.UTF_8);
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Row(
      long number,
      UUID id,
      String camera,
      byte[] subject,
      Instant from,
      Instant until,
      int passes) {}

  /** The walks of a deployment that were not judged yet, in the order of their announcement. */
  public List<OpenWalk> open(DeploymentId deployment) throws StoreException {
    List<Row> unreadable = new ArrayList<>();
    List<OpenWalk> open = database.read(tx -> open(tx, deployment, unreadable::add));
    for (Row row : unreadable) {
      giveUp(
          deployment, row.number(), new CameraId(row.camera()), row.passes(), NotJudged.UNREADABLE);
    }
    return open;
  }

  /** One that cannot be read costs itself alone. */
  private List<OpenWalk> open(Transaction tx, DeploymentId deployment, Consumer<Row> unreadable)
      throws StoreException {
    List<OpenWalk> open = new ArrayList<>();
    for (Row row :
        tx.query(
            """
            SELECT * FROM walk WHERE deployment = ? AND judged_millis IS NULL ORDER BY sequence
            """,
            row ->
                new Row(
                    row.integer("sequence"),
                    row.uuid("id"),
                    row.text("camera"),
                    row.bytes("subject"),
                    row.instant("from_millis"),
                    row.instant("until_millis"),
                    (int) row.integer("passes")),
            deployment.value())) {
      try {
        byte[] subject = sealer.open(row.subject(), place(row.id()));
        open.add(
            new OpenWalk(
                row.number(),
                new CameraId(row.camera()),
                new SubjectRef(new String(subject, StandardCharsets.US_ASCII)),
                row.from(),
                row.until(),
                row.passes()));
      } catch (CryptoException | IllegalArgumentException e) {
        unreadable.accept(row);
      }
    }
    return open;
  }

  /**
   * A walk is over, and the camera has seen all of it.
   *
   * @param recognised passes of it; more than are expected count as those
   */
  public void judge(DeploymentId deployment, OpenWalk walk, int recognised, Setup setup)
      throws StoreException {
    int counted = Math.min(recognised, walk.passes());
    database.write(
        tx ->
            end(
                tx,
                walk.number(),
                """
                recognised = ?, list_digest = ?, list_version = ?, model_pack = ?, software = ?,
                threshold = ?, camera_digest = ?
                """,
                AuditEvent.of(AuditKind.WALK_JUDGED, Actor.AGENT)
                    .with("deployment", deployment)
                    .with("camera", walk.camera().value())
                    .with("passes", walk.passes())
                    .with("recognised", counted),
                counted,
                setup.list().hex(),
                setup.listVersion(),
                setup.modelPack(),
                setup.software(),
                setup.threshold().cosine(),
                setup.camera().hex()));
  }

  /** It will never be known whether the camera would have recognised a walk. */
  public void giveUp(DeploymentId deployment, OpenWalk walk, NotJudged why) throws StoreException {
    giveUp(deployment, walk.number(), walk.camera(), walk.passes(), why);
  }

  /**
   * A walk was interrupted: it stays known how it stood.
   *
   * @param recognised passes of it by then; more than are expected count as those; empty where that
   *     is not known
   */
  public void interrupt(
      DeploymentId deployment, OpenWalk walk, OptionalInt recognised, NotJudged why, Setup setup)
      throws StoreException {
    int counted = Math.min(recognised.orElse(UNKNOWN), walk.passes());
    AuditEvent event = notJudged(deployment, walk.camera(), walk.passes(), why);
    database.write(
        tx ->
            end(
                tx,
                walk.number(),
                """
                not_judged = ?, recognised_before = nullif(?, -1), list_digest = ?, list_version = ?,
                model_pack = ?, software = ?, threshold = ?, camera_digest = ?
                """,
                counted == UNKNOWN ? event : event.with("recognisedBefore", counted),
                why.word(),
                counted,
                setup.list().hex(),
                setup.listVersion(),
                setup.modelPack(),
                setup.software(),
                setup.threshold().cosine(),
                setup.camera().hex()));
  }

  private void giveUp(
      DeploymentId deployment, long number, CameraId camera, int passes, NotJudged why)
      throws StoreException {
    database.write(
        tx ->
            end(
                tx,
                number,
                "not_judged = ?",
                notJudged(deployment, camera, passes, why),
                why.word()));
  }

  private static AuditEvent notJudged(
      DeploymentId deployment, CameraId camera, int passes, NotJudged why) {
    return AuditEvent.of(AuditKind.WALK_JUDGED, Actor.AGENT)
        .with("deployment", deployment)
        .with("camera", camera.value())
        .with("passes", passes)
        .with("notJudged", why.word());
  }

  private int end(Transaction tx, long number, String columns, AuditEvent event, Object... values)
      throws StoreException {
    List<Object> all = new ArrayList<>(List.of(values));
    all.add(clock.instant());
    all.add(number);
    int ended =
        tx.update(
            "UPDATE walk SET "
                + columns
                + ", subject = NULL, judged_millis = ? WHERE sequence = ? AND judged_millis IS NULL",
            all.toArray());
    if (ended > 0) {
      audit.append(tx, event);
    }
    return ended;
  }

  /** Counts passes in which a control entry was recognised while no walk of it was announced. */
  public void unannounced(DeploymentId deployment, int passes) throws StoreException {
    database.update(
        "UPDATE control_list SET unannounced = unannounced + ? WHERE deployment = ?",
        passes,
        deployment.value());
  }

  /**
   * What the latest walks by a camera say of a rule, with what is in use. Of those that somebody
   * interrupted, what was not recognised by then counts as missed.
   *
   * @return of no walks with none
   */
  public Proof proof(DeploymentId deployment, CameraId camera, Setup setup, LowestRecognition rule)
      throws StoreException {
    long recognised = 0;
    long passes = 0;
    for (long[] walk :
        database.query(
            """
            SELECT coalesce(recognised, recognised_before, 0) AS recognised, passes FROM walk
            WHERE deployment = ? AND camera = ? AND (recognised IS NOT NULL OR not_judged IN (%s))
              AND list_digest = ? AND model_pack = ? AND software = ? AND threshold = ?
              AND camera_digest = ?
            ORDER BY judged_millis DESC, sequence DESC
            """
                .formatted(COUNTS_AGAINST),
            row -> new long[] {row.integer("recognised"), row.integer("passes")},
            deployment.value(),
            camera.value(),
            setup.list().hex(),
            setup.modelPack(),
            setup.software(),
            setup.threshold().cosine(),
            setup.camera().hex())) {
      if (passes >= rule.walks()) {
        break;
      }
      recognised += walk[0];
      passes += walk[1];
    }
    return new Proof(rule, recognised, passes);
  }

  /** Records in the audit log that a camera raises alerts, or none, from now on. */
  public void changed(DeploymentId deployment, CameraId camera, Proof proof) throws StoreException {
    database.write(
        tx ->
            audit.append(
                tx,
                AuditEvent.of(
                        proof.holds() ? AuditKind.ALERTS_ALLOWED : AuditKind.ALERTS_WITHHELD,
                        Actor.AGENT)
                    .with("deployment", deployment)
                    .with("camera", camera.value())
                    .with("passes", proof.passes())
                    .with("recognised", proof.recognised())));
  }

  /** Whether the list of a deployment has control entries. */
  public boolean hasControl(DeploymentId deployment) throws StoreException {
    Optional<Long> entries =
        database.first(
            "SELECT entries FROM control_list WHERE deployment = ?",
            row -> row.integer("entries"),
            deployment.value());
    return entries.isPresent();
  }
}
