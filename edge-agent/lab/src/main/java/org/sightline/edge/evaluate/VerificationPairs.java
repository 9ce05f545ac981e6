package org.sightline.edge.evaluate;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;

/**
 * A pairs file of the Labeled Faces in the Wild protocol and the pictures it names. The first line
 * says the number of folds (left out if 1) and the pairs of each kind per fold; then each fold
 * lists its mated pairs, {@code name i j}, and its non-mated pairs, {@code name i other j}, fields
 * separated by tabs or spaces. Picture i of a subject is {@code <images>/<name>/<name>_<iiii>.jpg}.
 */
public final class VerificationPairs {

  /** Two pictures, and whether they show one person. */
  record Pair(Path first, Path second, boolean mated) {}

  private final List<List<Pair>> folds;

  private VerificationPairs(List<List<Pair>> folds) {
    this.folds = folds;
  }

  List<List<Pair>> folds() {
    return folds;
  }

  /** Every picture that is named, once. */
  Set<Path> pictures() {
    Set<Path> pictures = new LinkedHashSet<>();
    folds.forEach(
        fold ->
            fold.forEach(
                pair -> {
                  pictures.add(pair.first());
                  pictures.add(pair.second());
                }));
    return pictures;
  }

  /**
   * Reads a pairs file.
   *
   * @throws SightlineException if it cannot be read, is not of this form, or names a picture that
   *     is not there
   */
  public static VerificationPairs read(Path file, Path images) throws SightlineException {
    List<String> lines;
    try {
      lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "the pairs file cannot be read",
          file.toString(),
          "give a text file",
          unreadable);
    }
    VerificationPairs pairs = new Parser(file, images, lines).parse();
    for (Path picture : pairs.pictures()) {
      if (!Files.isRegularFile(picture)) {
        throw new SightlineException(
            ErrorKind.UNUSABLE_INPUT,
            "a picture named in the pairs file is missing",
            picture.toString(),
            "check --images");
      }
    }
    return pairs;
  }

  private static final class Parser {
    private final Path file;
    private final Path images;
    private final List<String> lines;
    private int line;

    Parser(Path file, Path images, List<String> lines) {
      this.file = file;
      this.images = images;
      this.lines = lines;
    }

    VerificationPairs parse() throws SightlineException {
      String[] header = next();
      if (header.length > 2) {
        throw bad("the first line holds the number of folds and of pairs per fold", null);
      }
      int foldCount = header.length == 2 ? number(header[0]) : 1;
      int pairsPerKind = number(header[header.length - 1]);
      List<List<Pair>> folds = new ArrayList<>();
      for (int fold = 0; fold < foldCount; fold++) {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < pairsPerKind; i++) {
          String[] mated = next(3);
          pairs.add(new Pair(picture(mated[0], mated[1]), picture(mated[0], mated[2]), true));
        }
        for (int i = 0; i < pairsPerKind; i++) {
          String[] other = next(4);
          pairs.add(new Pair(picture(other[0], other[1]), picture(other[2], other[3]), false));
        }
        folds.add(pairs);
      }
      while (line < lines.size()) {
        if (!lines.get(line++).isBlank()) {
          throw bad("there are more pairs than the first line says", null);
        }
      }
      return new VerificationPairs(folds);
    }

    private String[] next(int fields) throws SightlineException {
      String[] found = next();
      if (found.length != fields) {
        throw bad(fields + " fields were expected", null);
      }
      return found;
    }

    private String[] next() throws SightlineException {
      if (line == lines.size()) {
        throw bad("there are fewer pairs than the first line says", null);
      }
      return lines.get(line++).strip().split("\\s+");
    }

    private int number(String text) throws SightlineException {
      try {
        int number = Integer.parseInt(text);
        if (number > 0) {
          return number;
        }
        throw bad("'" + text + "' is not positive", null);
      } catch (NumberFormatException notANumber) {
        throw bad("'" + text + "' is not a number", notANumber);
      }
    }

    private Path picture(String name, String index) throws SightlineException {
      if (name.contains("/") || name.equals("..")) {
        throw bad("a name is a folder's name", null);
      }
      String picture = String.format(Locale.ROOT, "%s_%04d.jpg", name, number(index));
      try {
        return images.resolve(name).resolve(picture);
      } catch (InvalidPathException noFileName) {
        throw bad("a name is a folder's name", noFileName);
      }
    }

    private SightlineException bad(String how, @Nullable Throwable cause) {
      return new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "not a pairs file: " + how,
          file + " line " + Math.max(1, line),
          "give a file in the form of LFW's pairs.txt",
          cause);
    }
  }
}
