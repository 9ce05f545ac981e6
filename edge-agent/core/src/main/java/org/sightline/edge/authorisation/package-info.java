/**
 * Signed deployment authorisation to Permitted or Refused: the one place that decides whether
 * cameras may be opened.
 *
 * <p>May import: domain, crypto, trust.
 */
@NullMarked
package org.sightline.edge.authorisation;

import org.jspecify.annotations.NullMarked;
