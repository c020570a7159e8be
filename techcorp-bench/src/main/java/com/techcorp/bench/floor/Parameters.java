package com.techcorp.bench.floor;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Binds the parameters of several statements in their order. */
final class Parameters {
  private final PreparedStatement statement;
  private int index;

  Parameters(PreparedStatement statement) {
    this.statement = statement;
  }

  Parameters add(UUID value) throws SQLException {
    statement.setObject(++index, value);
    return this;
  }

  Parameters add(String value) throws SQLException {
    statement.setString(++index, value);
    return this;
  }

  Parameters add(long value) throws SQLException {
    statement.setLong(++index, value);
    return this;
  }

  Parameters add(byte[] value) throws SQLException {
    statement.setBytes(++index, value);
    return this;
  }

  Parameters add(OffsetDateTime value) throws SQLException {
    statement.setObject(++index, value);
    return this;
  }
}
