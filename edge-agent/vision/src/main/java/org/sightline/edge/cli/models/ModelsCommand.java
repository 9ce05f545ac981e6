package org.sightline.edge.cli.models;

import picocli.CommandLine.Command;

/** The commands about model packs. */
@Command(
    name = "models",
    description = "List, install and verify model packs: the networks that find and compare faces.",
    subcommands = {ModelsListCommand.class, ModelsInstallCommand.class, ModelsVerifyCommand.class},
    footer = {
      "",
      "Example, without a network, from a USB stick:",
      "  sightline models install retail-0095 --from /media/usb"
    })
final class ModelsCommand {}
