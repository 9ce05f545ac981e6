/**
 * MQTT 5 on either side, of a van and of a control room; the only user of Paho.
 *
 * <p>May import: domain, config, crypto, audit, publish, concurrent.
 */
@NullMarked
package org.sightline.edge.publish.mqtt;

import org.jspecify.annotations.NullMarked;
