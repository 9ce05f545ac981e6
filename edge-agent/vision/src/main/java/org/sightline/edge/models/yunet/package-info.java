/**
 * Frees YuNet from the one input size that it is published with.
 *
 * <p>May import: domain.
 */
@NullMarked
package org.sightline.edge.models.yunet;

import org.jspecify.annotations.NullMarked;
