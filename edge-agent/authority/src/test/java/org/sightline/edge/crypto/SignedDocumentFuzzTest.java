package org.sightline.edge.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.sightline.edge.crypto.SignedDocument.Verification.Trusted;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.FuzzTarget;
import org.sightline.edge.testing.KnownKeys;

/** A document has one spelling, and none but what was signed is trusted. */
class SignedDocumentFuzzTest extends FuzzTarget {
  private static final String TYPE = "text/plain";
  private static final byte[] PAYLOAD = utf8("payload");

  private final AuthorityKey first = KnownKeys.authority("first");
  private final AuthorityKey second = KnownKeys.authority("second");
  private final List<AuthorityPublicKey> trusted = List.of(first.publicKey(), second.publicKey());

  @Override
  protected List<byte[]> seeds() {
    return List.of(
        SignedDocument.sign(TYPE, PAYLOAD, List.of(first)).bytes(),
        SignedDocument.sign(TYPE, PAYLOAD, List.of(first, second)).bytes(),
        SignedDocument.sign(TYPE, new byte[0], List.of(second)).bytes());
  }

  @Override
  protected void take(byte[] input) {
    SignedDocument.parse(input)
        .ifPresent(
            document -> {
              assertThat(document.bytes()).isEqualTo(input);
              if (document.verify(TYPE, trusted) instanceof Trusted) {
                assertThat(document.payload()).isIn(PAYLOAD, new byte[0]);
              }
            });
  }
}
