package com.techcorp.amqp;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.WiringException;
import com.techcorp.retry.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a session with the broker: builds the first, and another whenever one is lost, for as long
 * as it takes. The broker's address and user are the host's, so nothing of them is logged.
 * Thread-safe.
 */
final class ReconnectingSession {
  private static final Logger log = LoggerFactory.getLogger(ReconnectingSession.class);
  private static final RetryPolicy WAITS =
      RetryPolicy.doubling(Duration.ofMillis(100), Duration.ofSeconds(5), Integer.MAX_VALUE);

  private static final int LOOKS = 4;

  /** For an attachment's beginning; after that it goes on without its caller. */
  private static final Duration ATTACHING = Duration.ofSeconds(30);

  private final ConnectionFactory factory;
  private final RabbitOptions options;
  private final SessionPurpose purpose;
  private final String without;
  private final Runnable onExchangeLost;
  private final FaultBoundary faults;
  private final Threads threads;
  private final ScheduledExecutorService timer;
  private final ScheduledExecutorService watch;
  private final SessionFactory sessions;
  private final List<Attachment> attachments = new CopyOnWriteArrayList<>();
  private final Object connected = new Object();
  private volatile @Nullable Session session;
  private volatile boolean closed;
  private boolean started;
  // What follows belongs to the timer's one thread.
  private int failures;
  private boolean hadSession;

  /** Opens channels on each new session. Called on the keeper's thread, but for {@link #look}. */
  interface Attachment {
    /** Returns what stops without a session, for the log. */
    String without();

    /**
     * Opens it on a new session, or on one where it was refused; where it is open, declares again
     * what it needs of the broker.
     *
     * @throws WiringException if the broker refuses it: the session goes on without
     */
    void begin(Session session) throws IOException;

    /** Looks whether the session still serves it; must not wait. */
    default void look(Session session) {}

    /** The session is lost, and what waited on it. */
    default void lost() {}

    /**
     * Takes nothing more, and waits for what is at work.
     *
     * @return whether all has come to its end within the limit
     */
    default boolean drain(Duration limit) {
      return true;
    }
  }

  /**
   * @param without what follows while there is no connection, for the log
   * @param onExchangeLost told when the exchange of events was there before and was not any more;
   *     then it is declared again, and nothing is bound to it yet
   */
  ReconnectingSession(
      ConnectionFactory factory,
      RabbitOptions options,
      SessionPurpose purpose,
      String without,
      Runnable onExchangeLost,
      FaultBoundary faults) {
    this.factory = factory;
    this.options = options;
    this.purpose = purpose;
    this.without = without;
    this.onExchangeLost = onExchangeLost;
    this.faults = faults;
    this.threads = faults.around(new OwnThreads());
    String name = "techcorp-amqp-" + purpose.title;
    this.timer = threads.timer(name, 1);
    this.watch = threads.timer(name + "-watch", 1);
    this.sessions = new SessionFactory(factory, options, name, purpose, threads, watch);
  }

  /** Starts to connect; idempotent. */
  synchronized void start() {
    if (started || closed) {
      return;
    }
    started = true;
    timer.execute(this::connect);
    long look = Math.max(1, options.confirmTimeout().toMillis() / LOOKS);
    // Not on the keeper's thread, which a peer may hold up until this cuts the socket.
    watch.scheduleWithFixedDelay(this::look, look, look, TimeUnit.MILLISECONDS);
    long check = options.topologyCheck().toMillis();
    timer.scheduleWithFixedDelay(this::check, check, check, TimeUnit.MILLISECONDS);
  }

  /** Empty while there is no broker. */
  Optional<Session> session() {
    return Optional.ofNullable(session);
  }

  /** Returns whether there is a session, or one comes within the limit. */
  boolean await(Duration limit) {
    long until = threads.nanoTime() + limit.toNanos();
    synchronized (connected) {
      long left = limit.toNanos();
      while (session == null && left > 0) {
        try {
          TimeUnit.NANOSECONDS.timedWait(connected, left);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          break;
        }
        left = until - threads.nanoTime();
      }
    }
    return session != null;
  }

  /** Attaches a user of sessions, which begins with the first session; call it before the start. */
  void attach(Attachment attachment) {
    attachments.add(attachment);
  }

  /**
   * Adds to this session and all that follow; waits until it has begun, if there is a session.
   *
   * @throws WiringException if the broker refuses it: then it is not added
   */
  void add(Attachment attachment) {
    if (closed) {
      throw new WiringException("the event bus is closed: subscribe before that");
    }
    CompletableFuture<Void> added = CompletableFuture.runAsync(() -> begin(attachment), timer);
    if (!threads.await(added, ATTACHING)) {
      log.warn("RabbitMQ takes its time. {} before it has answered", attachment.without());
      added.whenComplete((begun, failure) -> tellOf(attachment, failure));
      return;
    }
    try {
      added.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof WiringException error) {
        throw error;
      }
      throw e;
    }
  }

  private void tellOf(Attachment attachment, @Nullable Throwable failure) {
    if (failure != null) {
      log.error("{}: {}", attachment.without(), reason(failure));
    }
  }

  private void begin(Attachment attachment) {
    Session current = session;
    if (current != null) {
      try {
        sessions.within(current::cut, () -> attachment.begin(current));
      } catch (IOException | ShutdownSignalException e) {
        current.lost(reason(e)); // the next session has it
      }
    }
    attachments.add(attachment);
  }

  private void look() {
    Session current = session;
    if (current != null) {
      attachments.forEach(attachment -> attachment.look(current));
    }
  }

  /**
   * Deleted queues and exchanges are declared again, also for events of other processes; refused
   * consumers start once they may.
   */
  private void check() {
    Session current = session;
    if (current == null) {
      return;
    }
    try {
      sessions.within(current::cut, current::declareExchanges);
      tellOfExchange(current);
      for (Attachment attachment : attachments) {
        begin(current, attachment);
      }
    } catch (IOException | ShutdownSignalException e) {
      current.lost(reason(e));
    }
  }

  private void connect() {
    if (closed || session != null) {
      return;
    }
    try {
      Session opened = open();
      if (closed) {
        leave(opened);
        return;
      }
      synchronized (connected) {
        session = opened;
        connected.notifyAll();
      }
      hadSession = true;
      if (failures > 0) {
        log.info("Connected to RabbitMQ again, as {}", purpose.title);
      }
      failures = 0;
    } catch (Throwable e) {
      // The factory runs code of the host's (credentials, sockets, trust), which may throw
      // anything.
      failures++;
      Duration wait = WAITS.waitAfter(failures);
      timer.schedule(this::connect, wait.toMillis(), TimeUnit.MILLISECONDS);
      faults.caught(e);
      tellOf(e, wait);
    }
  }

  private void tellOf(Throwable failure, Duration wait) {
    if (failure instanceof IOException
        || failure instanceof TimeoutException
        || failure instanceof ShutdownSignalException) {
      log.warn(
          "No connection to RabbitMQ, {}; next attempt in {}: {}", without, wait, reason(failure));
    } else {
      log.error(
          "No connection to RabbitMQ, {}; next attempt in {}; what makes connections threw",
          without,
          wait,
          Connections.secrets(factory).safe(failure));
    }
  }

  private Session open() throws IOException, TimeoutException {
    Session opened = sessions.open(this::lost);
    tellOfExchange(opened);
    try {
      for (Attachment attachment : attachments) {
        begin(opened, attachment);
      }
      return opened;
    } catch (Throwable e) {
      leave(opened);
      throw e;
    }
  }

  /**
   * Reports a missing exchange before anything is bound. The first session of a process may be the
   * first of all.
   */
  private void tellOfExchange(Session session) {
    if (hadSession && session.exchangeWasMissing()) {
      onExchangeLost.run();
    }
  }

  private void begin(Session session, Attachment attachment) throws IOException {
    try {
      sessions.within(session::cut, () -> attachment.begin(session));
    } catch (WiringException e) {
      log.error("{}: {}", attachment.without(), e.getMessage());
    }
  }

  private void leave(Session which) {
    sessions.leave(which);
    attachments.forEach(attachment -> faults.run(attachment::lost));
  }

  private void lost(Session which, String reason) {
    timer.execute(
        () -> {
          if (session == which) {
            session = null;
            leave(which);
            log.warn("Lost the session with RabbitMQ as {}: {}", purpose.title, reason);
            connect();
          }
        });
  }

  /** Waits for what is at work, and closes. Idempotent. */
  synchronized void close(Duration limit) {
    if (closed) {
      return;
    }
    closed = true;
    if (!isDrained(limit)) {
      log.warn("Consumers are still at work; what they finish now is delivered again");
    }
    if (!threads.await(CompletableFuture.runAsync(this::end, timer), limit)) {
      log.warn("The connection to RabbitMQ is still being closed");
    }
    // The connection's threads end when they are idle: a connection that dies slowly still needs
    // them, and the one that cuts its socket in the end.
    timer.shutdown();
    sessions.close();
  }

  private boolean isDrained(Duration limit) {
    attachments.forEach(attachment -> attachment.drain(Duration.ZERO));
    long until = threads.nanoTime() + limit.toNanos();
    boolean all = true;
    for (Attachment attachment : attachments) {
      all &= attachment.drain(Duration.ofNanos(Math.max(0, until - threads.nanoTime())));
    }
    return all;
  }

  private void end() {
    Session last = session;
    session = null;
    if (last != null) {
      leave(last);
    } else {
      attachments.forEach(attachment -> faults.run(attachment::lost));
    }
  }

  private String reason(Throwable failure) {
    return Connections.secrets(factory).reason(failure);
  }
}
