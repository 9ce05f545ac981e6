package org.sightline.edge.watchlist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.CategoryPolicy;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.Response;
import org.sightline.edge.domain.ShownText;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.signing.AuthorityKey;
import org.sightline.edge.signing.BundleWriter;
import org.sightline.edge.testing.SampleCategories;
import org.sightline.edge.watchlist.BundleRefusal.Altered;
import org.sightline.edge.watchlist.BundleRefusal.Altered.Part;

class WatchlistBundleTest {
  private static final Duration DAY = Duration.ofHours(24);

  private static final Instant NOW = SampleList.CREATED.plusSeconds(60);
  private static final int HEADER_OFFSET = 16;

  private final DeviceKeys device = DeviceKeys.generate();
  private final AuthorityKey authority = AuthorityKey.generate();

  @TempDir private Path folder;
  private Path bundle;
  private Sha256 digest;

  @BeforeEach
  void aBundleOfTwo() throws Exception {
    bundle = folder.resolve("list.bundle");
    digest = SampleList.write(bundle, SampleList.entries(2), device.identity(), authority);
  }

  @Test
  void aListIsTheSameAfterWritingAndReading() throws Exception {
    List<WatchlistEntry> written = SampleList.entries(1000);
    Path file = folder.resolve("long.bundle");
    digest = SampleList.write(file, written, device.identity(), authority);

    List<WatchlistEntry> read = read(file, device, expectations());

    assertThat(read).hasSameSizeAs(written);
    for (int i = 0; i < read.size(); i++) {
      WatchlistEntry one = read.get(i);
      WatchlistEntry other = written.get(i);
      assertThat(one.subject()).isEqualTo(other.subject());
      assertThat(one.category()).isEqualTo(other.category());
      assertThat(one.portrait()).isEqualTo(other.portrait());
      assertThat(one.templates()).hasSameSizeAs(other.templates());
      for (int t = 0; t < one.templates().size(); t++) {
        assertThat(one.templates().get(t).similarityTo(other.templates().get(t)).cosine())
            .isGreaterThan(0.999999);
      }
    }
  }

  @Test
  void theHeaderIsShownToThoseWhoTrustTheAuthority() throws Exception {
    WatchlistBundle.VerifiedFile file =
        WatchlistBundle.verify(bundle, List.of(authority.publicKey()));
    assertThat(file.header().terms()).isEqualTo(SampleList.terms());
    assertThat(file.header().entryCount()).isEqualTo(2);
    assertThat(file.header().contents().entriesByCategory()).isEqualTo(Map.of("wanted – é", 2));
    assertThat(file.digest()).isEqualTo(digest).isEqualTo(Sha256.ofFile(bundle));
    assertThat(file.signers()).containsExactly(authority.publicKey().fingerprint());
  }

  @Test
  void nothingOfASubjectIsInTheFileInTheClear() throws Exception {
    String bytes = Files.readString(bundle, StandardCharsets.ISO_8859_1);
    assertThat(bytes).doesNotContain("S-0").doesNotContain("S-1");
    assertThat(
            new String(
                CanonicalJson.write(
                    WatchlistBundle.verify(bundle, List.of(authority.publicKey())).header()),
                StandardCharsets.UTF_8))
        .doesNotContain("S-0")
        .doesNotContain("S-1");
  }

  @Test
  void anotherDeviceIsRefused() {
    DeviceKeys other = DeviceKeys.generate();
    assertThat(refusal(bundle, other, expectations()))
        .isEqualTo(
            new BundleRefusal.OtherDevice(
                device.identity().fingerprint(), other.identity().fingerprint()));
  }

  @Test
  void anotherDeploymentIsRefused() {
    DeploymentId other = new DeploymentId("D-other");
    assertThat(
            refusal(
                bundle,
                device,
                new BundleExpectations(other, digest, SampleList.PACK, 2, NOW, NOW, DAY, 1)))
        .isEqualTo(new BundleRefusal.OtherDeployment(SampleList.DEPLOYMENT, other));
  }

  @Test
  void anotherModelPackOrVersionOfItIsRefused() {
    assertThat(
            refusal(
                bundle,
                device,
                new BundleExpectations(
                    SampleList.DEPLOYMENT, digest, "other-pack", 2, NOW, NOW, DAY, 1)))
        .isEqualTo(new BundleRefusal.OtherModelPack(SampleList.PACK, 2, "other-pack", 2));
    assertThat(
            refusal(
                bundle,
                device,
                new BundleExpectations(
                    SampleList.DEPLOYMENT, digest, SampleList.PACK, 3, NOW, NOW, DAY, 1)))
        .isEqualTo(new BundleRefusal.OtherModelPack(SampleList.PACK, 2, SampleList.PACK, 3));
  }

  @Test
  void anExpiredListIsRefused() {
    assertThat(
            refusal(
                bundle,
                device,
                new BundleExpectations(
                    SampleList.DEPLOYMENT,
                    digest,
                    SampleList.PACK,
                    2,
                    SampleList.EXPIRES,
                    NOW,
                    DAY,
                    1)))
        .isEqualTo(new BundleRefusal.Expired(SampleList.EXPIRES));
  }

  @Test
  void aListThatWasNotAuthorisedIsRefused() {
    Sha256 authorised = Sha256.of(new byte[] {1});
    assertThat(
            refusal(
                bundle,
                device,
                new BundleExpectations(
                    SampleList.DEPLOYMENT, authorised, SampleList.PACK, 2, NOW, NOW, DAY, 1)))
        .isEqualTo(new BundleRefusal.OtherDigest(authorised, digest));
  }

  @Test
  void anAuthorityThatIsNotTrustedHereIsRefused() throws Exception {
    AuthorityKey stranger = AuthorityKey.generate();
    Path file = folder.resolve("strange.bundle");
    SampleList.write(file, SampleList.entries(2), device.identity(), stranger);
    assertThat(refusal(file, device, expectations()))
        .isEqualTo(new BundleRefusal.UnknownAuthority(stranger.publicKey().fingerprint()));
  }

  @Test
  void everyFlippedBitIsRefused() throws Exception {
    byte[] good = Files.readAllBytes(bundle);
    IntStream.range(0, good.length)
        .parallel()
        .forEach(offset -> assertBitsAreGuarded(good, offset));
  }

  private void assertBitsAreGuarded(byte[] good, int offset) {
    Path damaged = folder.resolve("damaged-" + offset);
    for (int bit = 0; bit < 8; bit++) {
      byte[] bad = good.clone();
      bad[offset] ^= (byte) (1 << bit);
      try {
        Files.write(damaged, bad, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      assertThat(refusal(damaged, device, expectations()))
          .as("bit " + bit + " of byte " + offset)
          .isInstanceOfAny(
              BundleRefusal.NotABundle.class,
              BundleRefusal.OtherVersion.class,
              BundleRefusal.Truncated.class,
              BundleRefusal.UnknownAuthority.class,
              Altered.class);
    }
  }

  @Test
  void everyCutIsRefusedAsACut() throws Exception {
    try (FileChannel file = FileChannel.open(bundle, StandardOpenOption.WRITE)) {
      for (long length = file.size() - 1; length >= 0; length--) {
        file.truncate(length);
        assertThat(refusal(bundle, device, expectations()))
            .as(length + " bytes")
            .isInstanceOf(BundleRefusal.Truncated.class);
      }
    }
  }

  @Test
  void bytesAfterTheEndAreRefused() throws Exception {
    byte[] good = Files.readAllBytes(bundle);
    Files.write(bundle, Arrays.copyOf(good, good.length + 1));
    assertThat(refusal(bundle, device, expectations())).isEqualTo(new Altered(Part.END));
  }

  @Test
  void aChangedBodyIsRefusedBeforeItIsDecrypted() throws Exception {
    byte[] bad = Files.readAllBytes(bundle);
    bad[bad.length - 1] ^= 1;
    Files.write(bundle, bad);
    assertThat(refusal(bundle, device, expectations())).isEqualTo(new Altered(Part.BODY));
  }

  @Test
  void theBodyOfAnotherBundleIsRefused() throws Exception {
    Path other = folder.resolve("other.bundle");
    SampleList.write(other, SampleList.entries(2), device.identity(), authority);
    byte[] mixed = Files.readAllBytes(bundle);
    byte[] foreign = Files.readAllBytes(other);
    int bodyOffset = HEADER_OFFSET + ByteBuffer.wrap(mixed).getInt(12);
    System.arraycopy(
        foreign,
        HEADER_OFFSET + ByteBuffer.wrap(foreign).getInt(12),
        mixed,
        bodyOffset,
        mixed.length - bodyOffset);
    Files.write(bundle, mixed);
    assertThat(refusal(bundle, device, expectations())).isEqualTo(new Altered(Part.BODY));
  }

  @Test
  void aBodyThatIsSwappedAfterTheCheckIsRefused() throws Exception {
    byte[] bad = Files.readAllBytes(bundle);
    bad[bad.length - 1] ^= 1;
    try (WatchlistBundle open =
        WatchlistBundle.open(bundle, device, List.of(authority.publicKey()), expectations())) {
      Files.write(bundle, bad);
      WatchlistException failure =
          catchThrowableOfType(WatchlistException.class, () -> open.forEach(entry -> {}));
      assertThat(failure.refusal()).isEqualTo(new Altered(Part.BODY));
    }
  }

  @Test
  void aHeaderDeclaredAsLongAsFourGibibytesIsRefused() throws Exception {
    byte[] bad = Files.readAllBytes(bundle);
    ByteBuffer.wrap(bad).putInt(12, 0xffffffff);
    Files.write(bundle, bad);
    assertThat(refusal(bundle, device, expectations())).isEqualTo(new Altered(Part.HEADER));
  }

  @Test
  void aFileOfAnotherKindIsRefused() throws Exception {
    Files.writeString(bundle, "{\"subject\":\"S-1\"}");
    assertThat(refusal(bundle, device, expectations())).isEqualTo(new BundleRefusal.NotABundle());
  }

  @Test
  void aMissingFileAndAFolderAreRefused() {
    assertThat(refusal(folder.resolve("none"), device, expectations()))
        .isInstanceOf(BundleRefusal.Unusable.class);
    assertThat(refusal(folder, device, expectations())).isInstanceOf(BundleRefusal.Unusable.class);
  }

  private BundleExpectations expectations() {
    return new BundleExpectations(
        SampleList.DEPLOYMENT, digest, SampleList.PACK, 2, NOW, NOW, DAY, 1);
  }

  private BundleRefusal refusal(Path file, DeviceKeys keys, BundleExpectations expected) {
    WatchlistException failure =
        catchThrowableOfType(WatchlistException.class, () -> read(file, keys, expected));
    assertThat(failure).as("a refusal").isNotNull();
    return failure.refusal();
  }

  private List<WatchlistEntry> read(Path file, DeviceKeys keys, BundleExpectations expected)
      throws WatchlistException {
    List<WatchlistEntry> entries = new ArrayList<>();
    try (WatchlistBundle open =
        WatchlistBundle.open(file, keys, List.of(authority.publicKey()), expected)) {
      open.forEach(entries::add);
    }
    return entries;
  }

  @Test
  void thePolicyOfTheCategoriesIsTheSameAfterWritingAndReading() throws Exception {
    CategoryPolicy policy =
        new CategoryPolicy(
            List.of(
                SampleCategories.rule("wanted – é", SampleCategories.RED, 0.7),
                SampleCategories.rule("missing", SampleCategories.GREEN)));
    Path file = folder.resolve("policy.bundle");
    try (BundleWriter writer =
        BundleWriter.create(
            file, SampleList.terms().with(policy), device.identity(), List.of(authority))) {
      writer.add(SampleList.entries(1).get(0), SampleList.entryTerms());
      writer.finish();
    }

    assertThat(
            WatchlistBundle.verify(file, List.of(authority.publicKey())).header().terms().policy())
        .isEqualTo(policy);
  }

  /** The longest texts that there may be, in the characters that take most room. */
  @Test
  void theLongestPolicyHasRoomInTheHeader() throws Exception {
    Response longest =
        new Response(
            Response.Colour.AMBER,
            9,
            "🚐".repeat(ShownText.INSTRUCTION.longest()),
            "🚐".repeat(ShownText.CONTACT.longest()),
            Response.Sound.URGENT,
            true);
    BundleTerms terms =
        SampleList.terms()
            .with(
                new CategoryPolicy(
                    IntStream.range(0, CategoryPolicy.MOST_CATEGORIES)
                        .mapToObj(
                            i -> SampleCategories.rule(category(i), longest, -0.123456789012345))
                        .toList()));
    Path file = folder.resolve("longest.bundle");
    try (BundleWriter writer =
        BundleWriter.create(file, terms, device.identity(), List.of(authority))) {
      for (int i = 0; i < CategoryPolicy.MOST_CATEGORIES; i++) {
        writer.add(
            new WatchlistEntry(
                new SubjectRef("S-" + i),
                category(i),
                SampleList.entries(1).get(0).templates(),
                new Jpeg(new byte[0])),
            SampleList.entryTerms());
      }
      writer.finish();
    }

    assertThat(WatchlistBundle.verify(file, List.of(authority.publicKey())).header().terms())
        .isEqualTo(terms);
  }

  private static String category(int number) {
    return Character.toString('a' + number) + "🚐".repeat(ShownText.CATEGORY.longest() - 1);
  }

  @Test
  void aListWithoutAPolicyIsWrittenAsBefore() {
    assertThat(new String(CanonicalJson.write(SampleList.terms()), StandardCharsets.UTF_8))
        .doesNotContain("categories");
  }
}
