package org.sightline.edge.publish.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;

class PromptSocketsTest {
  @Test
  void aPacketInPiecesIsNotHeldBackUntilItsFirstIsAcknowledged() throws Exception {
    try (Socket socket = PromptSockets.plain().createSocket()) {
      assertThat(socket.getTcpNoDelay()).isTrue();
    }
  }

  @Test
  void norIsOneOverTls() throws Exception {
    try (Socket socket =
        PromptSockets.over(SSLContext.getDefault().getSocketFactory()).createSocket()) {
      assertThat(socket.getTcpNoDelay()).isTrue();
    }
  }
}
