/**
 * ONNX Runtime behind tensors; the only user of ONNX Runtime.
 *
 * <p>May import: domain, config, inference, models, imaging.
 */
@NullMarked
package org.sightline.edge.inference.onnx;

import org.jspecify.annotations.NullMarked;
