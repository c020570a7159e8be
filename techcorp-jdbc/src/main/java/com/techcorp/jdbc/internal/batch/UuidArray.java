package com.techcorp.jdbc.internal.batch;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.util.PGBinaryObject;
import org.postgresql.util.PGobject;

/**
 * A {@code uuid[]} parameter in PostgreSQL's binary form ({@code array_recv}), or as text where the
 * connection sends no arrays in binary. The driver itself only knows the text, which costs the
 * server a tenth of a batch to read.
 */
public final class UuidArray extends PGobject implements PGBinaryObject {
  private static final long serialVersionUID = 1L;
  private static final int HEADER = 5 * Integer.BYTES;
  private static final int UUID_BYTES = 2 * Long.BYTES;
  private static final int NULL = -1;

  private final transient @Nullable UUID[] elements;
  private final int nulls;

  public <T> UuidArray(Collection<T> from, Function<T, @Nullable UUID> uuid) {
    elements = new @Nullable UUID[from.size()];
    int filled = 0;
    int withoutValue = 0;
    for (T item : from) {
      UUID element = uuid.apply(item);
      elements[filled++] = element;
      withoutValue += element == null ? 1 : 0;
    }
    nulls = withoutValue;
    setType("uuid[]");
  }

  /**
   * Lets a connection send UUIDs in binary, if it sends other arrays so: a host may have turned
   * that off, and a driver behind another wrapper cannot be asked.
   */
  static void prepare(Connection connection) throws SQLException {
    if (connection.isWrapperFor(BaseConnection.class)) {
      BaseConnection driver = connection.unwrap(BaseConnection.class);
      if (driver.binaryTransferSend(Oid.INT8_ARRAY) && !driver.binaryTransferSend(Oid.UUID_ARRAY)) {
        driver.getQueryExecutor().addBinarySendOid(Oid.UUID_ARRAY);
      }
    }
  }

  @Override
  public int lengthInBytes() {
    return HEADER + elements.length * Integer.BYTES + (elements.length - nulls) * UUID_BYTES;
  }

  /**
   * Dimensions, whether there are nulls, type of the elements; length and lower bound; elements.
   */
  @Override
  public void toBytes(byte[] bytes, int offset) {
    ByteBuffer to = ByteBuffer.wrap(bytes, offset, lengthInBytes());
    to.putInt(1).putInt(nulls > 0 ? 1 : 0).putInt(Oid.UUID).putInt(elements.length).putInt(1);
    for (UUID element : elements) {
      if (element == null) {
        to.putInt(NULL);
      } else {
        to.putInt(UUID_BYTES);
        to.putLong(element.getMostSignificantBits()).putLong(element.getLeastSignificantBits());
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
    for (UUID element : elements) {
      text.append(text.length() > 1 ? "," : "").append(element);
    }
    return text.append('}').toString();
  }
}
