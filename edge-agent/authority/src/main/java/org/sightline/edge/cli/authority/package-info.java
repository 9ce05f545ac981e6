/** Commands of an authority's office. */
@NullMarked
package org.sightline.edge.cli.authority;

import org.jspecify.annotations.NullMarked;
