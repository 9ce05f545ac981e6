package org.sightline.edge.cli.authority;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.sightline.edge.enrol.ListRules;
import org.sightline.edge.enrol.Listing;
import org.sightline.edge.enrol.PictureList;
import org.sightline.edge.enrol.PictureListException;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where the pictures of a list are, and where it is said who they show. */
final class WatchlistSource {
  @Option(
      names = "--csv",
      required = true,
      paramLabel = "FILE",
      description =
          "List of pictures with why, until when and by what right each subject is listed.")
  private @Nullable Path csv;

  @ArgGroup(exclusive = false)
  private @Nullable Folder folder;

  /** A folder of pictures, and what holds of all of them. */
  private static final class Folder {
    @Option(
        names = "--folder",
        required = true,
        paramLabel = "DIR",
        description =
            "Folder with a folder for each subject, or with pictures; nobody in it is under 18.")
    private Path folder;

    @Option(
        names = "--category",
        required = true,
        paramLabel = "TEXT",
        description = "Why those in --folder are listed.")
    private String category;

    @Option(
        names = "--image-source",
        required = true,
        paramLabel = "TEXT",
        description = "Where the pictures in --folder come from.")
    private String imageSource;

    @Option(
        names = "--legal-basis",
        required = true,
        paramLabel = "TEXT",
        description = "By what right those in --folder are listed.")
    private String legalBasis;

    @Option(
        names = "--review",
        required = true,
        paramLabel = "DAY",
        description = "Day until which the listing of those in --folder has been reviewed.")
    private LocalDate review;

    Collection<PictureList.Subject> read(ListRules rules) throws PictureListException {
      return PictureList.ofFolder(
          folder, new Listing(category, review, legalBasis, false), imageSource, rules);
    }
  }

  /** Reads the list; all of its faults but the last line's are printed on standard error. */
  Collection<PictureList.Subject> read(ListRules rules, CommandLine command)
      throws PictureListException {
    try {
      if (csv != null) {
        return PictureList.ofCsv(csv, rules);
      }
      return folder == null ? List.of() : folder.read(rules);
    } catch (PictureListException faulty) {
      faulty.faults().forEach(command.getErr()::println);
      throw faulty;
    } catch (IllegalArgumentException text) {
      throw new ParameterException(command, String.valueOf(text.getMessage()));
    }
  }
}
