/**
 * Wires the stages from frame to alert; owns threads, queues and drop counters.
 *
 * <p>May import: domain, config, capture, lens, inference, models, detect, embed,
 * presentationattack, imaging, track, shot, match, alert, record, health, concurrent.
 */
@NullMarked
package org.sightline.edge.pipeline;

import org.jspecify.annotations.NullMarked;
