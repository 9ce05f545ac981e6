package org.sightline.edge.lens;

import java.util.Locale;

/** Why a camera that sends frames does not see what it should. */
public enum LensFault {
  /** The picture is flat: something lies on the lens, or no light at all reaches it. */
  COVERED,
  /** Much of the picture is as bright as it can be: a lamp or the sun shines into the lens. */
  BLINDED,
  /** There is a scene, too dim to find faces in. */
  DARK,
  /** The same picture comes again and again. */
  FROZEN,
  /**
   * It is another view than the one that it had: the camera was turned, or something big stands
   * before it.
   */
  TURNED,
  /** The fine detail that it had is gone: out of focus, wet or smeared. */
  DEFOCUSED;

  /** The alarm of the status message. */
  public String alarm() {
    return "camera-" + name().toLowerCase(Locale.ROOT);
  }
}
