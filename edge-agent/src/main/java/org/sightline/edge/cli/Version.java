package org.sightline.edge.cli;

import picocli.CommandLine.IVersionProvider;

/** The version written into the jar's manifest. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    return new String[] {"sightline " + current()};
  }

  static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
