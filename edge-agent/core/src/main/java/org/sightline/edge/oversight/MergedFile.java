package org.sightline.edge.oversight;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import org.sightline.edge.crypto.CanonicalJson;
import org.sightline.edge.crypto.DeviceIdentity;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.domain.SightlineException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A merged record with the signed records that it was computed from. Nobody has to sign it: it
 * holds as it is what its parts give, byte for byte, or it is refused.
 */
public final class MergedFile {
  /** What a file says that it is. */
  static final String FORMAT = "sightline-merged-record/1";

  /** As long as 64 parts, which may each be as long as a document, in base64. */
  static final int MAX_SIZE_BYTES = 8 << 20;

  private final MergedRecord record;
  private final byte[] bytes;

  private MergedFile(MergedRecord record, byte[] bytes) {
    this.record = record;
    this.bytes = bytes;
  }

  /** What is in the file. */
  @SuppressWarnings("ArrayRecordComponent") // Written, never compared.
  private record Content(String format, @JsonUnwrapped MergedRecord record, List<byte[]> parts) {}

  /**
   * Merges signed records.
   *
   * @param files of one deployment, one of each box
   * @param devices that signed them
   * @param open whether a box may still have been open when it signed
   * @throws SightlineException if one does not verify, or they do not belong together
   */
  public static MergedFile merge(
      Collection<Path> files, Collection<DeviceIdentity> devices, boolean open)
      throws SightlineException {
    List<SignedPart> parts = new ArrayList<>();
    for (Path file : files) {
      parts.add(SignedPart.verify(file.toString(), DocumentFile.read(file), devices));
    }
    return of(parts, open);
  }

  private static MergedFile of(List<SignedPart> parts, boolean open) throws SightlineException {
    MergedRecord record = Merge.of(parts, open);
    List<byte[]> documents = new ArrayList<>();
    for (MergedRecord.Box box : record.boxes()) {
      parts.stream()
          .filter(part -> part.digest().hex().equals(box.part()))
          .map(SignedPart::bytes)
          .forEach(documents::add);
    }
    byte[] bytes = CanonicalJson.write(new Content(FORMAT, record, documents));
    if (bytes.length > MAX_SIZE_BYTES) {
      throw SignedPart.refused(
          "the merged record would be longer than the %d MiB that are read"
              .formatted(MAX_SIZE_BYTES >> 20),
          record.deployment(),
          "merge fewer of the boxes at once");
    }
    return new MergedFile(record, bytes);
  }

  /**
   * Reads a merged record, verifies its parts, and computes it again.
   *
   * @param devices that signed its parts
   * @throws SightlineException if a part does not verify, or the file is not what its parts give
   */
  public static MergedFile verify(Path file, Collection<DeviceIdentity> devices)
      throws SightlineException {
    return verify(file.toString(), DocumentFile.read(file, MAX_SIZE_BYTES), devices);
  }

  static MergedFile verify(String file, byte[] bytes, Collection<DeviceIdentity> devices)
      throws SightlineException {
    MergedFile again = of(parts(file, bytes, devices), true);
    if (!Arrays.equals(again.bytes, bytes)) {
      throw SignedPart.refused(
          "the merged record is not what its parts give", file, "merge the parts again");
    }
    return again;
  }

  /** Whether it says that it is a merged record; verified is nothing by that. */
  static boolean isMerged(byte[] bytes) {
    try {
      return FORMAT.equals(JsonMapper.shared().readTree(bytes).path("format").asString(""));
    } catch (JacksonException e) {
      return false;
    }
  }

  /** The parts, verified. */
  static List<SignedPart> parts(String file, byte[] bytes, Collection<DeviceIdentity> devices)
      throws SightlineException {
    List<SignedPart> parts = new ArrayList<>();
    for (byte[] part : documents(file, bytes)) {
      parts.add(SignedPart.verify(file + ", part " + (parts.size() + 1), part, devices));
    }
    return parts;
  }

  private static List<byte[]> documents(String file, byte[] bytes) throws SightlineException {
    List<byte[]> documents = new ArrayList<>();
    try {
      JsonNode content = JsonMapper.shared().readTree(bytes);
      if (FORMAT.equals(content.path("format").asString(""))) {
        for (JsonNode part : content.path("parts")) {
          documents.add(part.binaryValue());
        }
      }
    } catch (JacksonException e) {
      documents.clear();
    }
    if (documents.isEmpty()) {
      throw SignedPart.refused(
          "not a merged record, or altered", file, "name a file made by: records merge");
    }
    return documents;
  }

  public MergedRecord record() {
    return record;
  }

  /** Writes a new file. */
  public void writeTo(Path file) throws SightlineException {
    DocumentFile.create(file, bytes);
  }
}
