/**
 * A box made ready: settings that are asked for and written, the files that they name, and what is
 * found of cameras in the network.
 *
 * <p>May import: domain, config, crypto, capture, app.
 */
@NullMarked
package org.sightline.edge.setup;

import org.jspecify.annotations.NullMarked;
