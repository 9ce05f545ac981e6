/**
 * Alerts for software of the control room that does not speak MQTT: each is posted as it came, and
 * signed.
 *
 * <p>May import: domain, crypto, store, publish, concurrent.
 */
@NullMarked
package org.sightline.edge.webhook;

import org.jspecify.annotations.NullMarked;
