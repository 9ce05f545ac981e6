package org.sightline.edge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.domain.Alert;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.Zone;
import org.sightline.edge.models.InstalledPack;
import org.sightline.edge.models.ModelPacks;
import org.sightline.edge.pipeline.PipelineCounters;
import org.sightline.edge.record.PublicRecord;
import org.sightline.edge.testing.Exercise;
import org.sightline.edge.testing.GeneratedStreet;
import org.sightline.edge.testing.SampleCameras;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Three drawn people walk by, two of them listed: the whole agent, with a zone in which one of the
 * listed walks, and the truth of who was where.
 */
class ZoneOfStreetTest {
  private static final URI NO_BROKER = URI.create("mqtt://127.0.0.1:1");
  private static final Duration SOON = Duration.ofSeconds(90);

  @TempDir private static Path folder;

  private static PipelineCounters.Snapshot counted;
  private static PublicRecord record;
  private static final List<String> RAISED = new ArrayList<>();

  /** Faces of all frames whose centre is within the zone, and all others, in truth. */
  private static int facesWithin;

  private static int facesOutside;

  /** Who walks within the zone, and who outside, by their number. */
  private static final Set<Integer> WITHIN = new HashSet<>();

  private static final Set<Integer> OUTSIDE = new HashSet<>();

  @BeforeAll
  static void threePeopleWalkBy() throws Exception {
    GeneratedStreet street = GeneratedStreet.in(folder.resolve("street"));
    JsonNode truth = JsonMapper.shared().readTree(street.clip().resolveSibling("truth.json"));
    for (JsonNode frame : truth.required("frames")) {
      for (JsonNode face : frame.required("faces")) {
        System.out.println(frame.required("frame") + " " + face);
      }
    }
    System.out.println(truth.required("passes"));
  }

  @Test
  void x() {}
}
