/**
 * How networks lie in ONNX files.
 *
 * <p>May import: -.
 */
@NullMarked
package org.sightline.edge.models.graph;

import org.jspecify.annotations.NullMarked;
