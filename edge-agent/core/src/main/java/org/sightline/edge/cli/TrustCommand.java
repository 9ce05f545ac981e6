package org.sightline.edge.cli;

import picocli.CommandLine.Command;

/** What concerns whose keys count. */
@Command(
    name = "trust",
    description = "Whose keys count on a van: named, replaced and revoked by signed statements.")
final class TrustCommand {}
