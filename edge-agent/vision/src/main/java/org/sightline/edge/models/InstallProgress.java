package org.sightline.edge.models;

/** Hears how far an installation has come; called by the installing thread alone. */
public interface InstallProgress {
  /** Hears and shows nothing. */
  InstallProgress SILENT =
      new InstallProgress() {
        @Override
        public void begins(String fileName, long sizeBytes) {}

        @Override
        public void reaches(long doneBytes) {}

        @Override
        public void ends() {}
      };

  /** A file is about to be downloaded. */
  void begins(String fileName, long sizeBytes);

  /**
   * More of the file is here.
   *
   * @param doneBytes so far, those of earlier tries included; may fall when a server starts over
   */
  void reaches(long doneBytes);

  /** The file is complete, or given up. */
  void ends();
}
