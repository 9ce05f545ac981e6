package org.sightline.edge.cli.lab;

import picocli.CommandLine.Command;

/** Measuring on pictures whose truth is known. */
@Command(
    name = "evaluate",
    description = "Measures a model pack on pictures of which the truth is known.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      EvaluateVerifyCommand.class,
      EvaluateIdentifyCommand.class,
      EvaluateConditionsCommand.class,
      EvaluateAttacksCommand.class
    })
final class EvaluateCommand {}
