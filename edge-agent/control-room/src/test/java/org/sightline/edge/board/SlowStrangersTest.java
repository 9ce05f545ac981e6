package org.sightline.edge.board;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sightline.edge.domain.VanId;

/** Connections of people who are not logged in, which send next to nothing and stay. */
@Execution(ExecutionMode.CONCURRENT)
class SlowStrangersTest {
  private static final int MANY = 520;
  private static final Duration SOON = Duration.ofSeconds(60);

  @AutoClose private RunningBoard room;
  private final List<Socket> strangers = new ArrayList<>();

  @BeforeEach
  void start(@TempDir Path folder) throws Exception {
    room = RunningBoard.in(folder);
  }

  @AfterEach
  void leave() throws Exception {
    for (Socket stranger : strangers) {
      stranger.close();
    }
  }

  private Socket begins(String request) throws IOException {
    URI page = room.board().uri();
    Socket stranger = new Socket(page.getHost(), page.getPort());
    strangers.add(stranger);
    stranger.setSoTimeout(1);
    stranger.getOutputStream().write(request.getBytes(US_ASCII));
    return stranger;
  }

  private void manyBegin() throws IOException {
    for (int i = 0; i < MANY; i++) {
      begins("GET /login HTTP/1.1\r\nX: ");
    }
  }

  /** Sends one more byte on each, as long as there is anybody at the other end. */
  private void goOn() {
    for (Socket stranger : strangers) {
      try {
        stranger.getOutputStream().write('x');
      } catch (IOException e) {
        // It has been ended.
      }
    }
  }

  private static boolean isEnded(Socket stranger) {
    try {
      return stranger.getInputStream().read() < 0;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void theyChangeNothingForAnOfficerWhoIsLoggedIn() throws Exception {
    UUID alert = room.alert("S-1");
    Officer officer = room.officer();
    try (Events events = officer.watch()) {
      events.next("snapshot");

      manyBegin();

      assertThat(officer.get("/api/alerts/" + alert + "/probe").statusCode()).isEqualTo(200);
      assertThat(officer.judges(alert, "true").statusCode()).isEqualTo(200);
      assertThat(events.next("alert").required("state").stringValue()).isEqualTo("closed");
      room.status(new VanId("van-9"), "{\"van\":\"van-9\",\"state\":\"online\",\"queued\":1}");
      assertThat(events.next("van").required("van").stringValue()).isEqualTo("van-9");
    }
  }

  @Test
  void anotherOfficerLogsIn() throws Exception {
    manyBegin();

    assertThat(room.officer().get("/api/session").statusCode()).isEqualTo(200);
  }

  @Test
  void aHeadThatDoesNotComeToItsEndIsNotWaitedForHoweverSteadilyItGrows() throws Exception {
    Socket stranger = begins("GET /login HTTP/1.1\r\nX: ");

    await()
        .atMost(SOON)
        .until(
            () -> {
              goOn();
              return isEnded(stranger);
            });
  }

  @Test
  void aBodyThatDoesNotComeToItsEndIsNotWaitedFor() throws Exception {
    Socket stranger =
        begins(
            String.join(
                "\r\n",
                "POST /login HTTP/1.1",
                "Host: here",
                "Sec-Fetch-Site: same-origin",
                "Content-Type: application/x-www-form-urlencoded",
                "Content-Length: 4000",
                "",
                ""));

    await()
        .atMost(SOON)
        .until(
            () -> {
              goOn();
              return isEnded(stranger);
            });
  }
}
