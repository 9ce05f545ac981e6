package org.sightline.edge.fieldtest.generate;

import java.nio.file.Path;
import java.util.List;

/** The people of a field test. */
interface People {
  /** Where their heads come from. */
  Cast cast();

  /**
   * The walks of a part, walked by the person who plays it.
   *
   * @param part an index among the parts that are to be played
   */
  List<Walk> walks(int part);

  /**
   * Writes the pictures to enrol of somebody who is listed.
   *
   * @param part an index among the parts
   * @return the files, relative to the folder
   */
  List<String> enrol(int part, Path folder) throws GenerationException;

  /**
   * Writes what else there is of people: pictures of those who are listed and do not walk by, into
   * {@code fillers/}.
   */
  void others(Path folder) throws GenerationException;
}
