/**
 * Converts what OpenVINO publishes, its intermediate representation (IR), to ONNX.
 *
 * <p>May import: domain, inference.graph.
 */
@NullMarked
package org.sightline.edge.inference.openvino;

import org.jspecify.annotations.NullMarked;
