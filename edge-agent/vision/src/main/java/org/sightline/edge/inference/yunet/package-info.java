/**
 * Frees YuNet from the one input size that it is published with.
 *
 * <p>May import: domain, inference.graph.
 */
@NullMarked
package org.sightline.edge.inference.yunet;

import org.jspecify.annotations.NullMarked;
