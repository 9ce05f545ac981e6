/** What commands about a page behind a login share. */
@NullMarked
package org.sightline.edge.cli.page;

import org.jspecify.annotations.NullMarked;
