package com.techcorp.jdbc;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.techcorp.messaging.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Events as the tables of the schema {@code messaging} hold them. */
final class EventRows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private EventRows() {}

  /** Reads event_id, order_id, sequence, event_type and payload. */
  static Event read(ResultSet row) throws SQLException {
    try {
      return new Event(
          row.getObject("event_id", UUID.class),
          row.getObject("order_id", UUID.class),
          row.getInt("sequence"),
          row.getString("event_type"),
          JSON.readTree(row.getString("payload")));
    } catch (JsonProcessingException e) {
      throw new SQLException("payload is not JSON", e); // the column's type does not allow it
    }
  }
}
