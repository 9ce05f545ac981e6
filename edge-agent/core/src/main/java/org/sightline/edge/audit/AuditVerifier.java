package org.sightline.edge.audit;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.store.Database;
import org.sightline.edge.store.StoreException;

/**
 * Determines from an exported log and heads that were published, and from nothing else, whether the
 * log is still what was written, and if not, which record is the first that is not. Needs no key
 * and not the device. Reads line by line: memory does not grow with the log. Immutable.
 *
 * <p>A line does not carry its own hash: the next one does, as {@code previous}. So a record that
 * was altered shows at its successor, and the newest one only at a published head. From that
 * follows what cannot be determined:
 *
 * <ul>
 *   <li>Without a head, a log whose tail was cut off or rewritten, with all hashes after it, is
 *       intact. A head protects everything up to it and nothing after it.
 *   <li>Of a log that was rewritten, only the two published heads between which that began are
 *       known ({@link AuditVerdict.OtherHistory}). The newest record altered alone is the same
 *       case, unless the head before it was published too.
 *   <li>If hashes were recomputed for a stretch but not to the end, its last record is named, not
 *       its first.
 *   <li>If two neighbours contradict each other and no record or head speaks for either, both are
 *       named ({@link AuditVerdict.Contradictory}).
 *   <li>Who did it, and what the record said before.
 * </ul>
 */
public final class AuditVerifier {
  /** No record is longer; a longer line counts as altered. */
  public static final int LONGEST_LINE_BYTES = 64 * 1024;

  private final List<AuditHead> published;

  /**
   * @param published heads that were kept elsewhere, in any order, also none
   */
  public AuditVerifier(Collection<AuditHead> published) {
    this.published = List.copyOf(published);
  }

  /** Checks an exported log. */
  public AuditVerdict verify(Path exported) throws SightlineException {
    try (InputStream in = Files.newInputStream(exported)) {
      return verify(in);
    } catch (NoSuchFileException e) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "there is no such file",
          exported.toString(),
          "check the path",
          e);
    } catch (IOException e) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "the log cannot be read",
          exported.toString(),
          "name a readable file made by: audit export",
          e);
    }
  }

  /** Checks an exported log; the stream stays open. */
  public AuditVerdict verify(InputStream exported) throws IOException {
    ChainCheck check = new ChainCheck(published);
    InputStream in = new BufferedInputStream(exported, LONGEST_LINE_BYTES);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next >= 0; next = in.read()) {
      if (next == '\n') {
        check.line(line.toByteArray());
        line.reset();
      } else if (line.size() <= LONGEST_LINE_BYTES) { // one more than allowed shows that it is long
        line.write(next);
      }
    }
    if (line.size() > 0) {
      check.line(line.toByteArray());
    }
    return check.verdict();
  }

  /** Checks the log in a data file, as it would be exported. */
  public AuditVerdict verify(Database database) throws StoreException {
    ChainCheck check = new ChainCheck(published);
    AuditLog.<RuntimeException>forEachLine(database, check::line);
    return check.verdict();
  }
}
