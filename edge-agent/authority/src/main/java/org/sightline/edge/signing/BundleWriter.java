package org.sightline.edge.signing;

import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.ContentKey;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.crypto.Signatory;
import org.sightline.edge.crypto.SignedDocument;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.WatchlistEntry;
import org.sightline.edge.watchlist.BundleContents;
import org.sightline.edge.watchlist.BundleFormat;
import org.sightline.edge.watchlist.BundleHeader;
import org.sightline.edge.watchlist.BundleHeader.KeyForDevice;
import org.sightline.edge.watchlist.BundleRefusal;
import org.sightline.edge.watchlist.BundleTerms;
import org.sightline.edge.watchlist.EntryTerms;
import org.sightline.edge.watchlist.WatchlistException;

/**
 * Writes one bundle in bounded memory. Nothing is ever on disk in the clear, and the bundle appears
 * under its name whole or not at all. For one thread.
 *
 * <pre>{@code
 * try (BundleWriter writer = BundleWriter.create(file, terms, device, authorities)) {
 *   writer.add(entry, entryTerms);
 *   Sha256 digest = writer.finish();
 * }
 * }</pre>
 */
public final class BundleWriter implements AutoCloseable {
  private final Path target;
  private final BundleTerms terms;
  private final Sha256 device;
  private final List<Signatory> authorities;
  private final Path bodyFile;
  private final Path wholeFile;
  private final List<KeyForDevice> keys = new ArrayList<>();
  private final MessageDigest bodyDigest = Sha256.newDigest();
  private final DataOutputStream entries;
  private final Set<SubjectRef> subjects = new HashSet<>();
  private final BundleContents.Count contents = new BundleContents.Count();

  private BundleWriter(
      Path target,
      BundleTerms terms,
      List<DeviceIdentity> devices,
      Collection<? extends Signatory> authorities)
      throws IOException {
    if (Files.exists(target)) {
      throw new FileAlreadyExistsException(target.toString());
    }
    this.target = target;
    this.terms = terms;
    this.device = devices.get(0).fingerprint();
    this.authorities = List.copyOf(authorities);
    Path folder = target.toAbsolutePath().getParent();
    this.bodyFile = Files.createTempFile(folder, ".watchlist-", ".body");
    this.wholeFile = Files.createTempFile(folder, ".watchlist-", ".bundle");
    byte[] context = BundleHeader.context(terms.deployment(), device);
    try (ContentKey key = ContentKey.generate()) {
      for (DeviceIdentity each : devices) {
        keys.add(wrapped(key, each));
      }
      OutputStream body =
          new DigestOutputStream(
              new BufferedOutputStream(Files.newOutputStream(bodyFile)), bodyDigest);
      this.entries = new DataOutputStream(key.encrypting(body, context));
    }
  }

  private KeyForDevice wrapped(ContentKey key, DeviceIdentity each) {
    byte[] context = BundleHeader.context(terms.deployment(), each.fingerprint());
    return new KeyForDevice(
        each.fingerprint(), Base64.getEncoder().encodeToString(key.wrapFor(each, context)));
  }

  /** Begins a bundle for one device. */
  public static BundleWriter create(
      Path target,
      BundleTerms terms,
      DeviceIdentity device,
      Collection<? extends Signatory> authorities)
      throws WatchlistException {
    return create(target, terms, List.of(device), authorities);
  }

  /**
   * Begins a bundle.
   *
   * @param target must not exist
   * @param devices that can open it, 1 to {@value BundleHeader#MAX_DEVICES} different ones
   * @param authorities who sign it; at least one
   */
  public static BundleWriter create(
      Path target,
      BundleTerms terms,
      List<DeviceIdentity> devices,
      Collection<? extends Signatory> authorities)
      throws WatchlistException {
    try {
      return new BundleWriter(target, terms, devices, authorities);
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  /**
   * Adds one subject.
   *
   * @throws IllegalArgumentException if the subject was added before, the entry is too long for the
   *     format, its templates are of another model pack, or its listing has to be reviewed before
   *     the list expires
   */
  public void add(WatchlistEntry entry, EntryTerms entryTerms) throws WatchlistException {
    if (entryTerms.reviewedUntil().isBefore(terms.lastDay())) {
      throw new IllegalArgumentException("a listing is reviewed until the list expires");
    }
    byte[] bytes = BundleFormat.encode(entry, terms);
    try {
      if (!subjects.add(entry.subject())) {
        throw new IllegalArgumentException("a subject is listed once");
      }
      entries.writeInt(bytes.length);
      entries.write(bytes);
      contents.add(entry.category(), entryTerms);
    } catch (IOException e) {
      throw unwritable(target, e);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /**
   * Signs the bundle and gives it its name.
   *
   * @return the digest of the whole file, which the authorisation names
   */
  public Sha256 finish() throws WatchlistException {
    try {
      entries.close();
      BundleHeader header =
          new BundleHeader(
              terms,
              device,
              subjects.size(),
              contents.contents(),
              Files.size(bodyFile),
              Sha256.finish(bodyDigest),
              keys.get(0).wrappedKey(),
              keys.size() == 1 ? Optional.empty() : Optional.of(keys.subList(1, keys.size())));
      byte[] document =
          SignedDocument.sign(BundleHeader.TYPE, CanonicalJson.write(header), authorities).bytes();
      MessageDigest wholeDigest = Sha256.newDigest();
      try (DataOutputStream whole =
          new DataOutputStream(
              new DigestOutputStream(
                  new BufferedOutputStream(Files.newOutputStream(wholeFile)), wholeDigest))) {
        whole.write(BundleFormat.magic());
        whole.writeInt(BundleFormat.VERSION);
        whole.writeInt(document.length);
        whole.write(document);
        Files.copy(bodyFile, whole);
      }
      try (FileChannel channel = FileChannel.open(wholeFile, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(wholeFile, target);
      return Sha256.finish(wholeDigest);
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  /** Removes what an unfinished bundle has left. */
  @Override
  public void close() throws WatchlistException {
    try {
      entries.close();
      Files.deleteIfExists(bodyFile);
      Files.deleteIfExists(wholeFile);
    } catch (IOException e) {
      throw unwritable(target, e);
    }
  }

  private static WatchlistException unwritable(Path target, IOException cause) {
    BundleRefusal refusal =
        cause instanceof FileAlreadyExistsException
            ? new BundleRefusal.Unusable(
                "the file exists already", "choose another name, or remove it first")
            : new BundleRefusal.Unusable(
                "the watchlist bundle cannot be written", "check the folder and its free space");
    return new WatchlistException(refusal, target, cause);
  }
}
