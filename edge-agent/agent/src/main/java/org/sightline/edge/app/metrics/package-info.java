/**
 * Figures of the running agent for software that watches boxes, on loopback alone: numbers, ids of
 * cameras, and words of the program.
 */
@NullMarked
package org.sightline.edge.app.metrics;

import org.jspecify.annotations.NullMarked;
