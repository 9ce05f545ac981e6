/**
 * What a deployment needs, tested at once on the box.
 *
 * <p>May import: domain, config, crypto, concurrent, models, inference, detect, embed, match,
 * threshold, capture, deployment, authorisation, watchlist, store, publish, pipeline, app, setup,
 * web.
 */
@NullMarked
package org.sightline.edge.doctor;

import org.jspecify.annotations.NullMarked;
