/**
 * Typed settings, checked at the edge: an unknown key is an error that names the nearest one.
 *
 * <p>May import: domain.
 */
@NullMarked
package org.sightline.edge.config;

import org.jspecify.annotations.NullMarked;
