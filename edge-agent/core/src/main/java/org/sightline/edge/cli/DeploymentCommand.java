package org.sightline.edge.cli;

import picocli.CommandLine.Command;

/** What concerns one deployment. */
@Command(
    name = "deployment",
    description = "The authority by which a van watches, and the record of what came of it.")
final class DeploymentCommand {}
