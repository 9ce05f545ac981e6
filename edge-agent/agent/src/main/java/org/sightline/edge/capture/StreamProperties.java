package org.sightline.edge.capture;

/**
 * What an open stream says of itself.
 *
 * @param codec FFmpeg's name of the encoding, such as {@code h264}
 * @param widthPx of the newest frame, as shown: cropped, with square pixels, turned
 * @param heightPx of the newest frame, as shown: cropped, with square pixels, turned
 * @param nominalFramesPerSecond as declared by the stream; 0 when it declares none
 * @param keyPictures of the connection that is open
 * @param bytesRead encoded bytes of pictures read since the source was first opened
 */
public record StreamProperties(
    String codec,
    int widthPx,
    int heightPx,
    double nominalFramesPerSecond,
    KeyPictures keyPictures,
    long bytesRead) {}
