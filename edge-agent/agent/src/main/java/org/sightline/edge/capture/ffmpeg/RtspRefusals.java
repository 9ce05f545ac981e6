package org.sightline.edge.capture.ffmpeg;

/** What a camera means by the statuses it refuses with (RFC 2326, RFC 7826). */
final class RtspRefusals {
  private RtspRefusals() {}

  /**
   * Of a request without which there are no pictures.
   *
   * @param status of 400 and more
   */
  static OpenFailure of(int status) {
    return switch (status) {
      case 403 ->
          new OpenFailure(
              OpenFailure.Kind.REFUSED,
              "the camera refuses this user the stream",
              "give the user the right to view it, in the camera");
      case 404 ->
          unreachable(
              "the camera has no stream of that path", "take the path from the camera's manual");
      case 453, 503 ->
          unreachable(
              "the camera serves no more viewers (" + status + ")",
              "close other viewers of it, or raise their number in the camera; it is retried");
      case 461 ->
          unreachable(
              "the camera sends over UDP only, but RTSP is read over TCP",
              "allow RTSP over TCP (interleaved) in the camera");
      default ->
          unreachable(
              "the camera answers with status " + status,
              "check that the address plays, and see the camera's own log; it is retried");
    };
  }

  private static OpenFailure unreachable(String what, String remedy) {
    return new OpenFailure(OpenFailure.Kind.UNREACHABLE, what, remedy);
  }
}
