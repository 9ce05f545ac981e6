package org.sightline.edge.app;

import java.io.IOException;
import java.util.List;
import org.sightline.edge.config.SettingsException;
import org.sightline.edge.testing.FuzzTarget;

/** A file is settings, or is refused in one line. */
class AgentSettingsFuzzTest extends FuzzTarget {
  @Override
  protected List<byte[]> seeds() {
    return texts(
        """
        van: van-7
        data: data
        models: models
        deviceKey: keys/device.key
        authorities: [authority.pub, "other.pub"]
        authorisation: authorisation.json
        watchlist: list.bundle
        modelPack: retail-0095
        calibration: lfw-dev
        threshold: 0.4
        smallestFacePx: 24
        inferenceDevice: cuda
        inferenceThreads: 2
        broker: {uri: "mqtts://127.0.0.1:8883", username: van, passwordFile: p, caFile: c,
          certificateFile: d, keyFile: k}
        cameras:
          - {id: mast-1, source: "rtsp://user@10.0.0.7/main?x=1", passwordFile: p, caFile: c}
          - id: mast-2
            source: clips/a.mp4
            pace: fastest
            stallAfter: 500ms
            keyPictureWithin: 30s
            pixelAspect: 16:11
            decoder: nvdec
            loop: true
        """,
        """
        van: &name 'van-7'
        data: |
          data
        deviceKey: ~
        authorities: [ null, *name ]
        cameras: [ null ]
        """);
  }

  @Override
  protected void take(byte[] input) throws IOException {
    try {
      AgentSettings.read(fileOf(input));
    } catch (SettingsException refusal) {
      assertOneLine(refusal);
    }
  }
}
