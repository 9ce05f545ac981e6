/**
 * What a van and a control room send each other.
 *
 * <p>May import: domain, config, crypto, audit, trust, authorisation, concurrent.
 */
@NullMarked
package org.sightline.edge.publish;

import org.jspecify.annotations.NullMarked;
