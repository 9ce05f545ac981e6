package org.sightline.edge.cli.lab;

import java.io.PrintWriter;
import org.sightline.edge.evaluate.Progress;

/** A line on standard error for every tenth of the pictures. */
final class PictureCount implements Progress {
  private static final int LINES = 10;

  private final PrintWriter err;

  PictureCount(PrintWriter err) {
    this.err = err;
  }

  @Override
  public void done(int pictures, int ofPictures) {
    if ((long) pictures * LINES / ofPictures != (pictures - 1L) * LINES / ofPictures) {
      err.println(pictures + " of " + ofPictures + " pictures");
    }
  }
}
