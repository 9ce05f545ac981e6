package org.sightline.edge.board;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sightline.edge.crypto.CryptoException;
import org.sightline.edge.domain.ErrorKind;
import org.sightline.edge.domain.SightlineException;
import org.sightline.edge.testing.TestCertificates;
import org.sightline.edge.web.ListenAddress;
import org.sightline.edge.web.ServerCertificate;

/** Where others than this machine could listen in, the page goes over TLS. */
class TlsTest {
  @TempDir static Path folder;
  private static RunningBoard room;
  private static TestCertificates.Issued issued;

  @BeforeAll
  static void start() throws Exception {
    room = RunningBoard.in(folder);
    room.stop();
    issued = TestCertificates.issue(folder, "localhost");
  }

  @AfterAll
  static void stop() throws Exception {
    room.close();
  }

  private static Board start(String host, @Nullable ServerCertificate tls)
      throws SightlineException {
    return Board.start(room.settings(new ListenAddress(host, 0), tls), room.clock);
  }

  private static Board startSecurely() throws SightlineException {
    return start("localhost", new ServerCertificate(issued.certificate(), issued.key()));
  }

  private static SSLContext trusting() throws Exception {
    return trusting(issued.authority());
  }

  /** Trusts what an authority issues. */
  static SSLContext trusting(Path authority) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream certificate = Files.newInputStream(authority)) {
      trusted.setCertificateEntry(
          "authority", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  @ParameterizedTest
  @ValueSource(strings = {"0.0.0.0", "::"})
  void withoutTlsNothingIsServedWhereOthersCanListenIn(String host) {
    assertThatExceptionOfType(SightlineException.class)
        .isThrownBy(() -> start(host, null))
        .withMessageContaining("others could listen in on this address")
        .withMessageContaining("tls");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost", "127.0.0.1", "127.3.2.1"})
  void onThisMachineItselfThePageIsServedWithoutTls(String host) throws Exception {
    try (Board board = start(host, null)) {
      assertThat(board.uri().getScheme()).isEqualTo("http");
    }
  }

  @Test
  void thePageIsServedOverTls() throws Exception {
    try (Board board = startSecurely()) {
      Officer officer =
          new Officer(board.uri().resolve("https://localhost:" + port(board)), trusting());
      officer.login(RunningBoard.FIRST, RunningBoard.PASSWORD);

      assertThat(officer.get("/api/session").statusCode()).isEqualTo(200);
    }
  }

  private static int port(Board board) {
    return board.uri().getPort();
  }

  @Test
  void overTlsTheCookieIsForThisHostAlone() throws Exception {
    try (Board board = startSecurely()) {
      Officer officer =
          new Officer(board.uri().resolve("https://localhost:" + port(board)), trusting());

      HttpResponse<?> answer = officer.login(RunningBoard.FIRST, RunningBoard.PASSWORD);

      assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
          .matches(
              "__Host-sightline-session=[A-Za-z0-9_-]{43}; Path=/; Secure; HttpOnly;"
                  + " SameSite=Strict");
    }
  }

  @Test
  void overTlsTheBrowserIsInstructedNeverToComeWithoutIt() throws Exception {
    try (Board board = startSecurely()) {
      Officer officer =
          new Officer(board.uri().resolve("https://localhost:" + port(board)), trusting());

      assertThat(officer.get("/login").headers().firstValue("Strict-Transport-Security"))
          .hasValue("max-age=63072000");
    }
  }

  @Test
  void anOldVersionOfTlsIsNotSpoken() throws Exception {
    try (Board board = startSecurely();
        SSLSocket socket =
            (SSLSocket) trusting().getSocketFactory().createSocket("localhost", port(board))) {
      socket.setEnabledProtocols(new String[] {"TLSv1.1"});

      assertThatExceptionOfType(SSLHandshakeException.class).isThrownBy(socket::startHandshake);
    }
  }

  @Test
  void aKeyOfAnotherCertificateIsRefusedAtTheStart() throws Exception {
    Path other = TestCertificates.issue(folder, "localhost").key();

    assertThatExceptionOfType(CryptoException.class)
        .isThrownBy(() -> start("localhost", new ServerCertificate(issued.certificate(), other)))
        .withMessageStartingWith("the key does not belong to the certificate");
  }

  @Test
  void anAddressThatIsTakenIsReportedInOneLine() throws Exception {
    try (Board board = start("127.0.0.1", null)) {
      ListenAddress taken = new ListenAddress("127.0.0.1", port(board));

      assertThatExceptionOfType(SightlineException.class)
          .isThrownBy(() -> Board.start(room.settings(taken, null), room.clock))
          .withMessageContaining("nothing can listen on this address: " + taken)
          .returns(ErrorKind.TEMPORARY, SightlineException::kind);
    }
  }
}
