package org.sightline.edge.domain;

import java.time.Instant;
import java.util.UUID;

/**
 * An alert that is still kept, published or not: as much of it as can be known without its content.
 *
 * @param id as receivers know it
 * @param expires when it is deleted, with all that is known of it
 * @param twoOfficers whether the policy of its category asks for two officers
 */
public record KnownAlert(UUID id, DeploymentId deployment, Instant expires, boolean twoOfficers) {}
