/**
 * Picture to faces.
 *
 * <p>May import: domain, inference, models, imaging.
 */
@NullMarked
package org.sightline.edge.detect;

import org.jspecify.annotations.NullMarked;
