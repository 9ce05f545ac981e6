package org.sightline.edge.cli.authority;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/**
 * A text file of things to be signed, one a line; empty lines and those that begin with {@code #}
 * are passed over.
 *
 * @param what the file is, and what a line of it is, for people
 * @param remedy how it is written
 */
record LinesFile(Path file, String what, String ofLine, String remedy) {
  /**
   * Reads each line.
   *
   * @param reader throws an {@link IllegalArgumentException} if a line is none of them
   * @throws SightlineException if the file cannot be read, or a line is none of them
   */
  <T> List<T> read(Function<String, T> reader) throws SightlineException {
    String text;
    try {
      text = UTF_8.newDecoder().decode(ByteBuffer.wrap(DocumentFile.read(file))).toString();
    } catch (CharacterCodingException e) {
      throw unusable(what + " is not UTF-8", file.toString(), e);
    }
    List<T> things = new ArrayList<>();
    int number = 0;
    for (String line : text.lines().toList()) {
      number++;
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      try {
        things.add(reader.apply(line.strip()));
      } catch (IllegalArgumentException e) {
        throw unusable("no " + ofLine + ": " + e.getMessage(), file + ":" + number, e);
      }
    }
    return things;
  }

  /** What is wrong with the file as a whole. */
  SightlineException unusable(IllegalArgumentException cause) {
    return unusable(what + " cannot be used: " + cause.getMessage(), file.toString(), cause);
  }

  private SightlineException unusable(String fault, String where, Exception cause) {
    return new SightlineException(ErrorKind.UNUSABLE_INPUT, fault, where, remedy, cause);
  }
}
