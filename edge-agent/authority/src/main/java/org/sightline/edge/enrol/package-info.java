/**
 * Portrait pictures to watchlist entries, with a reason for every refused picture.
 *
 * <p>May import: match, domain, inference, models, imaging, detect, embed.
 */
@NullMarked
package org.sightline.edge.enrol;

import org.jspecify.annotations.NullMarked;
