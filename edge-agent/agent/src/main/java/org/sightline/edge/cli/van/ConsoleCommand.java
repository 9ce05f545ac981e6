package org.sightline.edge.cli.van;

import picocli.CommandLine.Command;

/** The {@code console} commands. */
@Command(
    name = "console",
    description = "The page that a running agent serves to technicians; see docs/console.md.",
    subcommands = ConsoleUserCommand.class)
final class ConsoleCommand {}
