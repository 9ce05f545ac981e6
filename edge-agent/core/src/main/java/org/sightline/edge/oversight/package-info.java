/**
 * Signed records of many devices: merged to one of a deployment, and compared over deployments.
 * Computed from what devices have signed alone, so that anybody can compute it again. Pure, but for
 * the reading of files.
 *
 * <p>May import: domain, statistics, crypto, audit, html.
 */
@NullMarked
package org.sightline.edge.oversight;

import org.jspecify.annotations.NullMarked;
