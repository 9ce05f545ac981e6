package org.sightline.edge.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The coded pictures of an H.264 stream, in order of decoding.
 *
 * @param parameterSets SPS and PPS, which the description of a stream may hold
 * @param pictures each a list of NAL units without start codes
 */
public record H264Pictures(List<byte[]> parameterSets, List<List<byte[]>> pictures) {
  private static final int IDR = 5;
  private static final int SPS = 7;
  private static final int PPS = 8;

  /** Of a file in the byte stream format of Annex B. */
  public static H264Pictures read(Path annexB) throws Exception {
    List<byte[]> sets = new ArrayList<>();
    List<List<byte[]>> pictures = new ArrayList<>();
    List<byte[]> next = new ArrayList<>();
    for (byte[] unit : units(Files.readAllBytes(annexB))) {
      int kind = kind(unit);
      next.add(unit);
      if ((kind == SPS || kind == PPS) && sets.stream().noneMatch(set -> kind(set) == kind)) {
        sets.add(unit);
      }
      // The clips of the tests have one slice for a picture.
      if (kind == 1 || kind == IDR) {
        pictures.add(next);
        next = new ArrayList<>();
      }
    }
    return new H264Pictures(sets, pictures);
  }

  private static List<byte[]> units(byte[] stream) {
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i + 3 < stream.length; i++) {
      if (stream[i] == 0 && stream[i + 1] == 0 && stream[i + 2] == 1) {
        starts.add(i + 3);
      }
    }
    List<byte[]> units = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      int end = i + 1 < starts.size() ? starts.get(i + 1) - 3 : stream.length;
      while (end > starts.get(i) && i + 1 < starts.size() && stream[end - 1] == 0) {
        end--;
      }
      units.add(java.util.Arrays.copyOfRange(stream, starts.get(i), end));
    }
    return units;
  }

  static int kind(byte[] unit) {
    return unit[0] & 31;
  }

  /** Whether a decoder can begin with that picture. */
  public boolean isKey(int number) {
    return pictures.get(number).stream().anyMatch(unit -> kind(unit) == IDR);
  }
}
