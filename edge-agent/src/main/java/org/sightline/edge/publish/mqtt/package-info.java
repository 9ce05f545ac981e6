/**
 * MQTT 5 behind the relay; the only user of Paho.
 *
 * <p>May import: domain, config, crypto, outbox, store, publish.
 */
@NullMarked
package org.sightline.edge.publish.mqtt;

import org.jspecify.annotations.NullMarked;
