package org.sightline.edge.deployment;

import java.time.Instant;
import org.sightline.edge.domain.PauseReason;

/**
 * An interruption of capture, until an officer resumes it or the deployment is over.
 *
 * @param number in the data file
 * @param by in the audit log's form
 * @param effective whether an agent has said that it has no camera open and no list in memory
 */
public record Pause(long number, Instant since, PauseReason reason, String by, boolean effective) {}
