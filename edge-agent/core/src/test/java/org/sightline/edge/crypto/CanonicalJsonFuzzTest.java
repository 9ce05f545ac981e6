package org.sightline.edge.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.testing.FuzzTarget;

/** What is read is one record, which reads the same when it is written again; or there is none. */
class CanonicalJsonFuzzTest extends FuzzTarget {
  private enum Kind {
    ONE,
    OTHER
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Content(
      DeploymentId deployment,
      Kind kind,
      boolean yes,
      int small,
      long great,
      double real,
      Instant time,
      Sha256 digest,
      byte[] bytes,
      List<String> texts,
      SortedMap<String, String> details) {}

  @Override
  protected List<byte[]> seeds() {
    Content content =
        new Content(
            new DeploymentId("D-1"),
            Kind.OTHER,
            true,
            -7,
            1L << 40,
            0.25,
            Instant.parse("2026-11-23T09:00:00.001Z"),
            Sha256.of(),
            new byte[] {1, 2, 3},
            List.of("é", "\"\\\n\u2028\ud83d\ude00"),
            new TreeMap<>(Map.of("key", "value")));
    return List.of(CanonicalJson.write(content), utf8("null"), utf8("[".repeat(1100)));
  }

  @Override
  protected void take(byte[] input) {
    Optional<Content> content = CanonicalJson.read(input, Content.class);
    content
        .filter(read -> Double.isFinite(read.real()))
        .map(CanonicalJson::write)
        .ifPresent(
            written ->
                assertThat(CanonicalJson.read(written, Content.class).map(CanonicalJson::write))
                    .hasValue(written));
  }
}
