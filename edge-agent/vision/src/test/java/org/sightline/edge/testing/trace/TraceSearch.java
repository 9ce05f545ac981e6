package org.sightline.edge.testing.trace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.sightline.edge.domain.BoxPx;
import org.sightline.edge.testing.trace.NumberRuns.Form;

/**
 * Looks for what belongs to people in whatever a program wrote or sent: their templates as numbers
 * of any kind, binary or decimal; their faces as pixels or as coded pictures; where their faces
 * were in the frames. All of it plainly or as Base64 or hexadecimal digits. What is compressed or
 * encrypted is not found.
 */
public final class TraceSearch {
  /** Of a whole template; two views of one person are about so near. */
  private static final double SAME_FACE = 0.8;

  /** Part of a template that is enough to be found, wherever in it. */
  private static final int PART = 32;

  private static final double SAME_PART = 0.95;

  /** Values of a template that are enough if they are given precisely. */
  private static final int FEW = 3;

  /** Half a unit of the fourth digit of a number that begins with 1. */
  private static final float FOUR_DIGITS = 6e-4f;

  /** Whoever writes a number this small may round it to anything. */
  private static final float SMALLEST_PRECISE = 1e-3f;

  /** A box given with one decimal place is so near. */
  private static final float ONE_DECIMAL_PX = 0.06f;

  private final List<Directions> directions = new ArrayList<>();
  private final Sequences fewValues;
  private final Sequences boxes;
  private final PixelRows rows;
  private final Likenesses likenesses;

  /** A search for all of that. */
  public TraceSearch(Traces traces) {
    List<float[]> templates = traces.templates();
    if (!templates.isEmpty()) {
      int dimension = templates.get(0).length;
      directions.add(new Directions(templates, dimension, SAME_FACE));
      directions.add(new Directions(parts(templates, PART, PART), PART, SAME_PART));
    }
    fewValues =
        new Sequences(
            parts(templates, FEW, 1).stream().filter(TraceSearch::isPrecise).toList(),
            FOUR_DIGITS,
            (read, known) -> Math.abs(read - known) <= FOUR_DIGITS * Math.abs(known));
    boxes =
        new Sequences(
            traces.boxes().stream().flatMap(TraceSearch::inNumbers).toList(),
            1,
            (read, known) ->
                Math.abs(read - known) <= ONE_DECIMAL_PX
                    || read == Math.rint(known)
                    || read == Math.floor(known));
    rows = new PixelRows(traces.crops());
    likenesses = new Likenesses(traces.crops());
  }

  private static List<float[]> parts(List<float[]> templates, int length, int step) {
    List<float[]> parts = new ArrayList<>();
    for (float[] template : templates) {
      for (int from = 0; from + length <= template.length; from += step) {
        parts.add(Arrays.copyOfRange(template, from, from + length));
      }
    }
    return parts;
  }

  private static boolean isPrecise(float[] values) {
    for (float value : values) {
      if (Math.abs(value) < SMALLEST_PRECISE) {
        return false;
      }
    }
    return true;
  }

  private static Stream<float[]> inNumbers(BoxPx box) {
    return Stream.of(
        new float[] {box.x(), box.y(), box.width(), box.height()},
        new float[] {box.x(), box.y(), box.right(), box.bottom()});
  }

  /** What lies in the open in the files under a folder. */
  public List<Trace> under(Path folder) throws IOException {
    List<Trace> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        found.addAll(in(folder.relativize(file).toString(), Files.readAllBytes(file)));
      }
    }
    return found;
  }

  /** What lies in the open in one content. */
  public List<Trace> in(String where, byte[] content) {
    Set<Trace.Kind> kinds = EnumSet.noneOf(Trace.Kind.class);
    for (byte[] layer : Layers.of(content)) {
      NumberRuns.of(
          layer,
          (numbers, length, form) -> {
            if (directions.stream().anyMatch(each -> each.isIn(numbers, length))
                || (form.precise() && fewValues.isIn(numbers, length))) {
              kinds.add(Trace.Kind.TEMPLATE);
            }
            // Four bytes are too few to be sure of anything.
            if (form != Form.INT8 && boxes.isIn(numbers, length)) {
              kinds.add(Trace.Kind.BOX);
            }
          });
      if (rows.areIn(layer)) {
        kinds.add(Trace.Kind.PIXELS);
      }
      if (PictureSearch.in(layer).stream().anyMatch(likenesses::show)) {
        kinds.add(Trace.Kind.PICTURE);
      }
    }
    return kinds.stream().map(kind -> new Trace(kind, where)).toList();
  }
}
