package org.sightline.edge.cli;

import org.sightline.edge.audit.Actor;
import picocli.CommandLine.Option;

/** Who is at the keyboard, for the audit log. */
public final class OfficerOption {
  @Option(
      names = "--by",
      required = true,
      paramLabel = "REF",
      converter = OfficerReference.class,
      description = "Your number, not your name; it is recorded in the audit log.")
  private Actor officer;

  /** Who it is. */
  public Actor actor() {
    return officer;
  }
}
