/** Commands of the van. */
@NullMarked
package org.sightline.edge.cli.van;

import org.jspecify.annotations.NullMarked;
