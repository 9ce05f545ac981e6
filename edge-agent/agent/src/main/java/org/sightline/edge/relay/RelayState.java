package org.sightline.edge.relay;

import org.jspecify.annotations.Nullable;
import org.sightline.edge.outbox.OutboxTally;

/**
 * How the relay stands.
 *
 * @param connected whether the broker answers
 * @param tally what waits, since when, and what has gone
 * @param trouble why alerts do not flow, in one line; null when they do
 */
public record RelayState(boolean connected, OutboxTally tally, @Nullable String trouble) {}
