package org.sightline.edge.deployment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** Looks for bytes in every file of a folder. */
final class Leftovers {
  private Leftovers() {}

  /** One line for each file that holds one of the secrets. */
  static List<String> in(Path folder, Collection<byte[]> secrets) throws IOException {
    List<String> found = new ArrayList<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] content = Files.readAllBytes(file);
        int number = 0;
        for (byte[] secret : secrets) {
          if (contains(content, secret)) {
            found.add("secret " + number + " in " + file.getFileName());
          }
          number++;
        }
      }
    }
    return found;
  }

  private static boolean contains(byte[] content, byte[] secret) {
    for (int at = 0; at + secret.length <= content.length; at++) {
      int i = 0;
      while (i < secret.length && content[at + i] == secret[i]) {
        i++;
      }
      if (i == secret.length) {
        return true;
      }
    }
    return false;
  }
}
