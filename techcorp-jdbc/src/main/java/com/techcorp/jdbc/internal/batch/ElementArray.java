package com.techcorp.jdbc.internal.batch;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A parameter that the driver makes an array of. */
public final class ElementArray {
  private final String type;
  private final @Nullable Object[] elements;

  /**
   * Creates an array of these elements.
   *
   * @param type what PostgreSQL calls the type of an element
   */
  public ElementArray(String type, @Nullable Object[] elements) {
    this.type = type;
    this.elements = elements;
  }

  public void bind(PreparedStatement statement, int index) throws SQLException {
    statement.setArray(index, statement.getConnection().createArrayOf(type, elements));
  }
}
