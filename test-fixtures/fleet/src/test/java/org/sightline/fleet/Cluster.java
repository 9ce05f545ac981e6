package org.sightline.fleet;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;

/** Two machines that stand for each other. Not thread-safe. */
final class Cluster implements AutoCloseable {
  final Machine east;
  final Machine west;

  private Cluster(Path folder) throws IOException {
    east = new Machine("east", folder);
    west = new Machine("west", folder);
  }

  /** Starts both; returns when each passes messages on and has a copy of the other. */
  static Cluster start(Path folder) throws Exception {
    Cluster cluster = new Cluster(folder);
    try {
      cluster.east.start(cluster.west);
      cluster.west.start(cluster.east);
      cluster.east.awaitReady();
      cluster.west.awaitReady();
      return cluster;
    } catch (Exception | Error e) {
      cluster.close();
      throw e;
    }
  }

  List<URI> eastFirst() {
    return List.of(east.uri(), west.uri());
  }

  List<URI> westFirst() {
    return List.of(west.uri(), east.uri());
  }

  @Override
  public void close() {
    east.close();
    west.close();
  }
}
