/**
 * FFmpeg behind the frame source; the only user of FFmpeg for capture.
 *
 * <p>May import: domain, config, crypto, capture, concurrent.
 */
@NullMarked
package org.sightline.edge.capture.ffmpeg;

import org.jspecify.annotations.NullMarked;
