package org.sightline.edge.watchlist;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import org.sightline.edge.crypto.AuthorityPublicKey;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.ContentKey;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.crypto.SignedDocument.Verification.BadSignature;
import org.sightline.edge.crypto.SignedDocument.Verification.Trusted;
import org.sightline.edge.crypto.SignedDocument.Verification.UnknownSigner;
import org.sightline.edge.domain.RegularFile;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.watchlist.BundleRefusal.Altered;

/**
 * A bundle whose signature and digests have been checked. Everything is verified before anything is
 * decrypted, and both are done in bounded memory. For one thread.
 */
public final class WatchlistBundle implements AutoCloseable {
  private final VerifiedFile file;
  private final ContentKey key;

  private WatchlistBundle(VerifiedFile file, ContentKey key) {
    this.file = file;
    this.key = key;
  }

  /**
   * A bundle file as its authority signed it.
   *
   * @param digest of the whole file
   * @param signers fingerprints of the authorities that signed it
   */
  public record VerifiedFile(Path path, BundleHeader header, Sha256 digest, Set<Sha256> signers) {
    public VerifiedFile {
      signers = Set.copyOf(signers);
    }
  }

  /** Checks a bundle without the keys to open it: what is shown of it is what was signed. */
  public static VerifiedFile verify(Path bundle, Collection<AuthorityPublicKey> trusted)
      throws WatchlistException {
    MessageDigest digest = Sha256.newDigest();
    try (DataInputStream in =
        new DataInputStream(
            new DigestInputStream(
                new BufferedInputStream(Files.newInputStream(RegularFile.require(bundle))),
                digest))) {
      long sizeBytes = Files.size(bundle);
      SignedDocument document = readDocument(bundle, in, sizeBytes);
      Set<Sha256> signers = signers(bundle, document, trusted);
      BundleHeader header =
          CanonicalJson.read(document.payload(), BundleHeader.class)
              .orElseThrow(() -> refused(bundle, unread(document.payload())));
      long expectedBytes =
          BundleFormat.PREFIX_SIZE_BYTES + document.bytes().length + header.bodySizeBytes();
      if (sizeBytes < expectedBytes) {
        throw refused(bundle, new BundleRefusal.Truncated(sizeBytes, expectedBytes));
      }
      if (sizeBytes > expectedBytes) {
        throw refused(bundle, new Altered(Altered.Part.END));
      }
      if (!digestOfRest(in).equals(header.bodyDigest())) {
        throw refused(bundle, new Altered(Altered.Part.BODY));
      }
      return new VerifiedFile(bundle, header, Sha256.finish(digest), signers);
    } catch (NoSuchFileException e) {
      throw new WatchlistException(
          new BundleRefusal.Unusable("there is no such watchlist bundle", "check the path"),
          bundle,
          e);
    } catch (IOException e) {
      throw new WatchlistException(
          new BundleRefusal.Unusable(
              "the watchlist bundle cannot be read", "check that it is a readable file"),
          bundle,
          e);
    }
  }

  private static BundleRefusal unread(byte[] header) {
    return CanonicalJson.unknownMember(header, BundleHeader.class)
        .<BundleRefusal>map(BundleRefusal.NewerVersion::new)
        .orElseGet(() -> new BundleRefusal.Malformed("the header"));
  }

  private static SignedDocument readDocument(Path bundle, DataInputStream in, long sizeBytes)
      throws IOException, WatchlistException {
    byte[] magic = BundleFormat.magic();
    byte[] found = in.readNBytes(magic.length);
    if (!Arrays.equals(found, Arrays.copyOf(magic, found.length))) {
      throw refused(bundle, new BundleRefusal.NotABundle());
    }
    if (sizeBytes < BundleFormat.PREFIX_SIZE_BYTES) {
      throw refused(bundle, new BundleRefusal.Truncated(sizeBytes, BundleFormat.PREFIX_SIZE_BYTES));
    }
    int version = in.readInt();
    if (version != BundleFormat.VERSION) {
      throw refused(bundle, new BundleRefusal.OtherVersion(version, BundleFormat.VERSION));
    }
    int headerSizeBytes = in.readInt();
    if (headerSizeBytes < 0 || headerSizeBytes > DocumentFile.MAX_SIZE_BYTES) {
      throw refused(bundle, new Altered(Altered.Part.HEADER));
    }
    byte[] header = in.readNBytes(headerSizeBytes);
    if (header.length < headerSizeBytes) {
      throw refused(
          bundle,
          new BundleRefusal.Truncated(
              sizeBytes, BundleFormat.PREFIX_SIZE_BYTES + (long) headerSizeBytes));
    }
    return SignedDocument.parse(header)
        .orElseThrow(() -> refused(bundle, new Altered(Altered.Part.HEADER)));
  }

  private static Set<Sha256> signers(
      Path bundle, SignedDocument document, Collection<AuthorityPublicKey> trusted)
      throws WatchlistException {
    SignedDocument.Verification verification = document.verify(BundleHeader.TYPE, trusted);
    if (verification instanceof Trusted signed) {
      return signed.signers();
    }
    if (verification instanceof UnknownSigner unknown) {
      throw refused(bundle, new BundleRefusal.UnknownAuthority(unknown.signer()));
    }
    throw refused(
        bundle,
        verification instanceof BadSignature
            ? new Altered(Altered.Part.HEADER)
            : new BundleRefusal.NotABundle());
  }

  private static Sha256 digestOfRest(InputStream in) throws IOException {
    MessageDigest digest = Sha256.newDigest();
    byte[] piece = new byte[1 << 16];
    for (int n = in.read(piece); n >= 0; n = in.read(piece)) {
      digest.update(piece, 0, n);
    }
    return Sha256.finish(digest);
  }

  /**
   * Verifies a bundle, checks that it is for here and now, and opens its key.
   *
   * @throws WatchlistException with the {@link BundleRefusal} that says why not
   */
  public static WatchlistBundle open(
      Path bundle,
      DeviceKeys device,
      Collection<AuthorityPublicKey> trusted,
      BundleExpectations expected)
      throws WatchlistException {
    VerifiedFile file = verify(bundle, trusted);
    BundleHeader header = file.header();
    BundleTerms terms = header.terms();
    Sha256 here = device.identity().fingerprint();
    String wrappedKey =
        header
            .keyOf(here)
            .orElseThrow(
                () ->
                    refused(
                        bundle,
                        header.moreDevices().isPresent()
                            ? new BundleRefusal.NoneOfItsDevices(header.devices(), here)
                            : new BundleRefusal.OtherDevice(header.device(), here)));
    if (!terms.deployment().equals(expected.deployment())) {
      throw refused(
          bundle, new BundleRefusal.OtherDeployment(terms.deployment(), expected.deployment()));
    }
    if (!terms.modelPack().equals(expected.modelPack())
        || terms.modelPackVersion() != expected.modelPackVersion()) {
      throw refused(
          bundle,
          new BundleRefusal.OtherModelPack(
              terms.modelPack(),
              terms.modelPackVersion(),
              expected.modelPack(),
              expected.modelPackVersion()));
    }
    if (!expected.now().isBefore(terms.expires())) {
      throw refused(bundle, new BundleRefusal.Expired(terms.expires()));
    }
    if (terms.created().plus(expected.maximumAge()).isBefore(expected.captureStart())) {
      throw refused(
          bundle,
          new BundleRefusal.TooOld(
              terms.created(), expected.captureStart(), expected.maximumAge()));
    }
    if (terms.listVersion() < expected.leastVersion()) {
      throw refused(
          bundle, new BundleRefusal.LowerVersion(terms.listVersion(), expected.leastVersion()));
    }
    if (!file.digest().equals(expected.digest())) {
      throw refused(bundle, new BundleRefusal.OtherDigest(expected.digest(), file.digest()));
    }
    try {
      byte[] wrapped = Base64.getDecoder().decode(wrappedKey);
      return new WatchlistBundle(
          file, device.unwrap(wrapped, BundleHeader.context(terms.deployment(), here)));
    } catch (IllegalArgumentException | CryptoException e) {
      throw new WatchlistException(
          new BundleRefusal.Malformed("the content key is wrapped for the device"), bundle, e);
    }
  }

  public BundleHeader header() {
    return file.header();
  }

  /** Digest of the whole file. */
  public Sha256 digest() {
    return file.digest();
  }

  /** Fingerprints of the authorities that signed it. */
  public Set<Sha256> signers() {
    return file.signers();
  }

  /**
   * Decrypts the list and hands over each entry, which the consumer owns from then on. A bundle
   * that turns out to be wrong midway throws after some entries were handed over: they are to be
   * given up with it.
   *
   * @param <X> what the consumer throws
   */
  public <X extends Exception> void forEach(EntryConsumer<X> consumer)
      throws WatchlistException, X {
    BundleHeader header = file.header();
    byte[] context = BundleHeader.context(header.terms().deployment(), header.device());
    Set<SubjectRef> subjects = new HashSet<>();
    try (InputStream body = new BufferedInputStream(Files.newInputStream(file.path()))) {
      body.skipNBytes(Files.size(file.path()) - header.bodySizeBytes());
      DataInputStream entries = new DataInputStream(key.decrypting(body, context));
      for (int i = 0; i < header.entryCount(); i++) {
        WatchlistEntry entry = readEntry(entries);
        if (!subjects.add(entry.subject())) {
          throw malformed("a subject is listed once");
        }
        consumer.accept(entry);
      }
      if (entries.read() >= 0) {
        throw malformed("the body ends after the last entry");
      }
    } catch (IOException e) {
      throw new WatchlistException(new Altered(Altered.Part.BODY), file.path(), e);
    }
  }

  private WatchlistEntry readEntry(DataInputStream entries) throws IOException, WatchlistException {
    int sizeBytes = entries.readInt();
    if (sizeBytes < 0 || sizeBytes > BundleFormat.MAX_ENTRY_SIZE_BYTES) {
      throw malformed("an entry is at most 16 MiB");
    }
    byte[] bytes = new byte[sizeBytes];
    try {
      entries.readFully(bytes);
      return BundleFormat.decode(bytes, file.header().terms());
    } catch (IllegalArgumentException e) {
      throw malformed(String.valueOf(e.getMessage()));
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private WatchlistException malformed(String rule) {
    return refused(file.path(), new BundleRefusal.Malformed(rule));
  }

  private static WatchlistException refused(Path bundle, BundleRefusal refusal) {
    return new WatchlistException(refusal, bundle);
  }

  /** Wipes the content key. */
  @Override
  public void close() {
    key.close();
  }
}
