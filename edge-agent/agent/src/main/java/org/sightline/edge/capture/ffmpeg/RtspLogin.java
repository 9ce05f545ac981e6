package org.sightline.edge.capture.ffmpeg;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.capture.ffmpeg.OpenFailure.Kind;

/** Whether a camera that asks for a login gets one, and by which of the ways that it offers. */
final class RtspLogin {
  private RtspLogin() {}

  /**
   * The way to log in.
   *
   * @param reply with status 401
   * @param secure whether the connection is TLS
   */
  static RtspChallenge challenge(RtspMessage reply, @Nullable CameraLogin login, boolean secure)
      throws OpenFailure {
    if (login == null) {
      throw refused(
          "the camera asks for a user name and password",
          "name the user in the address and give a password file");
    }
    RtspChallenge challenge =
        RtspChallenge.strongest(reply.headers("WWW-Authenticate")).orElse(null);
    if (challenge == null) {
      throw refused(
          "the camera asks for a login method that is not known",
          "set its authentication to digest");
    }
    if (challenge.isInClear() && !secure) {
      throw refused(
          "the camera wants the password in clear text, which is sent over TLS only",
          "set its authentication to digest, or give its rtsps:// address");
    }
    return challenge;
  }

  /** Why the camera asks again. */
  static OpenFailure wrong() {
    return refused(
        "the camera refuses the user name or password",
        "correct the user in the address and the password file");
  }

  private static OpenFailure refused(String what, String remedy) {
    return new OpenFailure(Kind.REFUSED, what, remedy);
  }
}
