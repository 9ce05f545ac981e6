/**
 * Converts what OpenVINO publishes, its intermediate representation (IR), to ONNX.
 *
 * <p>May import: domain, models.graph.
 */
@NullMarked
package org.sightline.edge.models.openvino;

import org.jspecify.annotations.NullMarked;
