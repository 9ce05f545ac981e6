/**
 * Whether what a camera sees may be a picture of a face, in the words of ISO/IEC 30107-3.
 *
 * <p>May import: domain, inference, models, imaging.
 */
@NullMarked
package org.sightline.edge.presentationattack;

import org.jspecify.annotations.NullMarked;
