package org.sightline.edge.app;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.authorisation.Authorisation;
import org.sightline.edge.authorisation.AuthorisationStatus;
import org.sightline.edge.authorisation.Refusal;
import org.sightline.edge.crypto.DocumentFile;
import org.sightline.edge.crypto.Sha256;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.domain.SystemWords;

/**
 * What was brought for a deployment in a folder, such as that of a stick: an authorisation that
 * stands for this box, and the list that it names. They are known by what they are, and not by
 * their names.
 *
 * @param file the authorisation
 * @param bundle the list, whose digest is the authorised one
 */
public record Delivery(Path file, Authorisation authorisation, Path bundle) {
  /** Nobody brings more; a folder of something else is not searched for long. */
  private static final int MOST_FILES = 1000;

  /** An authorisation that stands for this box. */
  private record Found(Path file, Authorisation authorisation) {}

  /**
   * Looks in a folder, and in none below it.
   *
   * @throws SightlineException if there is not one authorisation for this box, or not its list
   */
  public static Delivery in(Path folder, Device box) throws SightlineException {
    List<Path> files = files(folder);
    Found found = authorisation(folder, files, box);
    for (Path file : files) {
      if (isAuthorised(file, found.authorisation())) {
        return new Delivery(found.file(), found.authorisation(), file);
      }
    }
    throw new SightlineException(
        ErrorKind.UNUSABLE_INPUT,
        "the list of deployment %s is not there: digest %s"
            .formatted(
                found.authorisation().deployment(),
                found.authorisation().list().digest().shortForm()),
        folder.toString(),
        "bring the bundle that was authorised by " + found.file().getFileName());
  }

  private static Found authorisation(Path folder, List<Path> files, Device box)
      throws SightlineException {
    List<Found> found = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (Path file : files) {
      if (!file.toString().endsWith(".json")) {
        continue;
      }
      AuthorisationStatus status = box.deployments().permission(file, box.pack());
      Optional<Authorisation> authorised = status.authorised();
      if (authorised.isPresent()) {
        found.add(new Found(file, authorised.get()));
      } else if (status instanceof AuthorisationStatus.Refused no
          && !(no.refusal() instanceof Refusal.Malformed)) {
        refused.add(file.getFileName() + ": " + no.refusal().line());
      }
    }
    if (found.size() == 1) {
      return found.get(0);
    }
    if (found.isEmpty()) {
      throw new SightlineException(
          refused.isEmpty() ? ErrorKind.UNUSABLE_INPUT : ErrorKind.REFUSED,
          "no authorisation for this box lies there"
              + (refused.isEmpty() ? "" : "; " + String.join("; ", refused)),
          folder.toString(),
          "bring the signed authorisation, a file that ends with .json");
    }
    throw new SightlineException(
        ErrorKind.UNUSABLE_INPUT,
        "more than one authorisation for this box lies there: "
            + String.join(
                ", ", found.stream().map(each -> each.file().getFileName().toString()).toList()),
        folder.toString(),
        "leave the one that is meant");
  }

  private static List<Path> files(Path folder) throws SightlineException {
    List<Path> files = new ArrayList<>();
    try (DirectoryStream<Path> children = Files.newDirectoryStream(folder)) {
      for (Path child : children) {
        if (Files.isRegularFile(child, LinkOption.NOFOLLOW_LINKS)) {
          files.add(child);
        }
        if (files.size() > MOST_FILES) {
          throw unreadable(folder, "it holds more than " + MOST_FILES + " files", null);
        }
      }
    } catch (IOException e) {
      throw unreadable(folder, SystemWords.of(e), e);
    } catch (DirectoryIteratorException e) {
      throw unreadable(folder, SystemWords.of(Objects.requireNonNull(e.getCause())), e.getCause());
    }
    files.sort(null);
    return files;
  }

  private static SightlineException unreadable(
      Path folder, String why, @Nullable IOException cause) {
    return new SightlineException(
        ErrorKind.UNUSABLE_INPUT,
        "the folder cannot be searched",
        folder.toString(),
        why + "; name the folder in which authorisation and list lie",
        cause);
  }

  private static boolean isAuthorised(Path file, Authorisation authorisation)
      throws SightlineException {
    try {
      return Sha256.ofFile(file).equals(authorisation.list().digest());
    } catch (IOException e) {
      throw new SightlineException(
          ErrorKind.UNUSABLE_INPUT,
          "a file cannot be read",
          file.toString(),
          SystemWords.of(e) + "; try another stick or copy the files again",
          e);
    }
  }

  /** Puts the authorisation where the settings name it, whole or not at all. */
  public void place(Path authorised) throws SightlineException {
    DocumentFile.replaceSecret(authorised, DocumentFile.read(file));
  }
}
