package org.sightline.edge.domain;

/**
 * A face found in one picture.
 *
 * @param box in the picture's own pixel space, whatever size the detector searched at
 * @param score the detector's confidence, in [0, 1]
 */
public record Face(BoxPx box, Landmarks landmarks, float score) {}
