/**
 * Model packs: manifest, repository, installation, conversion. Preprocessing is data in the
 * manifest.
 *
 * <p>May import: domain, config, crypto, concurrent.
 */
@NullMarked
package org.sightline.edge.models;

import org.jspecify.annotations.NullMarked;
