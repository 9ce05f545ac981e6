/** What replaces the world around a van: a throw-away broker. May import nothing else here. */
@NullMarked
package org.sightline.testkit;

import org.jspecify.annotations.NullMarked;
