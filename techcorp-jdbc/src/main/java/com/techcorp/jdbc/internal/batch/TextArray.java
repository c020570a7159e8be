package com.techcorp.jdbc.internal.batch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.Oid;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * A {@code text[]} parameter in PostgreSQL's binary form, or as text where the connection sends no
 * arrays in binary. The driver's own copies each element three times into buffers that grow, which
 * is a third of all that a batch allocates.
 */
public final class TextArray extends PGobject implements PGBinaryObject {
  private static final long serialVersionUID = 1L;
  private static final int HEADER = 5 * Integer.BYTES;
  private static final int NULL = -1;

  private final transient byte[] @Nullable [] elements;
  private final int length;
  private final boolean hasNulls;

  public <T> TextArray(Collection<T> from, Function<T, @Nullable String> text) {
    elements = new byte[from.size()] @Nullable [];
    int filled = 0;
    int bytes = HEADER + from.size() * Integer.BYTES;
    boolean withoutValue = false;
    String last = null;
    byte[] encoded = {};
    for (T item : from) {
      String element = text.apply(item);
      if (element == null) {
        withoutValue = true;
      } else {
        if (!element.equals(last)) { // rows of a batch often have the same status, type or currency
          last = element;
          encoded = element.getBytes(StandardCharsets.UTF_8);
        }
        elements[filled] = encoded;
        bytes += encoded.length;
      }
      filled++;
    }
    length = bytes;
    hasNulls = withoutValue;
    setType("text[]");
  }

  @Override
  public int lengthInBytes() {
    return length;
  }

  /**
   * Dimensions, whether there are nulls, type of the elements; length and lower bound; elements.
   */
  @Override
  public void toBytes(byte[] bytes, int offset) {
    ByteBuffer to = ByteBuffer.wrap(bytes, offset, length);
    to.putInt(1).putInt(hasNulls ? 1 : 0).putInt(Oid.TEXT).putInt(elements.length).putInt(1);
    for (byte[] element : elements) {
      if (element == null) {
        to.putInt(NULL);
      } else {
        to.putInt(element.length).put(element);
      }
    }
  }

  @Override
  public void setByteValue(byte[] value, int offset) {
    throw new UnsupportedOperationException("a parameter only");
  }

  @Override
  public String getValue() {
    StringBuilder text = new StringBuilder("{");
    for (byte[] element : elements) {
      text.append(text.length() > 1 ? "," : "");
      if (element == null) {
        text.append("NULL");
      } else {
        String value = new String(element, StandardCharsets.UTF_8);
        text.append('"').append(value.replace("\\", "\\\\").replace("\"", "\\\"")).append('"');
      }
    }
    return text.append('}').toString();
  }
}
