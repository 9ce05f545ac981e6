/**
 * Deletion on schedule, with receipts. What is to be deleted is handed in; that it is gone from the
 * disk, logged and receipted, is ensured here.
 *
 * <p>May import: store, audit, concurrent.
 */
@NullMarked
package org.sightline.edge.retention;

import org.jspecify.annotations.NullMarked;
