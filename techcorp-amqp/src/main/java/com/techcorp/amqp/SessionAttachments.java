package com.techcorp.amqp;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.error.WiringException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All that is attached to the sessions of one keeper. Thread-safe. */
final class SessionAttachments {
  private static final Logger log = LoggerFactory.getLogger(SessionAttachments.class);

  private final List<SessionAttachment> all = new CopyOnWriteArrayList<>();
  private final SessionFactory sessions;
  private final FaultBoundary faults;
  private final LongSupplier nanoTime;

  SessionAttachments(SessionFactory sessions, FaultBoundary faults, LongSupplier nanoTime) {
    this.sessions = sessions;
    this.faults = faults;
    this.nanoTime = nanoTime;
  }

  void add(SessionAttachment attachment) {
    all.add(attachment);
  }

  /** Begins all on a session; one that the broker refuses is logged, and the others go on. */
  void begin(Session session) throws IOException {
    for (SessionAttachment attachment : all) {
      try {
        begin(attachment, session);
      } catch (WiringException e) {
        log.error("{}: {}", attachment.without(), e.getMessage());
      }
    }
  }

  /**
   * Begins one on a session.
   *
   * @throws WiringException if the broker refuses it
   */
  void begin(SessionAttachment attachment, Session session) throws IOException {
    sessions.within(session::cut, () -> attachment.begin(session));
  }

  void look(Session session) {
    all.forEach(attachment -> attachment.look(session));
  }

  void lost() {
    all.forEach(attachment -> faults.run(attachment::lost));
  }

  /** Takes nothing more; returns whether all at work has come to its end within the limit. */
  boolean isDrained(Duration limit) {
    all.forEach(attachment -> attachment.drain(Duration.ZERO));
    long until = nanoTime.getAsLong() + limit.toNanos();
    boolean drained = true;
    for (SessionAttachment attachment : all) {
      drained &= attachment.drain(Duration.ofNanos(Math.max(0, until - nanoTime.getAsLong())));
    }
    return drained;
  }
}
