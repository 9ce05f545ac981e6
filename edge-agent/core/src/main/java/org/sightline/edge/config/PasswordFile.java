package org.sightline.edge.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.sightline.edge.domain.RegularFile;

/** Text files with a password in their first line. */
public final class PasswordFile {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private PasswordFile() {}

  /**
   * Reads the password.
   *
   * @throws SettingsException if the file cannot be read or is not UTF-8
   */
  public static String read(Path file) throws SettingsException {
    try {
      return Files.readString(RegularFile.require(file))
          .lines()
          .findFirst()
          .map(PasswordFile::password)
          .orElse("");
    } catch (CharacterCodingException e) {
      throw new SettingsException(
          "the password file is not UTF-8", file.toString(), "save it as UTF-8 text", e);
    } catch (IOException e) {
      throw new SettingsException(
          "the password file cannot be read",
          file.toString(),
          "check the path, and that this user may read it",
          e);
    }
  }

  /** What a line says, of which an editor may have begun with a mark that nobody sees. */
  public static String password(String firstLine) {
    return firstLine.startsWith(BYTE_ORDER_MARK) ? firstLine.substring(1) : firstLine;
  }
}
