/**
 * Scenes that drawn people, or heads cut out of portraits, walk through; seeded, with exact truth.
 *
 * <p>May import: domain, inference, models, imaging, detect, match, authorisation, enrol.
 */
@NullMarked
package org.sightline.edge.fieldtest.generate;

import org.jspecify.annotations.NullMarked;
