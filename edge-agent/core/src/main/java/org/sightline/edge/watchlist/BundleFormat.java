package org.sightline.edge.watchlist;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sightline.edge.domain.Jpeg;
import org.sightline.edge.domain.SubjectRef;
import org.sightline.edge.domain.Template;
import org.sightline.edge.domain.WatchlistEntry;

/**
 * Version 1 of the bundle file, as drawn in {@code docs/watchlist-bundle.md}; integers are
 * big-endian and unsigned.
 *
 * <pre>
 * file    offset  bytes
 *         0       8      magic 89 53 4C 42 0D 0A 1A 0A
 *         8       4      version = 1
 *         12      4      length of the header, H
 *         16      H      header: signed document
 *         16+H    B      body: encrypted entries; B is in the header
 *
 * entry   0       4      length of what follows
 *                 1+S    subject: length, ASCII
 *                 2+C    category: length, UTF-8
 *                 1      number of templates, T
 *                 T*D*4  templates: D float32 each; D is in the header
 *                 4+P    portrait: length, JPEG
 * </pre>
 */
public final class BundleFormat {
  /** Is in the file after {@link #magic()}. */
  public static final int VERSION = 1;

  static final int PREFIX_SIZE_BYTES = 16;
  static final int MAX_ENTRY_SIZE_BYTES = 16 << 20;

  private static final byte[] MAGIC = {(byte) 0x89, 'S', 'L', 'B', '\r', '\n', 0x1a, '\n'};
  private static final int MAX_CATEGORY_SIZE_BYTES = 1000;
  private static final int MAX_TEMPLATES = 255;

  private BundleFormat() {}

  /** The first eight bytes of a bundle. */
  public static byte[] magic() {
    return MAGIC.clone();
  }

  /** The bytes of the shortest entry with its length: one template, no category, no portrait. */
  static long leastEntrySizeBytes(BundleTerms terms) {
    return 4 + (1 + 1) + 2 + 1 + 4L * terms.templateDimension() + 4;
  }

  /**
   * The bytes of one entry without its length; clear text, to be wiped by the caller.
   *
   * @throws IllegalArgumentException if the entry is too long for the format, not of this pack, or
   *     in a category that the policy of the list does not name
   */
  public static byte[] encode(WatchlistEntry entry, BundleTerms terms) {
    byte[] subject = entry.subject().value().getBytes(StandardCharsets.US_ASCII);
    byte[] category = requireAllowed(entry.category(), terms).getBytes(StandardCharsets.UTF_8);
    byte[] portrait = entry.portrait().bytes();
    int count = entry.templates().size();
    int dimension = terms.templateDimension();
    long size =
        1L
            + subject.length
            + 2
            + category.length
            + 1
            + 4L * count * dimension
            + 4
            + portrait.length;
    if (category.length > MAX_CATEGORY_SIZE_BYTES
        || count > MAX_TEMPLATES
        || size > MAX_ENTRY_SIZE_BYTES) {
      throw new IllegalArgumentException("the entry is too long for a bundle");
    }
    ByteBuffer out = ByteBuffer.allocate((int) size);
    out.put((byte) subject.length).put(subject);
    out.putShort((short) category.length).put(category);
    out.put((byte) count);
    float[] values = new float[dimension];
    for (Template template : entry.templates()) {
      if (!template.modelPack().equals(terms.modelPack()) || template.dimension() != dimension) {
        throw new IllegalArgumentException("the template is of another model pack");
      }
      template.copyTo(values, 0);
      for (float value : values) {
        out.putFloat(value);
      }
    }
    Arrays.fill(values, 0);
    out.putInt(portrait.length).put(portrait);
    return out.array();
  }

  /**
   * The entry that has these bytes.
   *
   * @throws IllegalArgumentException if a rule of the format is broken; its message names the rule
   */
  static WatchlistEntry decode(byte[] bytes, BundleTerms terms) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      String subject = text(in, Byte.toUnsignedInt(in.get()));
      int categorySize = Short.toUnsignedInt(in.getShort());
      if (categorySize > MAX_CATEGORY_SIZE_BYTES) {
        throw new IllegalArgumentException("a category is at most 1000 bytes");
      }
      String category = requireAllowed(text(in, categorySize), terms);
      int count = Byte.toUnsignedInt(in.get());
      float[] values = new float[terms.templateDimension()];
      List<Template> templates = new ArrayList<>(count);
      for (int i = 0; i < count; i++) {
        for (int d = 0; d < values.length; d++) {
          values[d] = in.getFloat();
        }
        templates.add(Template.normalised(terms.modelPack(), values));
      }
      Arrays.fill(values, 0);
      if (in.getInt() != in.remaining()) {
        throw new IllegalArgumentException("a portrait ends where its entry ends");
      }
      byte[] portrait = new byte[in.remaining()];
      in.get(portrait);
      return new WatchlistEntry(new SubjectRef(subject), category, templates, new Jpeg(portrait));
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("an entry is as long as its parts", e);
    }
  }

  private static String requireAllowed(String category, BundleTerms terms) {
    if (!terms.allows(category)) {
      throw new IllegalArgumentException("a policy names every category that is listed");
    }
    return category;
  }

  private static String text(ByteBuffer in, int sizeBytes) {
    byte[] bytes = new byte[sizeBytes];
    in.get(bytes);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a text is UTF-8", e);
    }
  }
}
