package org.sightline.edge.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.crypto.SignedDocument.Verification.BadSignature;
import org.sightline.edge.crypto.SignedDocument.Verification.OtherType;
import org.sightline.edge.crypto.SignedDocument.Verification.Trusted;
import org.sightline.edge.crypto.SignedDocument.Verification.UnknownSigner;
import org.sightline.edge.signing.AuthorityKey;

class SignedDocumentTest {
  private static final String TYPE = "application/vnd.sightline.test.v1+json";
  private static final byte[] PAYLOAD = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);

  private final AuthorityKey first = AuthorityKey.generate();
  private final AuthorityKey second = AuthorityKey.generate();
  private final List<AuthorityPublicKey> both = List.of(first.publicKey(), second.publicKey());

  @Test
  void aDocumentIsTrustedByThoseWhoTrustAllItsSigners() {
    SignedDocument document = SignedDocument.sign(TYPE, PAYLOAD, List.of(first, second));
    SignedDocument again = SignedDocument.parse(document.bytes()).orElseThrow();
    assertThat(again.payload()).isEqualTo(PAYLOAD);
    assertThat(again.verify(TYPE, both)).isInstanceOf(Trusted.class);
  }

  @Test
  void oneSignerWhoIsNotTrustedSpoilsTheDocument() {
    SignedDocument document = SignedDocument.sign(TYPE, PAYLOAD, List.of(first, second));
    assertThat(document.verify(TYPE, List.of(first.publicKey())))
        .isEqualTo(new UnknownSigner(second.publicKey().fingerprint()));
  }

  @Test
  void aDocumentDoesNotPassForOneOfAnotherType() {
    SignedDocument document = SignedDocument.sign(TYPE, PAYLOAD, List.of(first));
    assertThat(document.verify("application/other", both)).isEqualTo(new OtherType(TYPE));

    String relabelled =
        new String(document.bytes(), StandardCharsets.UTF_8).replace(TYPE, "application/other");
    assertThat(
            SignedDocument.parse(relabelled.getBytes(StandardCharsets.UTF_8))
                .orElseThrow()
                .verify("application/other", both))
        .isEqualTo(new BadSignature(first.publicKey().fingerprint()));
  }

  @Test
  void theSameSignatureTwiceIsNoDocument() {
    assertThat(damaged("\"signatures\":[", "]", "$1$2,$2$3")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "{}",
        "[]",
        "{\"payload\":\"\",\"payloadType\":\"x\",\"signatures\":[]}"
      })
  void whatIsNoEnvelopeIsNoDocument(String text) {
    assertThat(SignedDocument.parse(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
  }

  @Test
  void anUnknownKeyIsNoDocument() {
    assertThat(damaged("^\\{", "", "{\"extra\":1,")).isEmpty();
  }

  @Test
  void aRepeatedKeyIsNoDocument() {
    assertThat(damaged("^\\{", "", "{\"payloadType\":\"x\",")).isEmpty();
  }

  @Test
  void whiteSpaceAroundTheEnvelopeIsNoDocument() {
    assertThat(damaged("^\\{", "", " {")).isEmpty();
    assertThat(damaged("\\}$", "", "}\n")).isEmpty();
  }

  private java.util.Optional<SignedDocument> damaged(String from, String to, String replacement) {
    String text =
        new String(
            SignedDocument.sign(TYPE, PAYLOAD, List.of(first)).bytes(), StandardCharsets.UTF_8);
    String pattern = to.isEmpty() ? from : "(" + from.replace("[", "\\[") + ")(.*)(" + to + ")";
    return SignedDocument.parse(
        text.replaceFirst(pattern, replacement).getBytes(StandardCharsets.UTF_8));
  }
}
