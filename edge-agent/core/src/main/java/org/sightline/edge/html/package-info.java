/**
 * Pages for people to read and print: they load nothing, run nothing, and every text in them is
 * escaped. Pure.
 *
 * <p>May import: -.
 */
@NullMarked
package org.sightline.edge.html;

import org.jspecify.annotations.NullMarked;
