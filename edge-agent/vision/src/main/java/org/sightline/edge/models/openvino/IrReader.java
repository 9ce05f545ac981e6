package org.sightline.edge.models.openvino;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.ErrorHandler;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** Reads the layers of an IR's {@code .xml}, version 11; trusts nothing in it. */
final class IrReader {
  private static final long MAX_SIZE_BYTES = 16L << 20;
  private static final int MAX_LAYERS = 10_000;

  private final Path xml;

  private IrReader(Path xml) {
    this.xml = xml;
  }

  /** The layers, each after those that feed it. */
  static List<Layer> layers(Path xml) throws IrException, IOException {
    return new IrReader(xml).layers();
  }

  private List<Layer> layers() throws IrException, IOException {
    Element net = parsed();
    if (!net.getTagName().equals("net") || !net.getAttribute("version").equals("11")) {
      throw malformed("this is not an IR of version 11");
    }
    Map<String, Integer> sources = sources(only(net, "edges"));
    List<Layer> layers = new ArrayList<>();
    for (Element layer : children(only(net, "layers"), "layer")) {
      if (layers.size() == MAX_LAYERS) {
        throw malformed("the network has more than " + MAX_LAYERS + " layers");
      }
      layers.add(layer(layer, layers.size(), sources));
    }
    return layers;
  }

  private Layer layer(Element element, int position, Map<String, Integer> sources)
      throws IrException {
    int id = integer(element.getAttribute("id"));
    if (id != position) {
      throw malformed("layer " + id + " is not in its place");
    }
    List<Integer> inputs = new ArrayList<>();
    for (Element port : ports(element, "input")) {
      Integer source = sources.get(id + "." + integer(port.getAttribute("id")));
      if (source == null || source < 0 || source >= id) {
        throw malformed("layer " + id + " is not fed by an earlier one");
      }
      inputs.add(source);
    }
    List<Integer> shape = new ArrayList<>();
    List<Element> outputs = ports(element, "output");
    if (!outputs.isEmpty()) {
      for (Element dim : children(outputs.get(0), "dim")) {
        shape.add(integer(dim.getTextContent()));
      }
    }
    return new Layer(id, element.getAttribute("type"), attributes(element), inputs, shape);
  }

  private Map<String, Integer> sources(Element edges) throws IrException {
    Map<String, Integer> sources = new HashMap<>();
    for (Element edge : children(edges, "edge")) {
      String port =
          integer(edge.getAttribute("to-layer")) + "." + integer(edge.getAttribute("to-port"));
      if (sources.put(port, integer(edge.getAttribute("from-layer"))) != null) {
        throw malformed("an input is fed twice");
      }
    }
    return sources;
  }

  private List<Element> ports(Element layer, String side) {
    List<Element> sides = children(layer, side);
    return sides.isEmpty() ? List.of() : children(sides.get(0), "port");
  }

  private static Map<String, String> attributes(Element layer) {
    Map<String, String> values = new HashMap<>();
    for (Element data : children(layer, "data")) {
      NamedNodeMap attributes = data.getAttributes();
      for (int i = 0; i < attributes.getLength(); i++) {
        values.put(attributes.item(i).getNodeName(), attributes.item(i).getNodeValue());
      }
    }
    return values;
  }

  private Element only(Element parent, String name) throws IrException {
    List<Element> found = children(parent, name);
    if (found.size() != 1) {
      throw malformed("there is not one <" + name + "> but " + found.size());
    }
    return found.get(0);
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        found.add(element);
      }
    }
    return found;
  }

  private int integer(String text) throws IrException {
    try {
      return Integer.parseInt(text.strip());
    } catch (NumberFormatException e) {
      throw malformed("a number is expected where there is none");
    }
  }

  private Element parsed() throws IrException, IOException {
    if (Files.size(xml) > MAX_SIZE_BYTES) {
      throw malformed("the description is larger than " + (MAX_SIZE_BYTES >> 20) + " MiB");
    }
    try (InputStream in = Files.newInputStream(xml)) {
      return parser().parse(in).getDocumentElement();
    } catch (SAXException e) {
      throw new IrException("the description is not well-formed XML", xml.toString(), e);
    }
  }

  /** A parser that knows no document types, hence no entities, and fetches nothing. */
  private static DocumentBuilder parser() {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
      factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
      factory.setXIncludeAware(false);
      factory.setExpandEntityReferences(false);
      DocumentBuilder parser = factory.newDocumentBuilder();
      parser.setErrorHandler(new Refusal());
      return parser;
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK's own parser can be made safe", e);
    }
  }

  private IrException malformed(String what) {
    return new IrException(what, xml.toString(), (@Nullable Throwable) null);
  }

  /** Throws instead of printing, which is what the JDK's default does. */
  private static final class Refusal implements ErrorHandler {
    @Override
    public void warning(SAXParseException e) throws SAXException {
      throw e;
    }

    @Override
    public void error(SAXParseException e) throws SAXException {
      throw e;
    }

    @Override
    public void fatalError(SAXParseException e) throws SAXException {
      throw e;
    }
  }
}
