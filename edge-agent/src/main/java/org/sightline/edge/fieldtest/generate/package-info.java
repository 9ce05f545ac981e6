/**
 * Procedurally drawn people and the scenes they walk through, seeded, with exact ground truth.
 *
 * <p>May import: domain, inference, imaging, detect, match, authorisation, enrol.
 */
@NullMarked
package org.sightline.edge.fieldtest.generate;

import org.jspecify.annotations.NullMarked;
