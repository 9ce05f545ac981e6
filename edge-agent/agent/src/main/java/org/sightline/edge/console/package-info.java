/**
 * The technician's page, which a running agent serves: how it stands, what doctor finds, previews
 * of the cameras with every face hidden, and opening, pausing and closing. It opens no camera, and
 * stores no picture.
 *
 * <p>May import: domain, config, crypto, store, concurrent, audit, capture, deployment, inference,
 * models, imaging, detect, shot, publish, pipeline, app, aim, doctor, web.
 */
@NullMarked
package org.sightline.edge.console;

import org.jspecify.annotations.NullMarked;
