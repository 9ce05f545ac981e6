package org.sightline.edge.cli;

import org.sightline.edge.audit.Actor;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Who is at the keyboard, for the audit log. */
final class OfficerOption {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(
      names = "--by",
      required = true,
      paramLabel = "REF",
      description = "Your number, not your name; it stands in the audit log.")
  private String reference;

  Actor actor() {
    try {
      return Actor.officer(reference);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()));
    }
  }
}
