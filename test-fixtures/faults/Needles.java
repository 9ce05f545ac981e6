import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.StorageKey;
import org.sightline.edge.domain.Template;
import org.sightline.edge.watchlist.BundleExpectations;
import org.sightline.edge.watchlist.BundleTerms;
import org.sightline.edge.watchlist.WatchlistBundle;

/**
 * Prints what must be nowhere once a list is destroyed, a line each: its word, and its bytes in
 * hexadecimal digits. Run from source with the program's jars: bundle, device key, authority, key of
 * the list at rest.
 */
final class Needles {
  private Needles() {}

  public static void main(String[] files) throws Exception {
    Path bundle = Path.of(files[0]);
    List<AuthorityPublicKey> trusted = List.of(AuthorityPublicKey.read(Path.of(files[2])));
    WatchlistBundle.VerifiedFile verified = WatchlistBundle.verify(bundle, trusted);
    BundleTerms terms = verified.header().terms();
    Instant now = Instant.now();
    BundleExpectations expected =
        new BundleExpectations(
            terms.deployment(),
            verified.digest(),
            terms.modelPack(),
            terms.modelPackVersion(),
            now,
            now,
            Duration.ofDays(1),
            1);
    try (DeviceKeys device = DeviceKeys.read(Path.of(files[1]));
        WatchlistBundle open = WatchlistBundle.open(bundle, device, trusted, expected);
        StorageKey key = StorageKey.read(Path.of(files[3]), device.storage(), context(terms))) {
      print("key", bytesOf(key));
      open.forEach(
          entry -> {
            for (Template template : entry.templates()) {
              float[] unit = new float[template.dimension()];
              template.copyTo(unit, 0);
              ByteBuffer bytes = ByteBuffer.allocate(4 * unit.length).order(ByteOrder.LITTLE_ENDIAN);
              bytes.asFloatBuffer().put(unit);
              print("template", bytes.array());
            }
            print("portrait", entry.portrait().bytes());
          });
    }
  }

  private static byte[] context(BundleTerms terms) {
    return ("sightline list key v1\n" + terms.deployment()).getBytes(StandardCharsets.UTF_8);
  }

  /** The program lets nobody have them. */
  private static byte[] bytesOf(StorageKey key) throws ReflectiveOperationException {
    Field secret = StorageKey.class.getDeclaredField("key");
    secret.setAccessible(true);
    Method exposed = secret.getType().getDeclaredMethod("exposed");
    exposed.setAccessible(true);
    return (byte[]) exposed.invoke(secret.get(key));
  }

  private static void print(String word, byte[] bytes) {
    System.out.println(word + " " + HexFormat.of().formatHex(bytes));
  }
}
