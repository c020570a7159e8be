package com.techcorp.examples.demo;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Inserts many rows with few statements: each column travels as one array. Not thread-safe. */
final class Rows {
  private static final int CHUNK = 10_000;

  private final Connection connection;
  private final String insert;
  private final List<List<String>> columns = new ArrayList<>();

  /**
   * For one statement.
   *
   * @param insert with one parameter, a {@code text[]}, for each column
   * @param width how many columns
   */
  Rows(Connection connection, String insert, int width) {
    this.connection = connection;
    this.insert = insert;
    for (int i = 0; i < width; i++) {
      columns.add(new ArrayList<>());
    }
  }

  void add(Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      columns.get(i).add(values[i].toString());
    }
    if (columns.get(0).size() == CHUNK) {
      flush();
    }
  }

  void flush() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      for (int i = 0; i < columns.size(); i++) {
        statement.setArray(i + 1, connection.createArrayOf("text", columns.get(i).toArray()));
        columns.get(i).clear();
      }
      statement.executeUpdate();
    }
  }
}
