package org.sightline.edge.testing;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.capture.CameraSettings;
import org.sightline.edge.capture.CameraSettings.Access;
import org.sightline.edge.capture.CameraSettings.Decoder;
import org.sightline.edge.capture.CameraSettings.Pace;
import org.sightline.edge.capture.CameraSettings.Patience;
import org.sightline.edge.capture.PixelAspect;
import org.sightline.edge.domain.CameraId;

/** The settings of a camera {@code mast-1}: the defaults, but for what a test sets. */
public final class SampleCamera {
  private final CameraSettings defaults;
  private Pace pace;
  private boolean loop;
  private Access access;
  private Patience patience;
  private Decoder decoder;
  private @Nullable PixelAspect pixelAspect;

  private SampleCamera(String source) {
    defaults = CameraSettings.of(new CameraId("mast-1"), source);
    pace = defaults.pace();
    access = defaults.access();
    patience = defaults.patience();
    decoder = defaults.decoder();
  }

  public static SampleCamera of(String source) {
    return new SampleCamera(source);
  }

  /** A clip that is read as fast as this machine can. */
  public static SampleCamera fastest(Path clip) {
    return of(clip.toString()).pace(Pace.FASTEST);
  }

  public SampleCamera pace(Pace chosen) {
    pace = chosen;
    return this;
  }

  public SampleCamera loop(boolean overAgain) {
    loop = overAgain;
    return this;
  }

  public SampleCamera access(@Nullable Path passwordFile, @Nullable Path caFile) {
    access = new Access(passwordFile, caFile);
    return this;
  }

  public SampleCamera patience(Duration stallAfter, Duration keyPictureWithin) {
    patience = new Patience(stallAfter, keyPictureWithin);
    return this;
  }

  public SampleCamera decoder(Decoder chosen) {
    decoder = chosen;
    return this;
  }

  public SampleCamera pixelAspect(@Nullable PixelAspect shape) {
    pixelAspect = shape;
    return this;
  }

  public CameraSettings build() {
    return new CameraSettings(
        defaults.id(), defaults.source(), pace, loop, access, patience, decoder, pixelAspect);
  }
}
