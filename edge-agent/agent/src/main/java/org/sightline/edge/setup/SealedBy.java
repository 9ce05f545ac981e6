package org.sightline.edge.setup;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.crypto.DocumentFile;

/**
 * What is needed to open a sealed credential, as its header says; nothing is opened for that.
 *
 * @param hostKey the key that systemd keeps on the disk of this machine
 * @param tpm the TPM of this machine
 * @param registers PCRs whose values have to be what they were when it was sealed, ascending
 * @param signed whether values of PCRs that the system's maker has signed are needed
 */
public record SealedBy(boolean hostKey, boolean tpm, List<Integer> registers, boolean signed) {
  /** The PCR for debugging: firmware, Secure Boot and boot loaders leave it at zero. */
  static final int STILL = 16;

  private static final int LENGTHS_BYTES = 16;
  private static final int ALIGNED_BYTES = 8;

  /** The kinds of systemd 250 to 257 that are of a system, by the 16 bytes that they begin with. */
  private static final Map<String, SealedBy> KINDS =
      Map.of(
          "5a1c6a86df9d4096b1d5a65e0862f19a", new SealedBy(true, false, List.of(), false),
          "0c7cc07b117645919c4b0bea08bc20fe", new SealedBy(false, true, List.of(), false),
          "faf7eb9341e3412ca1a436f95a29362f", new SealedBy(false, true, List.of(), true),
          "93a894094874449090caf2fc93cab553", new SealedBy(true, true, List.of(), false),
          "af4950a849134eb1a73846304ff30c05", new SealedBy(true, true, List.of(), true),
          "058469daf6f54324800549da0f8ea2fb", new SealedBy(false, false, List.of(), false));

  public SealedBy {
    registers = List.copyOf(registers);
  }

  /**
   * Reads the header of a credential that {@code systemd-creds} has sealed.
   *
   * @return empty if it is none, or of a kind that is not known here
   * @throws CryptoException if the file cannot be read
   */
  public static Optional<SealedBy> of(Path file) throws CryptoException {
    return of(DocumentFile.read(file));
  }

  static Optional<SealedBy> of(byte[] credential) {
    try {
      ByteBuffer header =
          ByteBuffer.wrap(Base64.getMimeDecoder().decode(new String(credential, US_ASCII).strip()))
              .order(ByteOrder.LITTLE_ENDIAN);
      byte[] id = new byte[16];
      header.get(id);
      SealedBy kind = KINDS.get(HexFormat.of().formatHex(id));
      if (kind == null || !kind.tpm) {
        return Optional.ofNullable(kind);
      }
      // The lengths of key, block, nonce and tag; then the nonce, up to a multiple of eight.
      int nonce = header.getInt(header.position() + 8);
      if (nonce < 0) {
        return Optional.empty();
      }
      int behind = header.position() + LENGTHS_BYTES + nonce;
      header.position((behind + ALIGNED_BYTES - 1) / ALIGNED_BYTES * ALIGNED_BYTES);
      return Optional.of(
          new SealedBy(kind.hostKey, true, registers(header.getLong()), kind.signed));
    } catch (IllegalArgumentException | BufferUnderflowException | IndexOutOfBoundsException e) {
      return Optional.empty();
    }
  }

  private static List<Integer> registers(long mask) {
    List<Integer> set = new ArrayList<>();
    for (int register = 0; register < Long.SIZE; register++) {
      if ((mask >> register & 1) != 0) {
        set.add(register);
      }
    }
    return set;
  }

  /** Registers that an update of firmware, Secure Boot or boot loader may change. */
  public List<Integer> changing() {
    return registers.stream().filter(each -> each != STILL).toList();
  }

  /** In words, for people. */
  public String line() {
    List<String> needed = new ArrayList<>();
    if (tpm) {
      needed.add("this machine's TPM");
    }
    if (hostKey) {
      needed.add("this disk's key");
    }
    if (!changing().isEmpty()) {
      needed.add(
          "PCR "
              + String.join("+", changing().stream().map(String::valueOf).toList())
              + " as it was");
    }
    if (signed) {
      needed.add("signed PCRs");
    }
    return needed.isEmpty() ? "no key at all" : String.join(", ", needed);
  }
}
