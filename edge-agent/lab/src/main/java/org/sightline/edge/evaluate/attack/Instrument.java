package org.sightline.edge.evaluate.attack;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What shows the picture of a face: a species of presentation attack instrument in the words of
 * ISO/IEC 30107-3.
 */
public enum Instrument {
  /** A sheet of paper, its white border and the surroundings in sight. */
  @JsonProperty("print")
  PRINT(false, false),

  /** A print that fills all that is seen. */
  @JsonProperty("print-filling")
  PRINT_FILLING(false, true),

  /** A screen, its dark frame and the surroundings in sight. */
  @JsonProperty("screen")
  SCREEN(true, false),

  /** A screen that fills all that is seen. */
  @JsonProperty("screen-filling")
  SCREEN_FILLING(true, true);

  final boolean shines;
  final boolean fills;

  Instrument(boolean shines, boolean fills) {
    this.shines = shines;
    this.fills = fills;
  }
}
