package org.sightline.edge.walk;

import org.sightline.edge.authorisation.LowestRecognition;

/**
 * What the latest walks by a camera say of a rule: of those that together have enough passes, or of
 * all if there are fewer. Whether alerts are raised at the camera follows from it alone.
 *
 * @param recognised of the passes
 * @param passes walked and judged
 */
public record Proof(LowestRecognition rule, long recognised, long passes) {
  /** An alarm of the status: a camera raises no alerts, because too few walks were made by it. */
  public static final String WALKS_NEEDED = "walks-needed";

  /** An alarm of the status: a camera raises no alerts, because too few walks were recognised. */
  public static final String TOO_LOW = "recognition-too-low";

  /** Whether alerts may be raised. */
  public boolean holds() {
    return rule.isMetBy(recognised, passes);
  }

  /** Why not, as a word of the status. */
  public String alarm() {
    return passes < rule.walks() ? WALKS_NEEDED : TOO_LOW;
  }

  /** All of it in a line. */
  public String line() {
    String found = recognised + " of the latest " + passes + " passes walked are recognised";
    if (holds()) {
      return "alerts are raised: " + found;
    }
    return passes < rule.walks()
        ? "NO ALERTS are raised: "
            + (rule.walks() - passes)
            + " more passes have to be walked; "
            + found
        : "NO ALERTS are raised: " + found + ", fewer than authorised";
  }
}
