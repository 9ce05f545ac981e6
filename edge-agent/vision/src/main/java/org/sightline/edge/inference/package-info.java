/**
 * Model packs: manifest, repository, installation. Preprocessing is data in the manifest.
 *
 * <p>May import: domain, config.
 */
@NullMarked
package org.sightline.edge.inference;

import org.jspecify.annotations.NullMarked;
