package org.sightline.edge.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CameraAddressTest {

  @ParameterizedTest
  @CsvSource({
    "rtsp://10.0.0.21, 10.0.0.21, 554, rtsp://10.0.0.21:554/",
    "RTSPS://cam.example/a, cam.example, 322, rtsps://cam.example:322/a",
    "rtsp://u:p@ss@cam:8554/a?b=c#d, cam, 8554, rtsp://cam:8554/a?b=c",
    "rtsp://cam?b=c, cam, 554, rtsp://cam:554?b=c",
    "'rtsp://[2001:db8::5]:1/x', 2001:db8::5, 1, 'rtsp://[2001:db8::5]:1/x'",
    "rtsp://cam/live?user=a&password=Ge@heim, cam, 554, rtsp://cam:554/live?user=a&password=Ge@heim"
  })
  void anAddressIsTakenApart(String source, String host, int port, String requestUri) {
    CameraAddress address = CameraAddress.of(source);
    assertThat(address.host()).isEqualTo(host);
    assertThat(address.port()).isEqualTo(port);
    assertThat(address.requestUri()).isEqualTo(requestUri);
  }

  @Test
  void aUserMayHaveAPassword() {
    CameraAddress address = CameraAddress.of("rtsp://adm:a:b@cam/");
    assertThat(address.user()).isEqualTo("adm");
    assertThat(address.password()).isEqualTo("a:b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "65536", "99999", "99999999999999999999"})
  void aPortOutOfRangeIsRefused(String port) {
    for (String scheme : new String[] {"rtsp", "rtsps"}) {
      assertThatThrownBy(() -> CameraAddress.of(scheme + "://cam:" + port + "/x"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("a port lies between 1 and 65535");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rtsp:/cam/x",
        "rtsp://",
        "rtsp:///x",
        "rtsp://cam:x/",
        "rtsp://u:sec/ret@cam/x",
        "rtsp://u:12/ret@cam/x",
        "rtsp://u:sec?ret@cam/x",
        "rtsp://cam/a\r\nX: y",
        "rtsp://cam/a b"
      })
  void whatCouldBeUnderstoodInTwoWaysIsRefusedWithoutBeingRepeated(String source) {
    assertThatThrownBy(() -> CameraAddress.of(source))
        .isInstanceOf(IllegalArgumentException.class)
        .message()
        .startsWith("write rtsp://")
        .doesNotContain("ret");
  }
}
