package org.sightline.edge.golden;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.sightline.edge.audit.AuditHead;
import org.sightline.edge.audit.SignedRecord;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.DeploymentId;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the golden file of a signed record was made, and what is in it: it was signed on the log of
 * {@code audit-log.v1.jsonl}, which knows a deployment of this name and no alert of it.
 */
final class GoldenRecord {
  static final String FILE = "deployment-record.v1.json";

  private GoldenRecord() {}

  /** What was signed. */
  static SignedRecord record(DeviceKeys device) throws Exception {
    List<String> lines = Files.readAllLines(Golden.file("audit-log.v1.jsonl"));
    AuditHead head =
        new AuditHead(lines.size(), Sha256.of(lines.get(lines.size() - 1).getBytes(US_ASCII)));
    return new SignedRecord(
        new DeploymentId("D-3"),
        device.identity().fingerprint(),
        Golden.END,
        head.toString(),
        JsonMapper.shared()
            .readTree(
                """
                {"deployment":"D-3","van":"van-7","place":"High Street – “é”",
                 "thresholds":[],"counts":{"frames":1000,"facesSeen":42,"alerts":0},
                 "outcomes":{"correct":0,"wrong":0,"unresolved":0,"open":0},"signedOutcomes":0,
                 "falseAlertsPerFaceSeen":{"count":0,"of":42,"rate":0.0,"upper95":0.0840}}
                """));
  }

  /** Writes it to a folder. */
  static void make(Path folder, DeviceKeys device) throws Exception {
    Files.write(folder.resolve(FILE), record(device).sign(device).bytes());
  }
}
