package org.sightline.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.sightline.testkit.LoopbackPorts.Range;

class LoopbackPortsTest {
  @Test
  void portsLieBesideThoseThatConnectionsAreGiven() {
    assertThat(LoopbackPorts.outside(new Range(32_768, 60_999)))
        .isEqualTo(new Range(10_000, 32_767));
    assertThat(LoopbackPorts.outside(new Range(1_024, 40_000)))
        .isEqualTo(new Range(40_001, 65_535));
  }

  @Test
  void whereConnectionsAreGivenEveryPortTheyAreSharedWithThem() {
    assertThat(LoopbackPorts.outside(new Range(1_024, 65_535)))
        .isEqualTo(new Range(10_000, 65_535));
  }

  @Test
  void noPortIsHandedOutTwiceInARow() throws IOException {
    Set<Integer> ports = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      ports.add(LoopbackPorts.free());
    }
    assertThat(ports).hasSize(200);
  }
}
