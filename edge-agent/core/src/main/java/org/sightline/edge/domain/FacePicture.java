package org.sightline.edge.domain;

import org.jspecify.annotations.Nullable;

/**
 * A picture of one face.
 *
 * @param view how the face stands in it; null where that could not be determined
 */
public record FacePicture(Jpeg jpeg, @Nullable FaceView view) {}
