package com.techcorp.auth.service;

import com.techcorp.auth.SessionEndReason;
import com.techcorp.auth.SessionEvents;
import com.techcorp.auth.UserEvent;
import com.techcorp.error.TokenRedaction;
import com.techcorp.storage.Effect;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The events of users and sessions, if the host gave a storage whose relay publishes them. Those of
 * a user are written in the transaction that changes the user. A session lives in another store, so
 * its events cannot be: if they cannot be written, that is logged, and what has happened stays.
 */
final class AuthEvents {
  private static final Logger log = LoggerFactory.getLogger(AuthEvents.class);

  private final @Nullable UnitOfWork outbox;

  AuthEvents(@Nullable UnitOfWork outbox) {
    this.outbox = outbox;
  }

  /** Returns what to write with a change of a user. */
  List<UserEvent> with(UserEvent change) {
    return outbox == null ? List.of() : List.of(change);
  }

  /** Publishes that sessions have ended. */
  void ended(UUID userId, List<UUID> sessionIds, SessionEndReason reason) {
    List<Effect> events = new ArrayList<>();
    for (UUID sessionId : sessionIds) {
      if (reason == SessionEndReason.REUSE_DETECTED) {
        events.add(SessionEvents.reuseDetected(userId, sessionId));
      }
      events.add(SessionEvents.ended(userId, sessionId, reason));
    }
    write(userId, events);
  }

  private void write(UUID userId, List<Effect> events) {
    if (outbox == null || events.isEmpty()) {
      return;
    }
    try {
      outbox.commit(null, List.of(new WriteSet(UUID.randomUUID(), events)));
    } catch (RuntimeException e) {
      log.warn(
          "Sessions of user {} ended, but {} events of it cannot be written: {}",
          userId,
          events.size(),
          TokenRedaction.NONE.reason(e));
    }
  }
}
