package org.sightline.edge.testing.trace;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;

/**
 * What people leave in a program that looks at them.
 *
 * @param templates of every view, each of length 1
 * @param crops their faces as pixels
 * @param boxes their faces in the frames' pixels
 */
public record Traces(List<float[]> templates, List<PixelCrop> crops, List<BoxPx> boxes) {

  /** None yet. */
  static Traces none() {
    return new Traces(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  /** Of people's entries on a list. */
  public static Traces of(List<WatchlistEntry> entries) {
    Traces traces = none();
    for (WatchlistEntry entry : entries) {
      entry.templates().forEach(traces::add);
      for (BufferedImage portrait : PictureSearch.in(entry.portrait().bytes())) {
        traces.crops.add(PixelCrop.of(portrait));
      }
    }
    return traces;
  }

  void add(Template template) {
    float[] unit = new float[template.dimension()];
    template.copyTo(unit, 0);
    templates.add(unit);
  }

  /** Both together. */
  public Traces and(Traces others) {
    Traces all = none();
    for (Traces each : List.of(this, others)) {
      all.templates.addAll(each.templates);
      all.crops.addAll(each.crops);
      all.boxes.addAll(each.boxes);
    }
    return all;
  }

  /** The same but for the faces as pixels. */
  public Traces withCropsOf(Traces others) {
    return new Traces(templates, others.crops, boxes);
  }
}
