package org.sightline.edge.golden;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;
import org.sightline.edge.domain.DeploymentId;
import org.sightline.edge.domain.FaceView;
import org.sightline.edge.domain.PointPx;
import org.sightline.edge.domain.VanId;

/** The golden files and what is in them. */
public final class Golden {
  static final Path FOLDER = Path.of("src/test/resources/golden");

  /** The name of an end's file is made of the device and the deployment. */
  public static final String ENDED = "ended-deployment.v1.json";

  public static final DeploymentId DEPLOYMENT = new DeploymentId("D-2026-11-28");
  public static final Instant START = Instant.parse("2026-11-28T09:00:00.250Z");
  public static final Instant END = Instant.parse("2026-11-28T13:00:00Z");
  static final Instant REVOKED = Instant.parse("2026-11-28T10:30:00Z");
  static final VanId VAN = new VanId("van-7");
  static final UUID ALERT = UUID.fromString("019ac9f0-0000-7000-8000-000000000001");
  static final FaceView PROBE_VIEW =
      new FaceView(new PointPx(100, 110.5f), new PointPx(148, 108), 0.0125);
  static final FaceView PORTRAIT_VIEW =
      new FaceView(new PointPx(90.25f, 100), new PointPx(166, 101), 0.0625);
  static final byte[] PLACE = "table/1".getBytes(US_ASCII);

  private Golden() {}

  public static Path file(String name) {
    return FOLDER.resolve(name);
  }

  public static byte[] bytes(String name) throws IOException {
    return Files.readAllBytes(file(name));
  }
}
