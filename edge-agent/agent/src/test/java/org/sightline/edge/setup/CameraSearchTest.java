package org.sightline.edge.setup;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.sightline.edge.concurrent.Threads;
import org.sightline.edge.setup.CameraSearch.Found;

/** Cameras answer a probe on a real socket. */
class CameraSearchTest {
  private static final String ANSWER =
      """
      <?xml version="1.0"?><SOAP-ENV:Envelope xmlns:SOAP-ENV="http://www.w3.org/2003/05/soap-envelope"
        xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"><SOAP-ENV:Body><d:ProbeMatches>
        <d:ProbeMatch><d:Types>dn:NetworkVideoTransmitter</d:Types>
        <d:Scopes>onvif://www.onvif.org/type/video_encoder
          onvif://www.onvif.org/name/%s</d:Scopes>
        <d:XAddrs>%s</d:XAddrs></d:ProbeMatch></d:ProbeMatches></SOAP-ENV:Body></SOAP-ENV:Envelope>
      """;

  private static String camera(String name, String addresses) {
    return ANSWER.formatted(name, addresses);
  }

  /** What is found where these answer. */
  private static List<Found> found(String... answers) throws IOException {
    try (DatagramSocket cameras = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      Threads.daemon("cameras", () -> answer(cameras, answers)).start();
      return CameraSearch.at(
          (InetSocketAddress) cameras.getLocalSocketAddress(), Duration.ofMillis(400));
    }
  }

  private static void answer(DatagramSocket cameras, String... answers) {
    DatagramPacket probe = new DatagramPacket(new byte[4096], 4096);
    try {
      cameras.receive(probe);
      String asked = new String(probe.getData(), 0, probe.getLength(), StandardCharsets.UTF_8);
      if (asked.contains("discovery/Probe") && asked.contains("NetworkVideoTransmitter")) {
        for (String each : answers) {
          byte[] bytes = each.getBytes(StandardCharsets.UTF_8);
          cameras.send(new DatagramPacket(bytes, bytes.length, probe.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void camerasThatAnswerAreNamedByAddressEachOnce() throws Exception {
    String mast = camera("Mast%201", "http://10.0.0.21/onvif/device_service");

    assertThat(found(camera("Roof", "https://10.0.0.22:8443/onvif/device_service"), mast, mast))
        .containsExactly(new Found("10.0.0.21", "Mast 1"), new Found("10.0.0.22", "Roof"));
  }

  @Test
  void whatIsNoAnswerOfACameraHidesNoOther() throws Exception {
    assertThat(
            found(
                "no XML",
                "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><x><XAddrs>http://&e;/</XAddrs></x>",
                camera("x", "file:///etc/passwd"),
                camera("Roof", "http://10.0.0.22/onvif/device_service")))
        .containsExactly(new Found("10.0.0.22", "Roof"));
  }

  @Test
  void aNameMovesNoCursor() throws Exception {
    assertThat(found(camera("%1B[2JMast%0A", "http://10.0.0.21/")))
        .containsExactly(new Found("10.0.0.21", "2JMast"));
  }

  @Test
  void whereNothingAnswersNothingIsFound() throws Exception {
    assertThat(found()).isEmpty();
  }
}
