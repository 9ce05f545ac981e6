package org.sightline.edge.watchlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.ContentKey;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.domain.CategoryPolicy;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.testing.SampleCategories;
import org.sightline.edge.watchlist.BundleRefusal.Altered;
import org.sightline.edge.watchlist.BundleRefusal.Malformed;

/**
 * Bundles that are signed by a trusted authority and encrypted as they should be, but hold what no
 * list holds. A signature says who made a list, not that it is well-formed.
 */
class ForgedBundleTest {
  private final DeviceKeys device = DeviceKeys.generate();
  private final AuthorityKey authority = AuthorityKey.generate();
  private final byte[] entry =
      BundleFormat.encode(SampleList.entries(1).get(0), SampleList.terms());

  @TempDir private Path folder;

  @Test
  void aBundleMadeThisWayIsReadUnlessItIsForged() throws Exception {
    assertThat(read(forge(sized(entry), 1, SampleList.terms()))).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0xffffffff, 0x7fffffff, (16 << 20) + 1})
  void anEntryDeclaredLongerThanSixteenMebibytesIsRefused(int sizeBytes) throws Exception {
    byte[] body = sized(entry);
    ByteBuffer.wrap(body).putInt(0, sizeBytes);
    assertThat(refusal(forge(body, 1, SampleList.terms())))
        .isEqualTo(new Malformed("an entry is at most 16 MiB"));
  }

  @Test
  void anEntryDeclaredLongerThanTheBodyIsRefused() throws Exception {
    byte[] body = sized(entry);
    ByteBuffer.wrap(body).putInt(0, 16 << 20);
    assertThat(refusal(forge(body, 1, SampleList.terms())))
        .isEqualTo(new Altered(Altered.Part.BODY));
  }

  @Test
  void moreEntriesThanTheBodyHasRoomForAreRefusedBeforeItIsDecrypted() throws Exception {
    Path bundle = forge(sized(entry), 1, SampleList.terms());
    assertThat(refusal(altered(bundle, "\"wanted\":1", "\"wanted\":1000000", 1_000_000)))
        .isEqualTo(new Malformed("the header"));
  }

  @Test
  void moreThanAMillionEntriesAreRefused() throws Exception {
    assertThat(refusal(withRoomFor(1_000_000))).isNotEqualTo(new Malformed("the header"));
    assertThat(refusal(withRoomFor(1_000_001))).isEqualTo(new Malformed("the header"));
  }

  /** A bundle whose header declares so many entries, and a body that is large enough for them. */
  private Path withRoomFor(int entries) throws Exception {
    return altered(
        forge(sized(entry), 1, SampleList.terms()),
        header ->
            header
                .replace("\"wanted\":1", "\"wanted\":" + entries)
                .replace("\"entryCount\":1,", "\"entryCount\":" + entries + ",")
                .replaceFirst("\"bodySizeBytes\":\\d+", "\"bodySizeBytes\":" + (1 << 30)));
  }

  @Test
  void fewerEntriesThanAreDeclaredAreRefused() throws Exception {
    byte[] roomy = new byte[200];
    System.arraycopy(sized(entry), 0, roomy, 0, entry.length + 4);
    assertThat(refusal(forge(roomy, 2, SampleList.terms()))).isInstanceOf(Malformed.class);
  }

  @Test
  void moreEntriesThanAreDeclaredAreRefused() throws Exception {
    assertThat(refusal(forge(concat(sized(entry), sized(entry)), 1, SampleList.terms())))
        .isEqualTo(new Malformed("the body ends after the last entry"));
  }

  @Test
  void aSubjectThatIsListedTwiceIsRefused() throws Exception {
    assertThat(refusal(forge(concat(sized(entry), sized(entry)), 2, SampleList.terms())))
        .isEqualTo(new Malformed("a subject is listed once"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../../etc/passwd", "/etc/passwd", "a/b", "a\\b", "..", "S-1\n", "S*", ""})
  void aSubjectThatIsNoReferenceIsRefused(String subject) throws Exception {
    byte[] forged = entryOf(subject, 1, SampleList.DIMENSION, 0);
    assertThat(refusal(forge(sized(forged), 1, SampleList.terms())))
        .isInstanceOfSatisfying(
            Malformed.class, rule -> assertThat(rule.line()).contains("subject reference"));
  }

  @ParameterizedTest
  @ValueSource(ints = {0xffffffff, 0x7fffffff, 1})
  void aPortraitDeclaredLongerThanItsEntryIsRefused(int sizeBytes) throws Exception {
    byte[] forged = entryOf("S-1", 1, SampleList.DIMENSION, sizeBytes);
    assertThat(refusal(forge(sized(forged), 1, SampleList.terms())))
        .isEqualTo(new Malformed("a portrait ends where its entry ends"));
  }

  @Test
  void theLargestNumberOfTheLargestTemplatesIsRead() throws Exception {
    byte[] large = entryOf("S-1", 255, 4096, 0);
    assertThat(read(forge(sized(large), 1, terms(4096)))).isEqualTo(1);
  }

  @Test
  void templatesThatAreDeclaredButNotThereAreRefused() throws Exception {
    byte[] large = entryOf("S-1", 255, 4096, 0);
    byte[] cut = Arrays.copyOf(large, 100_000);
    assertThat(refusal(forge(sized(cut), 1, terms(4096))))
        .isEqualTo(new Malformed("an entry is as long as its parts"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"wanted\":1 | \"wanted\":2",
        "\"wanted\":1 | \"wanted\":null",
        "{\"wanted\":1} | {}",
        "{\"wanted\":1} | {\"wanted\":1,\"wanted\":1}",
        "\"wanted\":1 | \"wanted\\n\":1",
        "\"under18Entries\":0 | \"under18Entries\":2",
        "\"under18Entries\":0 | \"under18Entries\":-1",
        "\"earliestReview\":\"2026-11-24\" | \"earliestReview\":\"2026-11-23\"",
        "\"earliestReview\":\"2026-11-24\" | \"earliestReview\":\"2026-02-30\"",
        "\"earliestReview\":\"2026-11-24\" | \"earliestReview\":null",
      })
  void countsThatCannotBeAreRefused(String signed, String instead) throws Exception {
    Path bundle = forge(sized(entry), 1, SampleList.terms());
    assertThat(refusal(altered(bundle, signed, instead, 1))).isEqualTo(new Malformed("the header"));
  }

  @Test
  void aRuleInTheHeaderThatThisVersionDoesNotKnowIsRefusedByName() throws Exception {
    Path bundle = forge(sized(entry), 1, SampleList.terms());
    assertThat(refusal(altered(bundle, "{\"terms\":{", "{\"terms\":{\"noNights\":1,", 1)))
        .isEqualTo(new BundleRefusal.NewerVersion("noNights"));
  }

  private static BundleTerms withPolicyFor(String category) {
    return SampleList.terms()
        .with(
            new CategoryPolicy(
                List.of(SampleCategories.rule(category, SampleCategories.RED, 0.7))));
  }

  @Test
  void aCategoryThatThePolicyDoesNotNameIsRefusedInTheHeader() throws Exception {
    Path bundle = forge(sized(entry), 1, withPolicyFor("wanted"));
    assertThat(refusal(altered(bundle, "\"wanted\":1", "\"missing\":1", 1)))
        .isEqualTo(new Malformed("the header"));
  }

  @Test
  void aCategoryThatThePolicyDoesNotNameIsRefusedInTheBody() throws Exception {
    // The entry's category is empty.
    assertThat(refusal(forge(sized(entry), 1, withPolicyFor("wanted"))))
        .isEqualTo(new Malformed("a policy names every category that is listed"));
  }

  @Test
  void aRuleOfACategoryThatThisVersionDoesNotKnowIsRefusedByName() throws Exception {
    Path bundle = forge(sized(entry), 1, withPolicyFor("wanted"));
    assertThat(refusal(altered(bundle, "\"colour\":", "\"notAfter\":1,\"colour\":", 1)))
        .isEqualTo(new BundleRefusal.NewerVersion("notAfter"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"red\" | \"pink\"",
        "\"urgency\":1 | \"urgency\":0",
        "\"urgency\":1 | \"urgency\":\"1\"",
        "\"threshold\":0.7 | \"threshold\":1.7",
        "\"sound\":\"urgent\" | \"sound\":\"siren\"",
        "two-officers | nobody",
        "\"instruction\":\"Do | \"instruction\":\"\\nDo",
      })
  void aRuleOfACategoryThatCannotBeIsRefused(String signed, String instead) throws Exception {
    Path bundle = forge(sized(entry), 1, withPolicyFor("wanted"));
    assertThat(refusal(altered(bundle, signed, instead, 1))).isEqualTo(new Malformed("the header"));
  }

  @Test
  void aHeaderThatSpeaksOfControlEntriesWhereThereAreNoneIsRefused() throws Exception {
    Path bundle = forge(sized(entry), 1, withPolicyFor("wanted"));
    assertThat(
            refusal(
                altered(
                    bundle,
                    "\"confirmation\":\"two-officers\"}]",
                    "\"confirmation\":\"two-officers\"}],\"control\":{\"consent\":\"form 1\"}",
                    1)))
        .isEqualTo(new Malformed("the header"));
  }

  private static BundleTerms terms(int dimension) {
    return new BundleTerms(
        SampleList.DEPLOYMENT,
        SampleList.PACK,
        2,
        dimension,
        1,
        SampleList.CREATED,
        SampleList.EXPIRES);
  }

  private static byte[] entryOf(String subject, int templates, int dimension, int portraitSize) {
    byte[] reference = subject.getBytes(StandardCharsets.US_ASCII);
    ByteBuffer out =
        ByteBuffer.allocate(1 + reference.length + 2 + 1 + 4 * templates * dimension + 4);
    out.put((byte) reference.length).put(reference).putShort((short) 0).put((byte) templates);
    for (int i = 0; i < templates * dimension; i++) {
      out.putFloat(1);
    }
    return out.putInt(portraitSize).array();
  }

  private static byte[] sized(byte[] entry) {
    return ByteBuffer.allocate(4 + entry.length).putInt(entry.length).put(entry).array();
  }

  private static byte[] concat(byte[] one, byte[] other) {
    return ByteBuffer.allocate(one.length + other.length).put(one).put(other).array();
  }

  private Path forge(byte[] body, int entries, BundleTerms terms) throws IOException {
    byte[] context = BundleHeader.context(SampleList.DEPLOYMENT, device.identity().fingerprint());
    ByteArrayOutputStream encrypted = new ByteArrayOutputStream();
    try (ContentKey key = ContentKey.generate()) {
      try (OutputStream out = key.encrypting(encrypted, context)) {
        out.write(body);
      }
      BundleContents.Count count = new BundleContents.Count();
      for (int i = 0; i < entries; i++) {
        count.add("wanted", SampleList.entryTerms());
      }
      BundleHeader header =
          new BundleHeader(
              terms,
              device.identity().fingerprint(),
              entries,
              count.contents(),
              encrypted.size(),
              Sha256.of(encrypted.toByteArray()),
              Base64.getEncoder().encodeToString(key.wrapFor(device.identity(), context)),
              Optional.empty());
      return write(CanonicalJson.write(header), encrypted.toByteArray());
    }
  }

  /** The bundle with another text in its header, signed again. */
  private Path altered(Path bundle, String signed, String instead, int entries) throws Exception {
    return altered(
        bundle,
        header -> {
          assertThat(header).contains(signed);
          return header
              .replace(signed, instead)
              .replace("\"entryCount\":1,", "\"entryCount\":" + entries + ",");
        });
  }

  private Path altered(Path bundle, UnaryOperator<String> change) throws Exception {
    byte[] file = Files.readAllBytes(bundle);
    BundleHeader header = WatchlistBundle.verify(bundle, List.of(authority.publicKey())).header();
    String text = new String(CanonicalJson.write(header), StandardCharsets.UTF_8);
    int bodySize = (int) header.bodySizeBytes();
    byte[] body = Arrays.copyOfRange(file, file.length - bodySize, file.length);
    return write(change.apply(text).getBytes(StandardCharsets.UTF_8), body);
  }

  private Path write(byte[] payload, byte[] body) throws IOException {
    byte[] document = SignedDocument.sign(BundleHeader.TYPE, payload, List.of(authority)).bytes();
    Path bundle = folder.resolve("forged.bundle");
    try (DataOutputStream out = new DataOutputStream(Files.newOutputStream(bundle))) {
      out.write(BundleFormat.magic());
      out.writeInt(BundleFormat.VERSION);
      out.writeInt(document.length);
      out.write(document);
      out.write(body);
    }
    return bundle;
  }

  private int read(Path bundle) throws Exception {
    BundleExpectations here =
        new BundleExpectations(
            SampleList.DEPLOYMENT,
            Sha256.ofFile(bundle),
            SampleList.PACK,
            2,
            SampleList.CREATED.plusSeconds(60),
            SampleList.CREATED.plusSeconds(60),
            Duration.ofDays(1),
            1);
    int[] entries = {0};
    try (WatchlistBundle open =
        WatchlistBundle.open(bundle, device, List.of(authority.publicKey()), here)) {
      open.forEach(entry -> entries[0]++);
    }
    return entries[0];
  }

  private BundleRefusal refusal(Path bundle) {
    WatchlistException refused = catchThrowableOfType(WatchlistException.class, () -> read(bundle));
    assertThat(refused).as("a refusal").isNotNull();
    assertThat(refused.getMessage()).hasLineCount(1);
    return refused.refusal();
  }
}
