/**
 * Networks that run: on which device, from picture to tensor to numbers.
 *
 * <p>May import: domain.
 */
@NullMarked
package org.sightline.edge.inference;

import org.jspecify.annotations.NullMarked;
