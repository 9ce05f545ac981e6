/** Commands of the laboratory. */
@NullMarked
package org.sightline.edge.cli.lab;

import org.jspecify.annotations.NullMarked;
