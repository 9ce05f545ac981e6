/**
 * Who may look: officers with their passwords, sessions, and the slowing down of guesses.
 *
 * <p>May import: domain, crypto, store, audit.
 */
@NullMarked
package org.sightline.edge.web.login;

import org.jspecify.annotations.NullMarked;
