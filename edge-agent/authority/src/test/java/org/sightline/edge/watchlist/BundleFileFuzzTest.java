package org.sightline.edge.watchlist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.testing.FuzzTarget;
import org.sightline.edge.testing.KnownKeys;

/** No file is a bundle but the very one that was signed. */
class BundleFileFuzzTest extends FuzzTarget {
  private final List<AuthorityPublicKey> trusted =
      List.of(KnownKeys.authority("first").publicKey());
  private final DeviceKeys device = KnownKeys.device("van");
  private final byte[] signed;

  BundleFileFuzzTest() throws IOException {
    signed = Files.readAllBytes(SampleBundle.FILE);
  }

  @Override
  protected List<byte[]> seeds() {
    return List.of(signed, Arrays.copyOf(signed, 16));
  }

  @Override
  protected void take(byte[] input) throws IOException {
    Path file = fileOf(input);
    BundleExpectations expected = SampleList.expectations(Sha256.of(input));
    boolean accepted = false;
    try (WatchlistBundle bundle = WatchlistBundle.open(file, device, trusted, expected)) {
      bundle.forEach(entry -> {});
      accepted = true;
    } catch (WatchlistException refusal) {
      assertThat(refusal.refusal()).isNotInstanceOf(BundleRefusal.Unusable.class);
      assertOneLine(refusal);
    }
    assertThat(accepted).isEqualTo(Arrays.equals(input, signed));
  }
}
