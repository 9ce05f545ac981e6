package org.sightline.edge.cli;

import picocli.CommandLine.Command;

/** What concerns one deployment. */
@Command(
    name = "deployment",
    description = "The authorisation of a deployment, its course and its record.")
final class DeploymentCommand {}
