/**
 * Announced walks of control entries, and how often the cameras recognised them.
 *
 * <p>May import: domain, statistics, crypto, store, audit, authorisation.
 */
@NullMarked
package org.sightline.edge.walk;

import org.jspecify.annotations.NullMarked;
