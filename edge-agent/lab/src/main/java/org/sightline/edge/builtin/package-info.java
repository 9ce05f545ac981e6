/**
 * The built-in engine, for exercises with drawn people.
 *
 * <p>May import: domain, models, imaging, detect, embed.
 */
@NullMarked
package org.sightline.edge.builtin;

import org.jspecify.annotations.NullMarked;
