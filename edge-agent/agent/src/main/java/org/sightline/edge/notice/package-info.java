/**
 * What the public reads of a deployment: the notice at the place, and what the box keeps. Pure.
 *
 * <p>May import: domain, authorisation, html.
 */
@NullMarked
package org.sightline.edge.notice;

import org.jspecify.annotations.NullMarked;
