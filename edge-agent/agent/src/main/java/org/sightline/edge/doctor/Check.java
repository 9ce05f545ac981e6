package org.sightline.edge.doctor;

import java.util.List;

/**
 * One test of a box.
 *
 * @param subject what is tested, as the findings name it
 */
record Check(String subject, Test test) {

  /** What it does; runs beside the others, on a thread of its own. */
  interface Test {
    /**
     * Measures.
     *
     * @return at least one finding
     * @throws Exception whose line is the finding
     */
    List<Finding> findings() throws Exception;
  }
}
