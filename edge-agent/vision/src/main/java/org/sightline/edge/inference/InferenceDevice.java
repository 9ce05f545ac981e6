package org.sightline.edge.inference;

import java.util.Locale;

/** What networks may be asked to run on; each after the first is a build and a GPU away. */
public enum InferenceDevice {
  CPU,
  CUDA,
  TENSORRT;

  /** As it is written in settings. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
