/**
 * What a deployment needs, tested at once on the box; measures, and changes nothing.
 *
 * <p>May import: domain, config, crypto, concurrent, models, inference, detect, embed, match,
 * threshold, capture, deployment, authorisation, publish, pipeline, app.
 */
@NullMarked
package org.sightline.edge.doctor;

import org.jspecify.annotations.NullMarked;
