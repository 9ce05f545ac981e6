package org.sightline.edge.pipeline;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import java.util.UUID;

/** UUIDv7: sorts by time of decision, so that receivers and the outbox keep their order. */
final class AlertIds {
  private static final NoArgGenerator GENERATOR = Generators.timeBasedEpochGenerator();

  private AlertIds() {}

  static UUID next() {
    return GENERATOR.generate();
  }
}
