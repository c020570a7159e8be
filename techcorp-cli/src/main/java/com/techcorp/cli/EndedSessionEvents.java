package com.techcorp.cli;

import com.techcorp.auth.SessionEndReason;
import com.techcorp.auth.SessionEvents;
import com.techcorp.error.TechCorpException;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.storage.Effect;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Writes the events of sessions that an operator has ended to the outbox of a database. */
final class EndedSessionEvents {
  private final UnitOfWork outbox;

  private EndedSessionEvents(UnitOfWork outbox) {
    this.outbox = outbox;
  }

  /** Connects to nothing yet. */
  static EndedSessionEvents in(DatabaseOptions database, Map<String, String> env) {
    return new EndedSessionEvents(
        PostgresStorage.builder(database.dataSource(env))
            .schemas(database.schemas())
            .build()
            .unitOfWork());
  }

  /**
   * Writes one event for each session, all or none.
   *
   * @throws TechCorpException if they cannot be written
   */
  void write(UUID userId, List<UUID> sessionIds) {
    List<Effect> events = new ArrayList<>();
    for (UUID sessionId : sessionIds) {
      events.add(SessionEvents.ended(userId, sessionId, SessionEndReason.ENDED_BY_OPERATOR));
    }
    if (!events.isEmpty()) {
      outbox.commit(null, List.of(new WriteSet(UUID.randomUUID(), events)));
    }
  }
}
