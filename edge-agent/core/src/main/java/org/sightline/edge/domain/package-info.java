/**
 * The words of the field as records and sealed types. Uses the JDK alone and imports no other
 * package of the agent; every other package may import it.
 */
@NullMarked
package org.sightline.edge.domain;

import org.jspecify.annotations.NullMarked;
