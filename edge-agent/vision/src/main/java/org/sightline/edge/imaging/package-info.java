/**
 * Pictures: decoding stills, resizing, aligning, cropping, sharpness, JPEG; the only user of
 * OpenCV's image functions.
 *
 * <p>May import: domain.
 */
@NullMarked
package org.sightline.edge.imaging;

import org.jspecify.annotations.NullMarked;
