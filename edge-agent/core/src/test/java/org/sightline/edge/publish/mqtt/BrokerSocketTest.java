package org.sightline.edge.publish.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BrokerSocketTest {
  private static final InboundPackets.Watch UNUSED =
      new InboundPackets.Watch() {
        @Override
        public void refused(Refusal refusal) {}

        @Override
        public void tooLong(InboundPackets.PacketTooLongException end) {}
      };

  @Test
  void aPacketInPiecesIsNotHeldBackUntilItsFirstIsAcknowledged() throws Exception {
    try (Socket socket =
        BrokerSocket.factory(null, new BrokerAddress(false, "localhost", 1883), 1000, UNUSED)
            .createSocket()) {
      assertThat(socket.getTcpNoDelay()).isTrue();
    }
  }

  @ParameterizedTest
  @CsvSource({
    "mqtts://[::1]:18902, ::1",
    "mqtts://broker.example.:8883, broker.example",
    "mqtts://broker.example:8883, broker.example",
    "mqtts://192.0.2.7, 192.0.2.7"
  })
  void theHostIsCheckedAsCertificatesNameIt(URI uri, String name) throws Exception {
    assertThat(BrokerAddress.of(uri).tlsName()).isEqualTo(name);
  }
}
