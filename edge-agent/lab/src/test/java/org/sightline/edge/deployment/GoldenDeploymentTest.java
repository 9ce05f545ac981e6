package org.sightline.edge.deployment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.golden.Golden;
import org.sightline.edge.testing.KnownKeys;

class GoldenDeploymentTest {
  private final DeviceKeys device = KnownKeys.device("van");

  @TempDir private Path folder;

  @Test
  void aReceiptIsRead() throws Exception {
    Sha256 list = Sha256.ofFile(Golden.file("watchlist.v1.bundle"));
    assertThat(
            DestructionReceipt.read(Golden.bytes("destruction-receipt.v1.json"), device.identity()))
        .hasValue(GoldenDeployment.receipt(device, list));
  }

  @Test
  void aReceiptIsWrittenAsItStands() throws Exception {
    byte[] golden = Golden.bytes("destruction-receipt.v1.json");
    assertThat(
            CanonicalJson.write(DestructionReceipt.read(golden, device.identity()).orElseThrow()))
        .asString(UTF_8)
        .isEqualTo(new String(SignedDocument.parse(golden).orElseThrow().payload(), UTF_8));
  }

  /** Of a later version: a statement is not refused for saying more. */
  @ParameterizedTest
  @ValueSource(strings = {"_note", "note"})
  void aReceiptThatSaysMoreIsRead(String member) throws Exception {
    byte[] more = withMember(member, "destruction-receipt.v1.json", "destruction-receipt.v1+json");

    assertThat(DestructionReceipt.read(more, device.identity()))
        .isEqualTo(
            DestructionReceipt.read(Golden.bytes("destruction-receipt.v1.json"), device.identity()))
        .isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"_note", "note"})
  void aNoteOfAnEndThatSaysMoreIsRead(String member) throws Exception {
    new EndedDeployments(folder, device).put(Golden.DEPLOYMENT, GoldenDeployment.END);
    try (Stream<Path> notes = Files.list(folder)) {
      Files.write(
          notes.findFirst().orElseThrow(),
          withMember(member, Golden.ENDED, "ended-deployment.v1+json"));
    }

    assertThat(new EndedDeployments(folder, device).of(Golden.DEPLOYMENT))
        .hasValue(GoldenDeployment.END);
  }

  /** A golden document with a member more, signed by the same device. */
  private byte[] withMember(String member, String golden, String type) throws Exception {
    byte[] payload = SignedDocument.parse(Golden.bytes(golden)).orElseThrow().payload();
    String more = new String(payload, UTF_8).replaceFirst("}$", ",\"" + member + "\":{\"a\":[1]}}");
    return device.sign("application/vnd.sightline." + type, more.getBytes(UTF_8)).bytes();
  }

  @Test
  void aNoteThatADeploymentEndedIsReadUnderTheNameItHadThen() throws Exception {
    new EndedDeployments(folder, device).put(Golden.DEPLOYMENT, GoldenDeployment.END);
    try (Stream<Path> notes = Files.list(folder)) {
      Path note = notes.findFirst().orElseThrow();
      assertThat(note)
          .hasFileName("fdd92af4ff0b7839cf737f39a38c2417839e4621e790932a6220787f043cf4d3.ended")
          .hasSameBinaryContentAs(Golden.file(Golden.ENDED));
    }
    assertThat(new EndedDeployments(folder, device).of(Golden.DEPLOYMENT))
        .hasValue(GoldenDeployment.END);
  }
}
