package org.sightline.edge.watchlist;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.FuzzTarget;
import org.sightline.edge.testing.KnownKeys;

/** Whatever an authority signs as the header of a list, the list is read whole or refused. */
class SignedHeaderFuzzTest extends FuzzTarget {
  private final AuthorityKey authority = KnownKeys.authority("first");
  private final DeviceKeys device = KnownKeys.device("van");
  private final byte[] header;
  private final byte[] body;

  SignedHeaderFuzzTest() throws IOException {
    byte[] bundle = Files.readAllBytes(SampleBundle.FILE);
    int bodyOffset = BundleFormat.PREFIX_SIZE_BYTES + ByteBuffer.wrap(bundle).getInt(12);
    header =
        SignedDocument.parse(Arrays.copyOfRange(bundle, BundleFormat.PREFIX_SIZE_BYTES, bodyOffset))
            .orElseThrow()
            .payload();
    body = Arrays.copyOfRange(bundle, bodyOffset, bundle.length);
  }

  @Override
  protected List<byte[]> seeds() {
    return List.of(
        header,
        utf8(
            new String(header, UTF_8)
                .replaceFirst("(\"bodySizeBytes\":)\\d+", "$1" + Long.MAX_VALUE)));
  }

  @Override
  protected void take(byte[] input) throws IOException {
    byte[] document = SignedDocument.sign(BundleHeader.TYPE, input, List.of(authority)).bytes();
    byte[] file =
        ByteBuffer.allocate(BundleFormat.PREFIX_SIZE_BYTES + document.length + body.length)
            .put(BundleFormat.magic())
            .putInt(BundleFormat.VERSION)
            .putInt(document.length)
            .put(document)
            .put(body)
            .array();
    BundleExpectations expected = SampleList.expectations(Sha256.of(file));
    try (WatchlistBundle bundle =
        WatchlistBundle.open(fileOf(file), device, List.of(authority.publicKey()), expected)) {
      assertThat(bundle.header().terms().deployment()).isEqualTo(SampleList.DEPLOYMENT);
      bundle.forEach(entry -> {});
    } catch (WatchlistException refusal) {
      assertThat(refusal.refusal()).isNotInstanceOf(BundleRefusal.Unusable.class);
      assertOneLine(refusal);
    }
  }
}
