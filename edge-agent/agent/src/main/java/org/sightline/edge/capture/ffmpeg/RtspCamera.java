package org.sightline.edge.capture.ffmpeg;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.capture.CameraAddress;

/** A camera reached by RTSP or RTSPS, with everything in one TCP connection. */
record RtspCamera(
    CameraAddress address, @Nullable CameraLogin login, @Nullable Path caFile, Decoding decoding)
    implements LiveSource.Camera {

  private static final Map<String, String> OPTIONS =
      Map.of(
          "rtsp_transport", "tcp",
          "allowed_media_types", "video",
          "protocol_whitelist", "rtsp,rtp,tcp",
          "format_whitelist", "rtsp",
          "reorder_queue_size", "0",
          "user_agent", "sightline");

  @Override
  public LiveSource.Connection connect(Interrupt interrupt) throws OpenFailure {
    RtspRelay relay = RtspRelay.connect(address, login, caFile, interrupt);
    try {
      Media.Request request = new Media.Request(relay.uri(), null, OPTIONS, true);
      return new LiveSource.Connection(Media.open(request, interrupt, decoding), relay);
    } catch (OpenFailure failure) {
      relay.close();
      OpenFailure refusal = relay.refusal();
      throw refusal == null || failure.kind() == OpenFailure.Kind.CLOSED ? failure : refusal;
    }
  }

  @Override
  public String toString() {
    return "RtspCamera";
  }
}
