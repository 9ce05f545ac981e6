package org.sightline.edge.board;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.domain.VanId;

/** A browser that takes nothing keeps nobody waiting. */
class SlowBrowserTest {
  /** With so many alarms, of 1.2 kB each: more than both ends of a connection hold, too. */
  private static final int MORE_THAN_IS_KEPT_FOR_IT = 4_000;

  private static final String ALARMS =
      IntStream.range(0, 32)
          .mapToObj("\"a-name-as-long-as-may-be-%07d\""::formatted)
          .collect(Collectors.joining(","));

  @TempDir Path folder;

  @Test
  void theOthersHearAllAndTheSlowOneIsCutOff() throws Exception {
    try (RunningBoard room = RunningBoard.in(folder);
        Events quick = room.officer().watch();
        Socket slow = openStream(room.board().uri(), room.officer())) {
      for (int i = 1; i <= MORE_THAN_IS_KEPT_FOR_IT; i++) {
        room.status(
            new VanId("van-7"),
            "{\"van\":\"van-7\",\"state\":\"online\",\"queued\":%d,\"alarms\":[%s]}"
                .formatted(i, ALARMS));
      }

      quick.next("van", van -> van.required("queued").intValue() == MORE_THAN_IS_KEPT_FOR_IT);

      assertThat(isCutOff(slow)).isTrue();
    }
  }

  /** A connection with a small window, of which nothing is read. */
  private static Socket openStream(URI page, Officer officer) throws IOException {
    Socket socket = new Socket();
    socket.setReceiveBufferSize(1024);
    socket.setSoTimeout(20_000);
    socket.connect(new InetSocketAddress(page.getHost(), page.getPort()));
    socket
        .getOutputStream()
        .write(
            ("GET /api/events HTTP/1.1\r\nHost: here\r\nCookie: " + officer.cookie() + "\r\n\r\n")
                .getBytes(US_ASCII));
    return socket;
  }

  /** Whether what it takes now ends before all was sent. */
  private static boolean isCutOff(Socket slow) {
    byte[] taken = new byte[1 << 16];
    StringBuilder all = new StringBuilder();
    try {
      for (int n = slow.getInputStream().read(taken); n >= 0; ) {
        all.append(new String(taken, 0, n, US_ASCII));
        n = slow.getInputStream().read(taken);
      }
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      // Cut off by a reset.
    }
    return !all.toString().contains("\"queued\":" + MORE_THAN_IS_KEPT_FOR_IT + ",");
  }
}
