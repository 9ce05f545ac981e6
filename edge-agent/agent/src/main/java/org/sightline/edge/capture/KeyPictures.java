package org.sightline.edge.capture;

/**
 * The pictures of a stream that can be decoded by themselves. After a loss on the way no picture is
 * whole before the next of them.
 *
 * @param seen since the stream was opened
 * @param mostApart pictures from one to the next, at most; 0 before there were two
 */
public record KeyPictures(long seen, long mostApart) {}
