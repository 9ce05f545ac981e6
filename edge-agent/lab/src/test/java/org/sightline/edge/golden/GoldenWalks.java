package org.sightline.edge.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.authorisation.LowestRecognition;
import org.sightline.edge.crypto.ControlRoomIdentity;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.signing.BundleWriter;
import org.sightline.edge.testing.KnownKeys;
import org.sightline.edge.testing.SampleAuthorisation;
import org.sightline.edge.watchlist.BundleTerms;
import org.sightline.edge.watchlist.ControlTerms;
import org.sightline.edge.watchlist.EntryTerms;

/** How the golden files of walks were made, and what is in them. */
final class GoldenWalks {
  static final String LIST = "watchlist-with-control.v1.bundle";
  static final String AUTHORISATION = "authorisation-recognition.v1.json";
  static final ControlTerms CONTROL = new ControlTerms("forms 1 to 12 – “é”");
  static final LowestRecognition RULE = new LowestRecognition(0.8, 20);

  private GoldenWalks() {}

  /** Writes all to a folder. */
  static void make(Path folder, ControlRoomIdentity room) throws Exception {
    Sha256 list = list(folder.resolve(LIST));
    Files.write(
        folder.resolve(AUTHORISATION),
        new SampleAuthorisation()
            .deployment(Golden.DEPLOYMENT)
            .deploymentClass(DeploymentClass.LIVE)
            .van(Golden.VAN)
            .device(KnownKeys.device("van").identity().fingerprint())
            .start(Golden.START)
            .end(Golden.END)
            .list(list)
            .maximumListAge(Duration.ofHours(36))
            .alerts(AlertTerms.DEFAULT.sealedFor(room))
            .recognition(Optional.of(RULE))
            .build()
            .sign(List.of(KnownKeys.authority("first"), KnownKeys.authority("second")))
            .bytes());
  }

  static BundleTerms terms() {
    return GoldenCategories.terms().with(CONTROL);
  }

  private static Sha256 list(Path file) throws Exception {
    BundleTerms terms = terms();
    try (BundleWriter writer =
        BundleWriter.create(
            file,
            terms,
            KnownKeys.device("van").identity(),
            List.of(KnownKeys.authority("first")))) {
      for (String category : List.of(GoldenCategories.RULE.category(), ControlTerms.CATEGORY)) {
        writer.add(
            new WatchlistEntry(
                new SubjectRef(category.equals(ControlTerms.CATEGORY) ? "C-0" : "S-0"),
                category,
                List.of(Template.normalised(terms.modelPack(), new float[] {1, 2, 3, 4})),
                new Jpeg(new byte[] {1})),
            new EntryTerms(LocalDate.parse("2027-01-31"), false));
      }
      return writer.finish();
    }
  }
}
