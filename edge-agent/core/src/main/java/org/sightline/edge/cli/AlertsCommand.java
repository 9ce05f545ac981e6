package org.sightline.edge.cli;

import picocli.CommandLine.Command;

/** Commands about alerts. */
@Command(
    name = "alerts",
    description = "Alerts as a control room receives them, and their outcomes.")
final class AlertsCommand {}
