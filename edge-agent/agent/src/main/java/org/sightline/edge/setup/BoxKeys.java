package org.sightline.edge.setup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DeviceKeys;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SystemWords;

/**
 * The keys of a box: made once, sealed again as often as is wanted, and replaced only when nothing
 * opens them any more.
 */
public final class BoxKeys {
  private static final String SEALED = ".cred";

  private final SystemdCreds creds;

  BoxKeys(SystemdCreds creds) {
    this.creds = creds;
  }

  /** Of the machine that this runs on. */
  public static BoxKeys ofThisMachine() {
    return new BoxKeys(new SystemdCreds(Map.of()));
  }

  /** Where the public file of the keys of a box lies: beside its settings. */
  public static Path identity(Path settings) {
    return folderOf(settings).resolve("device.identity");
  }

  /**
   * Where the service manager takes the sealed keys of a box from: beside its settings.
   *
   * @param credential where it leaves them when it has opened them
   */
  public static Path sealed(Path settings, Path credential) {
    return folderOf(settings).resolve(credential.getFileName() + SEALED);
  }

  private static Path folderOf(Path file) {
    return Objects.requireNonNull(file.toAbsolutePath().normalize().getParent());
  }

  /**
   * Makes the keys if there are none, sealed to this machine, and their public identity. In the
   * clear they are in memory alone.
   *
   * @param sealed ends with {@code .cred}; its name before that is the credential's
   */
  void seal(Path sealed, Path identity) throws SightlineException {
    if (!Files.exists(sealed)) {
      sealNew(sealed, identity);
    }
  }

  private void sealNew(Path sealed, Path identity) throws SightlineException {
    try (DeviceKeys keys = DeviceKeys.generate()) {
      byte[] secret = keys.secret();
      try {
        Path next = proven(sealed, secret);
        keep(sealed, identity);
        publish(keys, identity);
        BoxFiles.put(next, sealed);
      } finally {
        Arrays.fill(secret, (byte) 0);
      }
    }
  }

  /**
   * Seals the keys to this machine again, as it is now. What is sealed so far stays until the new
   * one has been opened.
   *
   * @return by what they can be opened now; empty if that is not known here
   * @throws SightlineException if they cannot be opened, or not be sealed; nothing is changed then
   */
  public Optional<SealedBy> sealAgain(Path sealed) throws SightlineException {
    byte[] secret = creds.open(nameOf(sealed), sealed);
    try {
      BoxFiles.put(proven(sealed, secret), sealed);
    } finally {
      Arrays.fill(secret, (byte) 0);
    }
    return SealedBy.of(sealed);
  }

  /**
   * Makes new keys in the place of those that nothing opens any more: the box is another device
   * then. The old ones are kept beside them, sealed as they are: a board that comes back would open
   * them.
   *
   * @param withoutTpm whether the new ones may be sealed to the disk alone though the old ones were
   *     sealed to a TPM as well
   * @throws SightlineException if the keys can be opened, or there is no answer whether they can,
   *     or new ones cannot be sealed; the old ones are in their place then
   */
  public Optional<SealedBy> replaceLost(Path sealed, Path identity, boolean withoutTpm)
      throws SightlineException {
    if (Files.exists(sealed)) {
      if (!withoutTpm && !creds.hasTpm() && SealedBy.of(sealed).filter(SealedBy::tpm).isPresent()) {
        throw new SightlineException(
            ErrorKind.REFUSED,
            "the keys of this box are sealed to a TPM, and there is none now",
            sealed.toString(),
            "restart the box, and switch the TPM on in its firmware; only if it is gone for good:"
                + " --without-tpm");
      }
      creds.requireStill(sealed);
      if (opens(sealed)) {
        throw new SightlineException(
            ErrorKind.REFUSED,
            "the keys of this box can be opened: they are not lost",
            sealed.toString(),
            "to seal them again as this machine is now: sightline device reseal");
      }
    }
    sealNew(sealed, identity);
    return SealedBy.of(sealed);
  }

  /** Where keys, or their identity, are kept when others take their place, the first time first. */
  public static Path lost(Path file, int time) {
    return file.resolveSibling("%s.%d.lost".formatted(file.getFileName(), time));
  }

  private static void keep(Path sealed, Path identity) throws SightlineException {
    if (Files.exists(sealed)) {
      int time = 1;
      while (Files.exists(lost(sealed, time)) || Files.exists(lost(identity, time))) {
        time++;
      }
      BoxFiles.keep(sealed, lost(sealed, time));
      BoxFiles.keep(identity, lost(identity, time));
    }
  }

  /** Whether they can be opened; a failure that may be over in a moment is passed on. */
  private boolean opens(Path sealed) throws SightlineException {
    try {
      Arrays.fill(creds.open(nameOf(sealed), sealed), (byte) 0);
      return true;
    } catch (SightlineException e) {
      if (e.kind() == ErrorKind.TEMPORARY) {
        throw e;
      }
      return false;
    }
  }

  private static String nameOf(Path sealed) {
    String name = String.valueOf(sealed.getFileName());
    return name.endsWith(SEALED) ? name.substring(0, name.length() - SEALED.length()) : name;
  }

  /** Seals a secret into a file beside the one that it is for, and opens that. */
  private Path proven(Path sealed, byte[] secret) throws SightlineException {
    byte[] credential = creds.seal(nameOf(sealed), secret, sealed);
    Path next = new BoxFiles(folderOf(sealed)).draft(sealed, new String(credential, US_ASCII));
    byte[] opened = new byte[0];
    boolean same = false;
    try {
      opened = creds.open(nameOf(sealed), next);
      same = Arrays.equals(opened, secret);
    } finally {
      Arrays.fill(opened, (byte) 0);
      if (!same) {
        delete(next);
      }
    }
    if (!same) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "what was sealed is not what is opened",
          sealed.toString(),
          "nothing was changed; have the TPM and systemd of this machine looked at");
    }
    return next;
  }

  /** The same in a key file, as for an exercise. */
  static void make(Path file, Path identity) throws SightlineException {
    if (Files.exists(file)) {
      if (!Files.exists(identity)) {
        try (DeviceKeys keys = DeviceKeys.read(file)) {
          keys.identity().writeTo(identity);
        }
      }
      return;
    }
    try (DeviceKeys keys = DeviceKeys.generate()) {
      publish(keys, identity);
      keys.writeTo(file);
    }
  }

  /** First, so that keys are never there without it; one of keys that never were is replaced. */
  private static void publish(DeviceKeys keys, Path identity) throws CryptoException {
    delete(identity);
    keys.identity().writeTo(identity);
  }

  private static void delete(Path file) throws CryptoException {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new CryptoException(
          "the file cannot be removed",
          file.toString(),
          SystemWords.of(e) + "; run this as root",
          e);
    }
  }
}
