/**
 * What the control room knows: alerts and what was found of them, and how the vans stand.
 *
 * <p>May import: domain, statistics, crypto, store, audit, authorisation, publish.
 */
@NullMarked
package org.sightline.edge.board.room;

import org.jspecify.annotations.NullMarked;
