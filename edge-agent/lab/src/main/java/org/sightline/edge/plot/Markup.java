package org.sightline.edge.plot;

import java.io.StringWriter;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * Writes elements, with every text and attribute escaped. What it writes is XML, and can be read as
 * HTML too: an element that may have content is never closed in its own tag. For one thread.
 */
public final class Markup {
  /** What XML 1.0 cannot hold, not even escaped. */
  private static final Pattern UNWRITABLE =
      Pattern.compile("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

  private static final XMLOutputFactory FACTORY = XMLOutputFactory.newDefaultFactory();

  private final StringWriter out = new StringWriter();
  private final XMLStreamWriter xml;
  private int depth;

  /** Writes into memory, beginning with nothing. */
  public Markup() {
    try {
      xml = FACTORY.createXMLStreamWriter(out);
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Opens an element.
   *
   * @param attributes names and values in turn; a value is written as its {@code toString}
   */
  public Markup open(String name, Object... attributes) {
    depth++;
    return write(
        () -> {
          xml.writeStartElement(name);
          attributes(attributes);
        });
  }

  /** Closes the element opened last. */
  public Markup close() {
    if (depth-- == 0) {
      throw new IllegalStateException("no element is open");
    }
    return write(xml::writeEndElement);
  }

  /** An element that has no content and never can have, such as {@code meta} or {@code path}. */
  public Markup empty(String name, Object... attributes) {
    return write(
        () -> {
          xml.writeEmptyElement(name);
          attributes(attributes);
        });
  }

  /** An element that holds a text. */
  public Markup element(String name, String text, Object... attributes) {
    return open(name, attributes).text(text).close();
  }

  /** A text; what XML cannot hold becomes a question mark. */
  public Markup text(String text) {
    return write(() -> xml.writeCharacters(writable(text)));
  }

  /** Markup made elsewhere, as it is. */
  public Markup raw(String markup) {
    return write(
        () -> {
          // Ends the tag that is still open for attributes.
          xml.writeCharacters("");
          xml.flush();
          out.write(markup);
        });
  }

  private void attributes(Object... attributes) throws XMLStreamException {
    for (int i = 0; i < attributes.length; i += 2) {
      xml.writeAttribute(
          String.valueOf(attributes[i]), writable(String.valueOf(attributes[i + 1])));
    }
  }

  private static String writable(String text) {
    return UNWRITABLE.matcher(text).replaceAll("?");
  }

  private interface Step {
    void run() throws XMLStreamException;
  }

  private Markup write(Step step) {
    try {
      step.run();
    } catch (XMLStreamException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  /**
   * All that was written.
   *
   * @throws IllegalStateException if an element is still open
   */
  @Override
  public String toString() {
    if (depth != 0) {
      throw new IllegalStateException(depth + " elements are open");
    }
    write(xml::flush);
    return out.toString();
  }
}
