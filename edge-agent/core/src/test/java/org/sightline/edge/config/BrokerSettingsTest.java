package org.sightline.edge.config;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class BrokerSettingsTest {
  @Test
  void aHostWithAnUnderscoreIsRefusedByItsCause() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BrokerSettings.address("mqtt://mqtt_broker:1883"))
        .withMessageContaining("underscore");
  }

  @Test
  void anAddressWithMoreThanHostAndPortIsRefusedAsSuch() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> BrokerSettings.address("mqtt://a_user@broker:1883"))
        .withMessageContaining("without user");
  }
}
