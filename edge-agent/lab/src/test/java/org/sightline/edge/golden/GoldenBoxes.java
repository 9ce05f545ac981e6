package org.sightline.edge.golden;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.SignedRecord;
import org.sightline.edge.authorisation.AuthorisedBox;
import org.sightline.edge.authorisation.AuthorisedCamera;
import org.sightline.edge.authorisation.CameraKind;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.CameraId;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.VanId;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.oversight.MergedFile;
import org.sightline.edge.signing.BundleWriter;
import org.sightline.edge.testing.KnownKeys;
import org.sightline.edge.testing.SampleAuthorisation;
import org.sightline.edge.watchlist.BundleTerms;
import org.sightline.edge.watchlist.EntryTerms;
import tools.jackson.databind.json.JsonMapper;

/** How the golden files of a deployment of two boxes were made, and what is in them. */
final class GoldenBoxes {
  static final String LIST = "watchlist-for-boxes.v1.bundle";
  static final String AUTHORISATION = "authorisation-boxes.v1.json";

  /** Of the first box, which was paused. */
  static final String PAUSED = "deployment-record-paused.v1.json";

  static final String MERGED = "merged-record.v1.json";
  static final DeviceKeys FIRST = KnownKeys.device("van");
  static final DeviceKeys SECOND = KnownKeys.device("second van");
  static final AuthorisedBox OTHER =
      new AuthorisedBox(
          new VanId("van-8"),
          SECOND.identity().fingerprint(),
          Optional.of(
              List.of(
                  new AuthorisedCamera(
                      new CameraId("post-2"), CameraKind.LIVE, Optional.empty()))));

  private GoldenBoxes() {}

  /** Writes all to a folder. */
  static void make(Path folder) throws Exception {
    Sha256 list = list(folder.resolve(LIST));
    byte[] authorisation =
        new SampleAuthorisation()
            .deployment(Golden.DEPLOYMENT)
            .deploymentClass(DeploymentClass.EXERCISE)
            .van(Golden.VAN)
            .device(FIRST.identity().fingerprint())
            .others(OTHER)
            .start(Golden.START)
            .end(Golden.END)
            .list(list)
            .maximumListAge(Duration.ofHours(36))
            .build()
            .sign(List.of(KnownKeys.authority("first")))
            .bytes();
    Files.write(folder.resolve(AUTHORISATION), authorisation);
    String made =
        "\"authorisation\":\"%s\",\"list\":\"%s\"".formatted(Sha256.of(authorisation), list);
    Path paused =
        Files.write(folder.resolve(PAUSED), signed(FIRST, Golden.VAN, made, 40, 12_000, PAUSES));
    Path other =
        Files.write(
            Files.createTempFile("second", ".record"),
            signed(SECOND, OTHER.van(), made, 25, 14_400, "[]"));
    MergedFile.merge(List.of(paused, other), List.of(FIRST.identity(), SECOND.identity()), true)
        .writeTo(folder.resolve(MERGED));
    Files.delete(other);
  }

  private static final String PAUSES =
      """
      [{"since":"2026-11-28T10:00:00Z","until":"2026-11-28T10:40:00Z","reason":"break – “é”"}]
      """;

  private static byte[] signed(
      DeviceKeys device, VanId van, String made, int faces, int captureSeconds, String pauses) {
    return new SignedRecord(
            Golden.DEPLOYMENT,
            device.identity().fingerprint(),
            Golden.END,
            new AuditHead(17, Sha256.of(new byte[] {17})).toString(),
            JsonMapper.shared()
                .readTree(
                    """
                    {"deployment":"%s","van":"%s","place":"High Street – “é”",
                     "authorised":{%s,"boxes":2},
                     "openedAt":"2026-11-28T09:00:00.250Z","closedAt":"2026-11-28T13:00:00Z",
                     "time":{"captureSeconds":%d,"pausedSeconds":%d,"facesPerHour":12.0,
                       "pauses":%s},
                     "software":"1.2.3","modelPack":"sample-pack 1",
                     "galleryEntries":2,"entriesWithdrawn":1,
                     "thresholds":[{"since":"2026-11-28T09:00:00.250Z","cosine":0.65852,
                       "reason":"derived for 2 entries"}],
                     "counts":{"frames":1000,"faceDetections":700,"facesSeen":%d,"alerts":3,
                       "alertsByCategory":{"wanted – é":3}},
                     "outcomes":{"correct":1,"wrong":1,"unresolved":0,"open":1},
                     "signedOutcomes":2,
                     "street":{"engagements":{"stopped":2,"lost":0,"notAttempted":0},
                       "confirmed":{"correct":1,"wrong":1,"unresolved":0},
                       "actions":{"arrested":1,"noAction":1,"other":0},
                       "medianMinutesStopped":4,"corrections":0,
                       "groups":{"true":{"A":"withheld"},"false":{"A":"withheld"},
                         "unresolved":{"A":"withheld"}}},
                     "waits":{"published":{"alerts":3,"medianSeconds":1,"p95Seconds":2},
                       "seen":{"alerts":3,"medianSeconds":3,"p95Seconds":9},
                       "claimed":{"alerts":0,"medianSeconds":null,"p95Seconds":null},
                       "outcome":{"alerts":2,"medianSeconds":20,"p95Seconds":31},
                       "stopped":{"alerts":2,"medianSeconds":60,"p95Seconds":90},
                       "notPlausible":0},
                     "walks":{"controlEntries":1,
                       "recognition":[{"camera":"mast-1","list":"%s","listVersion":4,
                         "modelPack":"sample-pack 1","software":"1.2.3",
                         "trueRecognition":{"count":9,"of":10}}],
                       "notJudged":[],"open":0,"unannounced":0}}
                    """
                        .formatted(
                            Golden.DEPLOYMENT,
                            van,
                            made,
                            captureSeconds,
                            14_400 - captureSeconds,
                            pauses,
                            faces,
                            Sha256.of(made.getBytes(UTF_8)))))
        .sign(device)
        .bytes();
  }

  private static Sha256 list(Path file) throws Exception {
    BundleTerms terms = GoldenMaker.terms();
    try (BundleWriter writer =
        BundleWriter.create(
            file,
            terms,
            List.of(FIRST.identity(), SECOND.identity()),
            List.of(KnownKeys.authority("first")))) {
      for (int i = 0; i < 2; i++) {
        writer.add(
            new WatchlistEntry(
                new SubjectRef("S-" + i),
                "wanted – é",
                List.of(Template.normalised(terms.modelPack(), new float[] {1, 2, 3, 4 + i})),
                new Jpeg(new byte[] {1})),
            new EntryTerms(LocalDate.parse("2027-01-31"), false));
      }
      return writer.finish();
    }
  }
}
