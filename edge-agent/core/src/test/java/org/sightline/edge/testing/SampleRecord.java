package org.sightline.edge.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.sightline.edge.audit.SignedRecord;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A record that a box signs, as it is published, to be changed: of a deployment of three boxes,
 * without an alert.
 */
public final class SampleRecord {
  private static final JsonMapper JSON = JsonMapper.shared();

  private final DeviceKeys device = DeviceKeys.generate();
  private final ObjectNode record;

  public SampleRecord(String van) {
    record =
        (ObjectNode)
            JSON.readTree(
                """
                {"deployment":"D-7","van":"%s","place":"High Street",
                 "authorised":{"authorisation":"%s","list":"%s","boxes":3},
                 "openedAt":"2026-11-23T09:00:00Z","closedAt":"2026-11-23T13:00:00Z",
                 "endedAt":"2026-11-23T13:00:00Z",
                 "time":{"captureSeconds":7200,"pausedSeconds":600,"facesPerHour":10.0,
                   "pauses":[{"since":"2026-11-23T10:00:00Z","until":"2026-11-23T10:10:00Z",
                     "reason":"break"}]},
                 "software":"1.2.3","modelPack":"retail-0095",
                 "galleryEntries":300,"entriesWithdrawn":1,
                 "thresholds":[{"since":"2026-11-23T09:00:00Z","cosine":0.65852,
                   "reason":"derived for 300 entries"}],
                 "counts":{"frames":1000,"faceDetections":700,"facesSeen":20,"alerts":0,
                   "alertsByCategory":{}},
                 "outcomes":{"correct":0,"wrong":0,"unresolved":0,"open":0},"signedOutcomes":0,
                 "falseAlertsPerFaceSeen":null,"falseAlertsPerAlert":null}
                """
                    .formatted(van, digest("authorisation"), digest("list")));
  }

  /** A digest of a word. */
  public static Sha256 digest(String of) {
    return Sha256.of(of.getBytes(UTF_8));
  }

  /** Members in the place of those of the same names, at any depth. */
  public SampleRecord with(String json) {
    merge(record, (ObjectNode) JSON.readTree(json));
    return this;
  }

  /** Without a member. */
  public SampleRecord without(String member) {
    record.remove(member);
    return this;
  }

  private static void merge(ObjectNode into, ObjectNode from) {
    from.properties()
        .forEach(
            each -> {
              if (each.getValue() instanceof ObjectNode inner
                  && into.get(each.getKey()) instanceof ObjectNode there) {
                merge(there, inner);
              } else {
                into.set(each.getKey(), each.getValue());
              }
            });
  }

  /** Of so many faces, with alerts of these outcomes and no open one. */
  public SampleRecord counting(long faces, long correct, long wrong, long unresolved) {
    long alerts = correct + wrong + unresolved;
    return with(
        """
        {"counts":{"facesSeen":%d,"alerts":%d,"alertsByCategory":{"wanted":%d}},
         "outcomes":{"correct":%d,"wrong":%d,"unresolved":%d,"open":0},"signedOutcomes":%d}
        """
            .formatted(faces, alerts, alerts, correct, wrong, unresolved, alerts));
  }

  /** Its box. */
  public DeviceIdentity device() {
    return device.identity();
  }

  /** As its box signs it. */
  public byte[] signed() {
    return signed(this);
  }

  /** As the box of another record signs it. */
  public byte[] signed(SampleRecord by) {
    DeviceKeys device = by.device;
    return new SignedRecord(
            new DeploymentId(record.get("deployment").asString()),
            device.identity().fingerprint(),
            Instant.parse("2026-11-23T14:00:00Z"),
            "17:" + digest("head"),
            record)
        .sign(device)
        .bytes();
  }

  /** In a file, with the identity of its box beside it. */
  public Path in(Path folder, String name) throws Exception {
    device.identity().writeTo(folder.resolve(name + ".identity"));
    return Files.write(folder.resolve(name + ".record"), signed());
  }
}
