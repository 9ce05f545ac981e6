/**
 * SQLite: connection, migrations, transactions; the only user of java.sql.
 *
 * <p>May import: domain.
 */
@NullMarked
package org.sightline.edge.store;

import org.jspecify.annotations.NullMarked;
