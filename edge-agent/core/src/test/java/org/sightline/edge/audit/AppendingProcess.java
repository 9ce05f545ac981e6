package org.sightline.edge.audit;

import java.nio.file.Path;
import org.sightline.edge.store.Database;

/** A process that appends to the log of a data folder. */
public final class AppendingProcess {
  private AppendingProcess() {}

  /** Arguments: data folder, number of records. */
  public static void main(String[] args) throws Exception {
    try (Database database = Database.open(Path.of(args[0]))) {
      SampleLog.append(database, 1);
      System.out.println("appending");
      SampleLog.append(database, Integer.parseInt(args[1]) - 1);
    }
  }
}
