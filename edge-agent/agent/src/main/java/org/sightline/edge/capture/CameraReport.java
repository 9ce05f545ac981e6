package org.sightline.edge.capture;

/**
 * What a probe measured.
 *
 * @param source the address without credentials
 * @param codec FFmpeg's name of the encoding
 * @param nominalFramesPerSecond as the stream declares; 0 when it does not
 * @param framesPerSecond measured: of a camera by arrival, of a clip by its own times
 * @param firstFrameMillis from opening to the first frame
 * @param jitterMillis standard deviation of the time from one frame to the next
 * @param kilobitsPerSecond encoded
 * @param meanLuma brightness of the newest frame that was looked at, in [0, 255]
 * @param sharpness variance of the Laplacian of that frame's brightness; for comparing focus on one
 *     scene
 */
public record CameraReport(
    String source,
    String codec,
    int widthPx,
    int heightPx,
    double nominalFramesPerSecond,
    double framesPerSecond,
    long frames,
    long framesBroken,
    long reconnects,
    double firstFrameMillis,
    double jitterMillis,
    double kilobitsPerSecond,
    double meanLuma,
    double sharpness) {}
