/**
 * The page over HTTP: the door, the answers and the stream of events.
 *
 * <p>May import: domain, config, crypto, audit, publish, board.login, board.room.
 */
@NullMarked
package org.sightline.edge.board.http;

import org.jspecify.annotations.NullMarked;
