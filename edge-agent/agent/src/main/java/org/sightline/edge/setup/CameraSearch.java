package org.sightline.edge.setup;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for cameras in the box's own networks, by the probe of WS-Discovery that ONVIF asks every
 * camera to answer. What answers is not trusted: its words are only shown.
 */
public final class CameraSearch {
  private static final Logger LOG = LoggerFactory.getLogger(CameraSearch.class);

  /** Where cameras listen. */
  private static final InetSocketAddress EVERY_CAMERA =
      new InetSocketAddress("239.255.255.250", 3702);

  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final int LARGEST_ANSWER_BYTES = 65_507;
  private static final int MOST_CAMERAS = 200;
  private static final int LONGEST_NAME = 40;

  private static final String PROBE =
      """
      <?xml version="1.0" encoding="UTF-8"?>
      <e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope" \
      xmlns:w="http://schemas.xmlsoap.org/ws/2004/08/addressing" \
      xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery" \
      xmlns:n="http://www.onvif.org/ver10/network/wsdl">\
      <e:Header><w:MessageID>uuid:%s</w:MessageID>\
      <w:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</w:To>\
      <w:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</w:Action></e:Header>\
      <e:Body><d:Probe><d:Types>n:NetworkVideoTransmitter</d:Types></d:Probe></e:Body>\
      </e:Envelope>
      """;

  /**
   * A camera that answered.
   *
   * @param host its address
   * @param name what it calls itself, or the same
   */
  public record Found(String host, String name) {}

  private CameraSearch() {}

  /**
   * Asks in every network of this box and waits three seconds for answers.
   *
   * @return by address, each once; none also where this box may not ask
   */
  public static List<Found> everywhere() {
    Map<String, Found> found = new TreeMap<>();
    try (MulticastSocket socket = new MulticastSocket(0)) {
      for (NetworkInterface network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        if (network.isUp() && network.supportsMulticast() && !network.isLoopback()) {
          socket.setNetworkInterface(network);
          ask(socket, EVERY_CAMERA);
        }
      }
      listen(socket, PATIENCE, found);
    } catch (IOException e) {
      LOG.warn("Cameras could not be searched for: {}", e.getMessage());
    }
    return List.copyOf(found.values());
  }

  /** The same at one address alone. */
  static List<Found> at(InetSocketAddress address, Duration wait) throws IOException {
    Map<String, Found> found = new TreeMap<>();
    try (MulticastSocket socket =
        new MulticastSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))) {
      ask(socket, address);
      listen(socket, wait, found);
    }
    return List.copyOf(found.values());
  }

  private static void ask(MulticastSocket socket, InetSocketAddress address) {
    byte[] probe = PROBE.formatted(UUID.randomUUID()).getBytes(StandardCharsets.UTF_8);
    try {
      socket.send(new DatagramPacket(probe, probe.length, address));
    } catch (IOException e) {
      LOG.debug("A network takes no probe: {}", e.getMessage());
    }
  }

  private static void listen(MulticastSocket socket, Duration wait, Map<String, Found> found)
      throws IOException {
    long deadline = System.nanoTime() + wait.toNanos();
    byte[] buffer = new byte[LARGEST_ANSWER_BYTES];
    for (long left = wait.toMillis();
        left > 0 && found.size() < MOST_CAMERAS;
        left = Duration.ofNanos(deadline - System.nanoTime()).toMillis()) {
      socket.setSoTimeout((int) left);
      DatagramPacket answer = new DatagramPacket(buffer, buffer.length);
      try {
        socket.receive(answer);
      } catch (SocketTimeoutException e) {
        return;
      }
      read(answer.getData(), answer.getLength()).ifPresent(each -> found.put(each.host(), each));
    }
  }

  private static Optional<Found> read(byte[] bytes, int length) {
    XMLInputFactory factory = XMLInputFactory.newFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    List<String> addresses = new ArrayList<>();
    List<String> scopes = new ArrayList<>();
    try {
      XMLStreamReader reader =
          factory.createXMLStreamReader(new ByteArrayInputStream(bytes, 0, length));
      while (reader.hasNext()) {
        if (reader.next() == XMLStreamConstants.START_ELEMENT) {
          switch (reader.getLocalName()) {
            case "XAddrs" -> addresses.addAll(words(reader.getElementText()));
            case "Scopes" -> scopes.addAll(words(reader.getElementText()));
            default -> {}
          }
        }
      }
    } catch (XMLStreamException | RuntimeException e) {
      return Optional.empty();
    }
    return addresses.stream()
        .map(CameraSearch::host)
        .flatMap(Optional::stream)
        .findFirst()
        .map(host -> new Found(host, name(scopes).orElse(host)));
  }

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+", -1));
  }

  private static Optional<String> host(String address) {
    try {
      URI uri = URI.create(address);
      return "http".equals(uri.getScheme()) || "https".equals(uri.getScheme())
          ? Optional.ofNullable(uri.getHost())
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** As in {@code onvif://www.onvif.org/name/Mast%201}; what would move a cursor is left out. */
  private static Optional<String> name(List<String> scopes) {
    String prefix = "onvif://www.onvif.org/name/";
    return scopes.stream()
        .filter(scope -> scope.startsWith(prefix))
        .map(scope -> URLDecoder.decode(scope.substring(prefix.length()), StandardCharsets.UTF_8))
        .map(name -> name.replaceAll("[^\\p{L}\\p{N} ._-]", ""))
        .filter(name -> !name.isBlank())
        .map(name -> name.substring(0, Math.min(name.length(), LONGEST_NAME)))
        .findFirst();
  }
}
