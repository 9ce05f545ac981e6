package org.sightline.edge.capture;

/**
 * What a source has seen since it was opened.
 *
 * @param framesRead frames handed out
 * @param framesBroken frames that could not be decoded and were left out
 * @param reconnects times that a live source was opened again
 * @param failures unexpected errors of reading it, each of which closed it
 * @param connected whether frames are flowing now
 */
public record CaptureStatistics(
    long framesRead, long framesBroken, long reconnects, long failures, boolean connected) {}
