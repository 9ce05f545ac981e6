package org.sightline.edge.cli;

import picocli.CommandLine.Command;

/** What concerns the list of those who are looked for. */
@Command(
    name = "watchlist",
    description = "The signed, encrypted list of those who are looked for.")
final class WatchlistCommand {}
