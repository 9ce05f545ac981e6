package org.sightline.edge.pipeline;

import org.sightline.edge.alert.AlertSettings;
import org.sightline.edge.domain.Portraits;
import org.sightline.edge.match.Gallery;

/**
 * Who is looked for, and how.
 *
 * @param engine and gallery stay the caller's to close, after the pipeline
 * @param portraits of the gallery's subjects, asked for one when an alert is raised
 * @param alerts when one is raised
 */
public record Recognition(
    Engine engine, Gallery gallery, Portraits portraits, AlertSettings alerts) {}
