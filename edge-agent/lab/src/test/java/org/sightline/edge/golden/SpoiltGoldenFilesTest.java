package org.sightline.edge.golden;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.sightline.edge.audit.SignedRecord;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.DiscardReceipt;
import org.sightline.edge.authorisation.Revocation;
import org.sightline.edge.authorisation.Ruling;
import org.sightline.edge.authorisation.Withdrawal;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.ControlRoomKeys;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.SignedDocument.Reading;
import org.sightline.edge.deployment.DestructionReceipt;
import org.sightline.edge.deployment.GoldenDeployment;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.oversight.MergedFile;
import org.sightline.edge.publish.EngagementMessage;
import org.sightline.edge.publish.OutcomeMessage;
import org.sightline.edge.publish.TestRequest;
import org.sightline.edge.publish.VanIdentities;
import org.sightline.edge.publish.VanMessages;
import org.sightline.edge.testing.Endurance;
import org.sightline.edge.testing.KnownKeys;
import org.sightline.edge.trust.TrustStatement;
import org.sightline.edge.watchlist.WatchlistBundle;

/**
 * No golden file that is signed is taken once a bit of it is another or its end is missing,
 * whatever its format.
 */
class SpoiltGoldenFilesTest {
  /**
   * What is not signed: keys, data at rest, alerts as they are before they are signed, and the
   * audit log, whose last record is held by the head that is published.
   */
  private static final String UNSIGNED =
      ".*\\.db|.*\\.bin|audit-log.*|alert(-with-\\w+)?(-sealed)?\\.v1\\.json"
          + "|(authority|device|control-room)-\\S+\\.v1\\.json";

  /** Of one file; the tests of each format flip them all. */
  private static final int FLIPS = Endurance.times(150, 5000);

  private static final int CUTS = Endurance.times(40, 1000);

  private static final List<AuthorityPublicKey> TRUSTED =
      List.of(KnownKeys.authority("first").publicKey(), KnownKeys.authority("second").publicKey());
  private static final DeviceIdentity DEVICE = KnownKeys.device("van").identity();
  private static final Map<String, Reader> READERS = readers();

  @TempDir private static Path folder;
  private static VanMessages messages = new VanMessages(VanIdentities.NONE, InstantSource.system());
  private static ControlRoomKeys room = ControlRoomKeys.generate();

  @BeforeAll
  static void readKeys() throws Exception {
    Path identities = Files.createDirectories(folder.resolve("identities"));
    Files.copy(
        Golden.file("device-identity.v1.json"), identities.resolve(Golden.VAN + ".identity"));
    messages = new VanMessages(VanIdentities.in(identities), InstantSource.system());
    room = ControlRoomKeys.readCredential(Golden.file("control-room-keys.v1.json"));
  }

  /** Whether what is in a file of that name is taken. */
  private interface Reader {
    boolean takes(byte[] document) throws Exception;
  }

  /** By how their names begin; the longest that fits is the one. */
  private static Map<String, Reader> readers() {
    Map<String, Reader> readers = new TreeMap<>();
    readers.put("alert", message -> messages.alert(Golden.VAN, message).taken().isPresent());
    readers.put("authorisation", document -> signed(Authorisation.readSigned(document, TRUSTED)));
    readers.put("deployment-record", record -> signed(SignedRecord.read(record, DEVICE)));
    readers.put("destruction", receipt -> DestructionReceipt.read(receipt, DEVICE).isPresent());
    readers.put("discard", receipt -> DiscardReceipt.read(receipt, DEVICE).isPresent());
    readers.put("ended-deployment", SpoiltGoldenFilesTest::takesEnd);
    readers.put(
        "engagement", message -> EngagementMessage.read(message, room.identity()).isPresent());
    readers.put(
        "engagement-receipt",
        message -> messages.engagementReceipt(Golden.VAN, message).isPresent());
    readers.put("merged-record", SpoiltGoldenFilesTest::takesMerged);
    readers.put("outcome", message -> OutcomeMessage.read(message, room.identity()).isPresent());
    readers.put("receipt", message -> messages.receipt(Golden.VAN, message).taken().isPresent());
    readers.put(
        "revocation",
        document -> Revocation.check(document, TRUSTED) instanceof Revocation.Check.Valid);
    readers.put(
        "sighting", message -> messages.sighting(Golden.VAN, message, room).taken().isPresent());
    readers.put("status", message -> messages.status(Golden.VAN, message).taken().isPresent());
    readers.put(
        "test-alert", message -> messages.testAlert(Golden.VAN, message, room).taken().isPresent());
    readers.put("test-request", message -> TestRequest.read(message, room.identity()).isPresent());
    readers.put("trust", document -> signed(TrustStatement.readSigned(document, TRUSTED)));
    readers.put(
        "urgent", document -> Ruling.check(document, TRUSTED) instanceof Ruling.Check.Valid);
    readers.put("watchlist", SpoiltGoldenFilesTest::takesList);
    readers.put(
        "withdrawal",
        document -> Withdrawal.check(document, TRUSTED) instanceof Withdrawal.Check.Valid);
    readers.put("withdrawn", message -> messages.withdrawnAlert(Golden.VAN, message).isPresent());
    return readers;
  }

  private static boolean signed(Reading<?> reading) {
    return reading instanceof Reading.Signed;
  }

  private static Path file(byte[] content) throws Exception {
    return Files.write(folder.resolve("spoilt"), content);
  }

  private static boolean takesEnd(byte[] note) throws Exception {
    Path notes = Files.createDirectories(folder.resolve("ended"));
    return GoldenDeployment.isEnd(note, notes, KnownKeys.device("van"));
  }

  private static boolean takesMerged(byte[] record) throws Exception {
    try {
      MergedFile.verify(
          file(record), List.of(GoldenBoxes.FIRST.identity(), GoldenBoxes.SECOND.identity()));
      return true;
    } catch (SightlineException refused) {
      return false;
    }
  }

  private static boolean takesList(byte[] bundle) throws Exception {
    try {
      WatchlistBundle.verify(file(bundle), TRUSTED);
      return true;
    } catch (SightlineException refused) {
      return false;
    }
  }

  static List<String> signedFiles() throws Exception {
    try (Stream<Path> files = Files.list(Golden.FOLDER)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.matches(UNSIGNED))
          .sorted()
          .toList();
    }
  }

  private static Reader reader(String name) {
    String fitting =
        READERS.keySet().stream()
            .filter(name::startsWith)
            .reduce((one, next) -> next)
            .orElseThrow(() -> new AssertionError("nobody here reads " + name));
    return READERS.getOrDefault(fitting, document -> false);
  }

  @ParameterizedTest
  @MethodSource("signedFiles")
  void noBitOfItCanBeAnother(String name) throws Exception {
    byte[] document = Golden.bytes(name);
    Reader reader = reader(name);
    assertThat(reader.takes(document)).as("as it is").isTrue();
    int step = Math.max(1, 8 * document.length / FLIPS) | 1;
    for (int bit = 0; bit < 8 * document.length; bit += step) {
      byte flipped = (byte) (1 << bit % 8);
      document[bit / 8] ^= flipped;
      assertThat(reader.takes(document)).as("bit " + bit).isFalse();
      document[bit / 8] ^= flipped;
    }
  }

  @ParameterizedTest
  @MethodSource("signedFiles")
  void noEndOfItCanBeMissing(String name) throws Exception {
    byte[] document = Golden.bytes(name);
    Reader reader = reader(name);
    int step = Math.max(1, document.length / CUTS);
    for (int length = document.length - 1; length >= 0; length -= step) {
      assertThat(reader.takes(Arrays.copyOf(document, length))).as("cut at " + length).isFalse();
    }
  }
}
