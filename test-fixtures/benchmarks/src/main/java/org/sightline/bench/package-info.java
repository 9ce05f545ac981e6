/**
 * Benchmarks: the agent beside what would be built in its place, beside its lower bounds, and as
 * the load grows. Not shipped; may import everything.
 *
 * <p>JMH benchmarks of single steps lie in the packages of what they measure.
 */
@NullMarked
package org.sightline.bench;

import org.jspecify.annotations.NullMarked;
