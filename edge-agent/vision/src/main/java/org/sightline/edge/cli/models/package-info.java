/** Commands about model packs and thresholds. */
@NullMarked
package org.sightline.edge.cli.models;

import org.jspecify.annotations.NullMarked;
