package org.sightline.edge.capture;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.CameraId;

/**
 * One camera.
 *
 * @param source a file path, {@code rtsp://}, {@code rtsps://}, {@code /dev/video…} or {@code
 *     /dev/v4l/…}. Never printed whole: it may hold credentials; see {@link #describe()}
 * @param pace of a file: as fast as the clip's own time, or as fast as the machine can
 * @param loop whether a file starts over when it ends, for exercises
 * @param decoder what decodes its video, if that works; else the CPU
 * @param pixelAspect the shape of its pixels, whatever the stream says; null to go by the stream
 */
public record CameraSettings(
    CameraId id,
    String source,
    Pace pace,
    boolean loop,
    Access access,
    Patience patience,
    Decoder decoder,
    @Nullable PixelAspect pixelAspect) {

  /**
   * What a camera asks of its reader.
   *
   * @param passwordFile file whose first line is the password for the user named in an RTSP
   *     address; null when the address needs none
   * @param caFile PEM of the private authority that signed an RTSPS server's certificate; null for
   *     the system's own
   */
  public record Access(@Nullable Path passwordFile, @Nullable Path caFile) {
    /** No password, and a certificate that the system trusts, if any. */
    public static final Access OPEN = new Access(null, null);
  }

  /**
   * How long a live camera is waited for.
   *
   * @param stallAfter one from which nothing comes for this long is opened again
   * @param keyPictureWithin one whose video comes but gives no whole picture for this long is
   *     opened again; never sooner than {@code stallAfter}
   */
  public record Patience(Duration stallAfter, Duration keyPictureWithin) {
    /** Cameras send a whole picture every second or every few; few take longer. */
    public static final Patience DEFAULT =
        new Patience(Duration.ofSeconds(2), Duration.ofSeconds(10));
  }

  /** How fast a file is read. */
  public enum Pace {
    REALTIME,
    FASTEST
  }

  /** What decodes video: the CPU, or a part of NVIDIA's, Intel's or AMD's GPUs made for that. */
  public enum Decoder {
    SOFTWARE,
    NVDEC,
    VAAPI;

    /** As it is written in settings. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A camera with the defaults: real-time, no credentials, stalled after 2 s, no GPU. */
  public static CameraSettings of(CameraId id, String source) {
    return new CameraSettings(
        id, source, Pace.REALTIME, false, Access.OPEN, Patience.DEFAULT, Decoder.SOFTWARE, null);
  }

  /** The same, read at another pace. */
  public CameraSettings at(Pace other) {
    return new CameraSettings(id, source, other, loop, access, patience, decoder, pixelAspect);
  }

  /** The source as {@link CameraAddress#describe} shows it, fit for logs. */
  public String describe() {
    return CameraAddress.describe(source);
  }

  @Override
  public String toString() {
    return "CameraSettings[" + id + ", " + describe() + "]";
  }
}
