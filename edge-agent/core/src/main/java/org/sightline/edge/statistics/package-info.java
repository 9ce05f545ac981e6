/**
 * Measured rates and how far they can be trusted (ISO/IEC 19795-1). Pure.
 *
 * <p>May import: domain.
 */
@NullMarked
package org.sightline.edge.statistics;

import org.jspecify.annotations.NullMarked;
