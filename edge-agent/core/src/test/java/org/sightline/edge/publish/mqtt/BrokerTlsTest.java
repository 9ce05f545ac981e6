package org.sightline.edge.publish.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.abort;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sightline.edge.config.BrokerSettings;
import org.sightline.edge.publish.Alerts;
import org.sightline.edge.publish.Inbound;
import org.sightline.edge.publish.PublishException;
import org.sightline.edge.testing.Mosquitto;
import org.sightline.edge.testing.TestCertificates;
import org.sightline.edge.testing.TestCertificates.Issued;
import org.sightline.testkit.LoopbackBroker;

/** Who is spoken to over TLS, and what is reported of those who are not. */
class BrokerTlsTest {
  private static final String HERE = "IP:127.0.0.1";
  private static final String NOT_SECURE = "no secure connection to the broker";

  @TempDir Path folder;
  private TestCertificates authority;
  private Issued client;
  private @Nullable LoopbackBroker broker;

  @BeforeEach
  void makeCertificates() throws Exception {
    authority = new TestCertificates(folder);
    client = authority.client("van-1");
  }

  @AfterEach
  void endBroker() {
    if (broker != null) {
      broker.close();
    }
  }

  private BrokerSettings brokerWith(Issued server, Path trusted, Path certificate, Path key)
      throws Exception {
    return brokerWith(server, "require_certificate true", trusted, certificate, key);
  }

  private BrokerSettings brokerWith(
      Issued server,
      String line,
      @Nullable Path trusted,
      @Nullable Path certificate,
      @Nullable Path key)
      throws Exception {
    LoopbackBroker started =
        Mosquitto.configured(
            List.of(
                "allow_anonymous true",
                "cafile " + authority.authority(),
                "certfile " + server.certificate(),
                "keyfile " + server.key(),
                line));
    broker = started;
    started.start();
    return new BrokerSettings(
        List.of(URI.create("mqtts://127.0.0.1:" + started.port())),
        null,
        null,
        trusted,
        certificate,
        key);
  }

  private static void connect(BrokerSettings settings) throws PublishException {
    try (MqttPublisher publisher =
        new MqttPublisher(
            settings, Alerts.VAN, Alerts.DEVICE, "1", Clock.systemUTC(), Inbound.NONE)) {
      publisher.connect();
      assertThat(publisher.connected()).isTrue();
    }
  }

  private static void assertRefused(BrokerSettings settings, String what, String... parts) {
    assertThatExceptionOfType(PublishException.class)
        .isThrownBy(() -> connect(settings))
        .satisfies(
            e -> {
              assertThat(e.what()).isEqualTo(what);
              assertThat(e.getMessage()).hasLineCount(1).contains(parts);
              assertThat(e.where()).isEqualTo("127.0.0.1:" + settings.uris().get(0).getPort());
            });
  }

  @Test
  void aCertificateOfTheNamedAuthorityIsSpokenTo() throws Exception {
    connect(
        brokerWith(
            authority.server(HERE), authority.authority(), client.certificate(), client.key()));
  }

  @Test
  void aBrokerIsSpokenToByItsAddressOfIpv6() throws Exception {
    assumeThatThereIsIpv6();
    Issued server = authority.server("IP:::1");
    Mosquitto.assumeInstalled();
    String tls =
        "cafile %s\ncertfile %s\nkeyfile %s\nrequire_certificate true\n"
            .formatted(authority.authority(), server.certificate(), server.key());
    LoopbackBroker started =
        LoopbackBroker.of(
            port ->
                "allow_anonymous true\nuser %3$s\nlistener %1$d 127.0.0.1\n%2$slistener %1$d ::1\n%2$s"
                    .formatted(port, tls, System.getProperty("user.name")));
    broker = started;
    started.start();

    connect(
        new BrokerSettings(
            List.of(URI.create("mqtts://[::1]:" + started.port())),
            null,
            null,
            authority.authority(),
            client.certificate(),
            client.key()));
  }

  private static void assumeThatThereIsIpv6() {
    byte[] here = new byte[16];
    here[15] = 1;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(here))) {
      assumeTrue(socket.isBound());
    } catch (IOException e) {
      abort("no IPv6 here");
    }
  }

  @Test
  void aBrokerOfAnotherAuthorityIsRefused() throws Exception {
    assertRefused(
        brokerWith(
            authority.server(HERE),
            new TestCertificates(folder).authority(),
            client.certificate(),
            client.key()),
        NOT_SECURE,
        "the authority given",
        "certification path");
  }

  @Test
  void aBrokerOfAnotherAuthorityThanTheSystemsIsRefused() throws Exception {
    assertRefused(
        brokerWith(
            authority.server(HERE),
            "require_certificate false",
            null,
            client.certificate(),
            client.key()),
        NOT_SECURE,
        "certification path");
  }

  @Test
  void aBrokerWhoseCertificateHasExpiredIsRefused() throws Exception {
    assertRefused(
        brokerWith(
            authority.expiredServer(HERE),
            authority.authority(),
            client.certificate(),
            client.key()),
        "the broker's certificate has expired, by this box's clock",
        "timedatectl");
  }

  @Test
  void aBrokerUnderAnotherNameIsRefused() throws Exception {
    assertRefused(
        brokerWith(
            authority.server("DNS:elsewhere.example"),
            authority.authority(),
            client.certificate(),
            client.key()),
        NOT_SECURE,
        "127.0.0.1");
  }

  @Test
  void aVanWithoutACertificateReportsThatTheBrokerWantsOne() throws Exception {
    assertRefused(
        brokerWith(
            authority.server(HERE), "require_certificate true", authority.authority(), null, null),
        NOT_SECURE,
        "certificate");
  }

  @Test
  void aVanWithACertificateOfAnotherAuthorityReportsThatTheBrokerDoesNotAcceptIt()
      throws Exception {
    Issued foreign = new TestCertificates(folder).client("van-1");
    assertRefused(
        brokerWith(
            authority.server(HERE), authority.authority(), foreign.certificate(), foreign.key()),
        NOT_SECURE,
        "certificate");
  }

  @Test
  void filesThatAreNoKeysOrCertificatesAreNamed() throws Exception {
    Path text = Files.writeString(folder.resolve("text.pem"), "not a key");
    List<URI> uris = List.of(URI.create("mqtts://127.0.0.1:8883"));

    for (BrokerSettings unusable :
        List.of(
            new BrokerSettings(uris, null, null, text, null, null),
            new BrokerSettings(uris, null, null, null, text, client.key()),
            new BrokerSettings(uris, null, null, null, client.certificate(), text))) {
      assertThatExceptionOfType(PublishException.class)
          .isThrownBy(() -> connect(unusable))
          .satisfies(e -> assertThat(e.where()).isEqualTo(text.toString()));
    }
  }

  @Test
  void aCertificateWithoutItsKeyIsRefused() {
    assertThatExceptionOfType(PublishException.class)
        .isThrownBy(
            () ->
                connect(
                    new BrokerSettings(
                        List.of(URI.create("mqtts://127.0.0.1:8883")),
                        null,
                        null,
                        null,
                        client.certificate(),
                        null)))
        .satisfies(e -> assertThat(e.what()).contains("go together"));
  }
}
