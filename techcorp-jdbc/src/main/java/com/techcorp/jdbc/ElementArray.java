package com.techcorp.jdbc;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** A parameter that the driver makes an array of. */
final class ElementArray {
  private final String type;
  private final @Nullable Object[] elements;

  /**
   * Of these elements.
   *
   * @param type what PostgreSQL calls the type of an element
   */
  ElementArray(String type, @Nullable Object[] elements) {
    this.type = type;
    this.elements = elements;
  }

  void bind(PreparedStatement statement, int index) throws SQLException {
    statement.setArray(index, statement.getConnection().createArrayOf(type, elements));
  }
}
