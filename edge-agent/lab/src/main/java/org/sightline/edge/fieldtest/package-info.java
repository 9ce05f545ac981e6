/**
 * Scenarios replayed through the real agent and scored; generated scenes with exact truth.
 *
 * <p>May import: everything but cli.
 */
@NullMarked
package org.sightline.edge.fieldtest;

import org.jspecify.annotations.NullMarked;
