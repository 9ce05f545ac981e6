package org.sightline.edge.golden;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.sightline.edge.crypto.ControlRoomKeys;

class MakeOnceTest {
  @Test
  void make() throws Exception {
    Path folder = Files.createDirectories(Path.of("/tmp/golden-made"));
    GoldenMaker.alerts(
        folder, ControlRoomKeys.readCredential(Golden.file("control-room-keys.v1.json")));
  }
}
