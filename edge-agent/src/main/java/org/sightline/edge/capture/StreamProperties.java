package org.sightline.edge.capture;

/**
 * What an open stream says of itself.
 *
 * @param codec FFmpeg's name of the encoding, such as {@code h264}
 * @param widthPx of the newest frame, after cropping
 * @param heightPx of the newest frame, after cropping
 * @param nominalFramesPerSecond as declared by the stream; 0 when it declares none
 * @param bytesRead encoded bytes of pictures read since the source was first opened
 */
public record StreamProperties(
    String codec, int widthPx, int heightPx, double nominalFramesPerSecond, long bytesRead) {}
