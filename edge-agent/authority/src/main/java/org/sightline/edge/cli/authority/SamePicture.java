package org.sightline.edge.cli.authority;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.enrol.PictureList;

/** One picture, byte by byte, under two subjects. */
record SamePicture(String a, String picture, String b, String otherPicture) {

  private record Shown(SubjectRef subject, Path file) {}

  /**
   * Each picture that an earlier one of another subject is the same as.
   *
   * @param refused pictures that list nobody
   */
  static List<SamePicture> in(
      Collection<PictureList.Subject> list, Set<PictureList.ListedPicture> refused) {
    Map<Long, List<Shown>> bySize = new LinkedHashMap<>();
    for (PictureList.Subject subject : list) {
      for (PictureList.ListedPicture picture : subject.pictures()) {
        if (refused.contains(picture)) {
          continue;
        }
        try {
          bySize
              .computeIfAbsent(Files.size(picture.file()), none -> new ArrayList<>())
              .add(new Shown(subject.subject(), picture.file()));
        } catch (IOException unreadable) {
          // It was readable when it was enrolled: a picture that was removed does not list it
          // twice.
        }
      }
    }
    List<SamePicture> same = new ArrayList<>();
    bySize.values().forEach(pictures -> addSame(pictures, same));
    return same;
  }

  private static void addSame(List<Shown> ofOneSize, List<SamePicture> same) {
    if (ofOneSize.size() < 2) {
      return;
    }
    Map<Sha256, Shown> firsts = new HashMap<>();
    for (Shown shown : ofOneSize) {
      try {
        Shown first = firsts.putIfAbsent(Sha256.ofFile(shown.file()), shown);
        if (first != null && !first.subject().equals(shown.subject())) {
          same.add(
              new SamePicture(
                  first.subject().value(),
                  first.file().toString(),
                  shown.subject().value(),
                  shown.file().toString()));
        }
      } catch (IOException unreadable) {
        // As above.
      }
    }
  }
}
