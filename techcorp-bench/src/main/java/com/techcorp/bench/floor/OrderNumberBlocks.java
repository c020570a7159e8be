package com.techcorp.bench.floor;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Year;
import java.time.ZoneOffset;
import java.util.Locale;
import javax.sql.DataSource;

/** Order numbers from blocks of a hundred, as the schema's sequence gives them. Thread-safe. */
final class OrderNumberBlocks {
  private static final int BLOCK = 100;

  private final DataSource dataSource;
  private long next;
  private long end;

  OrderNumberBlocks(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  synchronized String next() throws SQLException {
    if (next == end) {
      next = reserve();
      end = next + BLOCK;
    }
    return String.format(Locale.ROOT, "TC-%d-%06d", Year.now(ZoneOffset.UTC).getValue(), next++);
  }

  private long reserve() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("select nextval('orders.order_number_seq')");
        ResultSet rows = statement.executeQuery()) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
