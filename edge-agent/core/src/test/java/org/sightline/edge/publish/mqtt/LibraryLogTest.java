package org.sightline.edge.publish.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.URI;
import java.time.Duration;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.publish.PublishException;

class LibraryLogTest {
  @Test
  void whatTheLibraryTripsOverIsNotWrittenPastOurLog() throws Exception {
    BrokerAccess nobody = new BrokerAccess(BrokerSettings.plain(URI.create("mqtt://127.0.0.1:1")));

    assertThatExceptionOfType(PublishException.class)
        .isThrownBy(
            () ->
                MqttLink.open(
                    nobody,
                    MqttLink.Session.clean("alone"),
                    null,
                    Duration.ofSeconds(1),
                    (topic, message) -> {}));

    assertThat(
            Logger.getLogger("org.eclipse.paho.mqttv5.client.internal.CommsSender")
                .isLoggable(Level.SEVERE))
        .isFalse();
  }
}
