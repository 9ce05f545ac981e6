package org.sightline.edge.domain;

/** The version written into the jar's manifest. */
public final class Version {
  private Version() {}

  /** The version, or {@code unpackaged} when run from class files. */
  public static String current() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "unpackaged" : version;
  }
}
