/**
 * Frames from files, RTSP(S) and V4L2.
 *
 * <p>May import: domain, config.
 */
@NullMarked
package org.sightline.edge.capture;

import org.jspecify.annotations.NullMarked;
