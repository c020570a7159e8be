package com.techcorp.jdbc.internal.read;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Events as the tables of the schema {@code messaging} hold them. */
final class EventRows {
  private EventRows() {}

  /** Reads event_id, stream_type, stream_id, sequence, event_type and payload. */
  static Event read(ResultSet row) throws SQLException {
    return Event.ofJson(
        row.getObject("event_id", UUID.class),
        new EventStream(row.getString("stream_type"), row.getObject("stream_id", UUID.class)),
        row.getInt("sequence"),
        row.getString("event_type"),
        row.getString("payload"));
  }
}
