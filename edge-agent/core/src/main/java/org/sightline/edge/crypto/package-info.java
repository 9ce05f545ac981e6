/**
 * Keys, envelopes and secret bytes; the only user of the cryptography library.
 *
 * <p>May import: domain.
 */
@NullMarked
package org.sightline.edge.crypto;

import org.jspecify.annotations.NullMarked;
