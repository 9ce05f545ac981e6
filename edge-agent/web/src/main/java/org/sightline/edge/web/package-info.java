/**
 * A page served to people who log in: listening, TLS, the login, security headers, files and
 * streams of events; the only user of Jetty. What is on the page is its owner's.
 *
 * <p>May import: domain, crypto, store, audit.
 */
@NullMarked
package org.sightline.edge.web;

import org.jspecify.annotations.NullMarked;
