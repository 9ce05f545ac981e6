package org.sightline.edge.capture.ffmpeg;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.capture.CameraAddress;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.CaptureException;
import org.sightline.edge.config.PasswordFile;
import org.sightline.edge.config.SettingsException;

/** Who asks a camera for its pictures; never printed. */
final class CameraLogin {
  private final String user;
  private final String password;

  CameraLogin(String user, String password) {
    this.user = user;
    this.password = password;
  }

  /**
   * The user that an address names, with the password of the password file or else of the address.
   *
   * @return null when the address names nobody
   * @throws CaptureException if the password file cannot be used
   */
  static @Nullable CameraLogin of(CameraSettings settings, CameraAddress address)
      throws CaptureException {
    String user = address.user();
    Path file = settings.access().passwordFile();
    if (user == null) {
      if (file != null) {
        throw unusable(
            settings, "a password file but no user", "name the user: rtsp://user@host/path");
      }
      return null;
    }
    String inAddress = address.password();
    String password =
        file != null
            ? firstLine(settings, file)
            : inAddress == null ? "" : percentDecoded(inAddress);
    return new CameraLogin(percentDecoded(user), password);
  }

  /** As it stands where its percent signs are no escapes. */
  private static String percentDecoded(String part) {
    return part.matches("(?:[^%]|%[0-9A-Fa-f]{2})*")
        ? URLDecoder.decode(part.replace("+", "%2B"), StandardCharsets.UTF_8)
        : part;
  }

  private static String firstLine(CameraSettings settings, Path file) throws CaptureException {
    try {
      return PasswordFile.read(file);
    } catch (SettingsException e) {
      throw unusable(settings, e.what() + ", " + file, e.remedy());
    }
  }

  private static CaptureException unusable(CameraSettings settings, String what, String remedy) {
    return new CaptureException(
        what, "camera " + settings.id() + " at " + settings.describe(), remedy, null);
  }

  String user() {
    return user;
  }

  String password() {
    return password;
  }

  @Override
  public String toString() {
    return "CameraLogin";
  }
}
