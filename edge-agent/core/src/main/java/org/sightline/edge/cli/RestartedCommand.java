package org.sightline.edge.cli;

/**
 * A command that a service manager starts again where trying again makes sense: it ends with {@link
 * Sightline#EXIT_PASSING} then.
 */
public interface RestartedCommand {}
