/**
 * Append-only, hash-chained log of who opened, changed, revoked, adjudicated and destroyed what and
 * when; ids and digests only. Written in the transaction of what it records, checked from an
 * exported file and a published head alone.
 *
 * <p>May import: domain, crypto, store.
 */
@NullMarked
package org.sightline.edge.audit;

import org.jspecify.annotations.NullMarked;
