/**
 * Generated presentation attacks, and how many of them a pack finds.
 *
 * <p>May import: domain, statistics, imaging, detect, presentationattack, evaluate.
 */
@NullMarked
package org.sightline.edge.evaluate.attack;

import org.jspecify.annotations.NullMarked;
