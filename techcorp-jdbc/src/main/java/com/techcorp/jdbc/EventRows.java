package com.techcorp.jdbc;

import com.techcorp.messaging.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Events as the tables of the schema {@code messaging} hold them. */
final class EventRows {
  private EventRows() {}

  /** Reads event_id, order_id, sequence, event_type and payload. */
  static Event read(ResultSet row) throws SQLException {
    return Event.ofJson(
        row.getObject("event_id", UUID.class),
        row.getObject("order_id", UUID.class),
        row.getInt("sequence"),
        row.getString("event_type"),
        row.getString("payload"));
  }
}
