package org.sightline.edge.capture.ffmpeg;

import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A camera reached by RTSP with everything in one TCP connection; by RTSPS through {@link
 * TlsRelay}.
 */
record RtspCamera(RtspAddress address, @Nullable Path caFile, Decoding decoding)
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
    if (!address.secure()) {
      return new LiveSource.Connection(
          open(address.plainUrl(address.host(), address.port()), interrupt), () -> {});
    }
    TlsRelay relay = TlsRelay.connect(address.host(), address.port(), caFile, interrupt);
    try {
      return new LiveSource.Connection(
          open(address.plainUrl(relay.host(), relay.port()), interrupt), relay);
    } catch (OpenFailure failure) {
      relay.close();
      throw failure;
    }
  }

  private Media open(String url, Interrupt interrupt) throws OpenFailure {
    return Media.open(new Media.Request(url, null, OPTIONS, true), interrupt, decoding);
  }

  @Override
  public String toString() {
    return "RtspCamera";
  }
}
