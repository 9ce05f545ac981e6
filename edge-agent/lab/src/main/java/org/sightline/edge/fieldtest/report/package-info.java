/**
 * What came of field tests, for people and for build servers: a page and JUnit's XML.
 *
 * <p>May import: domain, statistics, plot, fieldtest.
 */
@NullMarked
package org.sightline.edge.fieldtest.report;

import org.jspecify.annotations.NullMarked;
