/**
 * Whose signatures count: the authorities that the settings name, and what authorities have signed
 * about keys since. Pure.
 *
 * <p>May import: domain, crypto.
 */
@NullMarked
package org.sightline.edge.trust;

import org.jspecify.annotations.NullMarked;
