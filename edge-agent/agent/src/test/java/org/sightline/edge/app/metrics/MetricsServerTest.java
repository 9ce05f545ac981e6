package org.sightline.edge.app.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.domain.SightlineException;

class MetricsServerTest {
  private static final MetricsPage PAGE =
      new MetricsPage(List.of(SampleReading.CAMERA), () -> SampleReading.withAlarms(List.of()));

  private MetricsServer server;

  @BeforeEach
  void start() throws SightlineException {
    server = MetricsServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), PAGE);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String answer(String request) throws IOException {
    try (Socket socket = new Socket(server.address().getAddress(), server.address().getPort())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void theFiguresAreServedAsPrometheusReadsThem() throws Exception {
    assertThat(answer("GET /metrics HTTP/1.0\r\nHost: 127.0.0.1:9464\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .contains("text/plain; version=0.0.4", "sightline_alerts{outcome=\"true\"} 2.0");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /, localhost, 404",
    "GET, /metrics/x, localhost, 404",
    "POST, /metrics, localhost, 405",
    "GET, /metrics, evil.example, 403",
  })
  void nothingElseIsServed(String method, String path, String host, String code) throws Exception {
    String request = method + " " + path + " HTTP/1.0\r\nHost: " + host + "\r\n";

    assertThat(answer(request + "Content-Length: 0\r\n\r\n"))
        .startsWith("HTTP/1.1 " + code + " ")
        .doesNotContain("sightline");
  }

  @Test
  void anAddressThatIsTakenIsOneLineThatNamesTheKey() {
    assertThatThrownBy(() -> MetricsServer.start(server.address(), PAGE))
        .isInstanceOf(SightlineException.class)
        .hasMessageContaining("127.0.0.1:" + server.address().getPort())
        .hasMessageContaining("metrics.listen")
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.1:9464", "127.3.2.1:1", "[::1]:9464", "localhost:65535"})
  void anAddressOfThisMachineIsTaken(String text) {
    assertThat(MetricsAddress.parse(text).getAddress().isLoopbackAddress()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0:9464", "192.0.2.7:9464", "[::]:9464", "127.0.0.1", "127.0.0.1:0",
        "127.0.0.1:65536", "127.0.0.999:9464", "127.evil.example:80", "127.0.0.1:9464 ", ""
      })
  void anyOtherIsRefusedInOneLine(String text) {
    assertThatThrownBy(() -> MetricsAddress.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("\n");
  }
}
