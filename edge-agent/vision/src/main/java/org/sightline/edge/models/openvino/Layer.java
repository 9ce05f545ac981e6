package org.sightline.edge.models.openvino;

import java.util.List;
import java.util.Map;

/**
 * One layer of an IR.
 *
 * @param id position in the network; inputs come from smaller ids
 * @param data attributes by name
 * @param inputs ids of the layers that feed it, in the order of its ports
 * @param outputShape of its first output; empty if it has none
 */
record Layer(
    int id,
    String type,
    Map<String, String> data,
    List<Integer> inputs,
    List<Integer> outputShape) {
  Layer {
    data = Map.copyOf(data);
    inputs = List.copyOf(inputs);
    outputShape = List.copyOf(outputShape);
  }
}
