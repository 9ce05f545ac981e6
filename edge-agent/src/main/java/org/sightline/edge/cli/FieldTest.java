package org.sightline.edge.cli;

import picocli.CommandLine.Command;

/** The {@code fieldtest} commands. */
@Command(
    name = "fieldtest",
    description = "Replay scenarios through the real pipeline, and generate scenes to replay.",
    subcommands = {FieldTestGenerate.class})
final class FieldTest {}
