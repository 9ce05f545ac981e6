/**
 * Commands: arguments in, exit code out, one line per error.
 *
 * <p>May import: everything.
 */
@NullMarked
package org.sightline.edge.cli;

import org.jspecify.annotations.NullMarked;
