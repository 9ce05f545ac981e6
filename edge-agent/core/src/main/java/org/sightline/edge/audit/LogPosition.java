package org.sightline.edge.audit;

/** How far a log has come. */
public record LogPosition(LogInstance instance, AuditHead head) {}
