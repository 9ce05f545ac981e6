/**
 * Picture and landmarks to aligned face to template.
 *
 * <p>May import: domain, inference, models, imaging.
 */
@NullMarked
package org.sightline.edge.embed;

import org.jspecify.annotations.NullMarked;
