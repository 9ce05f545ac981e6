package org.sightline.edge.cli.lab;

import picocli.CommandLine.Command;

/** The {@code fieldtest} commands. */
@Command(
    name = "fieldtest",
    description = "Replay scenarios through the real agent, and generate scenes to replay.",
    subcommands = {FieldTestRun.class, FieldTestGenerate.class})
final class FieldTestCommand {}
