package org.sightline.edge.cli.lab;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import org.sightline.edge.domain.Version;
import org.sightline.edge.models.ModelPack;

/**
 * A result file of a measuring command: what was measured with, and the figures.
 *
 * @param version of the program
 */
record Measured<T>(
    String version, String modelPack, int modelPackVersion, @JsonUnwrapped T figures) {
  static <T> Measured<T> with(ModelPack pack, T figures) {
    return new Measured<>(Version.current(), pack.name(), pack.version(), figures);
  }
}
