package org.sightline.edge.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sightline.edge.authorisation.AlertTerms;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.DeploymentClass;
import org.sightline.edge.authorisation.DiscardReceipt;
import org.sightline.edge.authorisation.Ruling;
import org.sightline.edge.authorisation.Urgency;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.KnownKeys;
import org.sightline.edge.testing.SampleAuthorisation;

/** How the golden files of an urgent authorisation and of its rulings were made, once. */
final class GoldenUrgent {
  static final String AUTHORISATION = "authorisation-urgent.v1.json";
  static final String CONFIRMATION = "urgent-confirmation.v1.json";
  static final String REFUSAL = "urgent-refusal.v1.json";
  static final String RECEIPT = "discard-receipt.v1.json";

  static final Urgency URGENCY = new Urgency("a child was taken at 8:40", Golden.START);

  private GoldenUrgent() {}

  /** Makes them beside the others, which it does not touch. */
  public static void main(String[] args) throws Exception {
    make(
        Files.createDirectories(Path.of(args[0])),
        KnownKeys.device("van"),
        Sha256.of(new byte[] {3}),
        KnownKeys.authority("first"),
        KnownKeys.authority("second"));
  }

  static void make(
      Path folder, DeviceKeys device, Sha256 list, AuthorityKey first, AuthorityKey second)
      throws Exception {
    Authorisation authorisation =
        new SampleAuthorisation()
            .deployment(Golden.DEPLOYMENT)
            .deploymentClass(DeploymentClass.LIVE)
            .van(Golden.VAN)
            .device(device.identity().fingerprint())
            .start(Golden.START)
            .end(Golden.END)
            .list(list)
            .alerts(AlertTerms.DEFAULT)
            .urgent(URGENCY.reason(), URGENCY.signedAt())
            .build();
    byte[] document = authorisation.sign(List.of(first)).bytes();
    Files.write(folder.resolve(AUTHORISATION), document);
    Sha256 digest = Sha256.of(document);
    Files.write(
        folder.resolve(CONFIRMATION),
        new Ruling(Ruling.Word.CONFIRMED, Golden.DEPLOYMENT, digest, Golden.REVOKED)
            .sign(List.of(second))
            .bytes());
    byte[] refusal =
        new Ruling(Ruling.Word.REFUSED, Golden.DEPLOYMENT, digest, Golden.REVOKED)
            .sign(List.of(second))
            .bytes();
    Files.write(folder.resolve(REFUSAL), refusal);
    Files.write(
        folder.resolve(RECEIPT),
        new DiscardReceipt(
                Golden.DEPLOYMENT,
                device.identity().fingerprint(),
                new DiscardReceipt.Refused(
                    digest, Sha256.of(refusal), second.publicKey().fingerprint(), Golden.REVOKED),
                new DiscardReceipt.Counts(3, 1, 2, 1, 0),
                Golden.END,
                "17 " + Sha256.of(new byte[] {17}))
            .sign(device)
            .bytes());
  }
}
