package org.sightline.edge.cli.van;

import picocli.CommandLine.Command;

/** The {@code camera} commands. */
@Command(
    name = "camera",
    description = "Set up cameras.",
    subcommands = {CameraProbeCommand.class, CameraAimCommand.class})
final class CameraCommand {}
