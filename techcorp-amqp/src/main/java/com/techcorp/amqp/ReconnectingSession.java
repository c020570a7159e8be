package com.techcorp.amqp;

import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.WiringException;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
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
  private static final int LOOKS = 4;

  /** For an attachment's beginning; after that it goes on without its caller. */
  private static final Duration ATTACHING = Duration.ofSeconds(30);

  private final ConnectionFactory factory;
  private final RabbitOptions options;
  private final SessionPurpose purpose;
  private final LostBindings lostBindings;
  private final FaultBoundary faults;
  private final Threads threads;
  private final ScheduledExecutorService timer;
  private final ScheduledExecutorService watch;
  private final SessionFactory sessions;
  private final SessionAttachments attachments;
  private final ConnectAttempts attempts; // of the timer's one thread
  private final Object connected = new Object();
  private volatile @Nullable Session session;
  private volatile boolean closed;
  private volatile LostBindings.@Nullable Declarer declarer; // from the start to the close
  private boolean started;
  private boolean hadSession; // of the timer's one thread

  /**
   * @param without what follows while there is no connection, for the log
   * @param lostBindings told when the exchange of events was there before and is not any more,
   *     before it is declared again, and when all bindings of the session have been
   */
  ReconnectingSession(
      ConnectionFactory factory,
      RabbitOptions options,
      SessionPurpose purpose,
      String without,
      LostBindings lostBindings,
      FaultBoundary faults) {
    this.factory = factory;
    this.options = options;
    this.purpose = purpose;
    this.lostBindings = lostBindings;
    this.faults = faults;
    this.threads = faults.around(new OwnThreads());
    String name = "techcorp-amqp-" + purpose.title;
    this.timer = threads.timer(name, 1);
    this.watch = threads.timer(name + "-watch", 1);
    this.sessions = new SessionFactory(factory, options, name, purpose, threads, watch);
    this.attachments = new SessionAttachments(sessions, faults, threads::nanoTime);
    this.attempts = new ConnectAttempts(factory, purpose, without);
  }

  /** Starts to connect; idempotent. */
  synchronized void start() {
    if (started || closed) {
      return;
    }
    started = true;
    declarer = lostBindings.declarer();
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
  void attach(SessionAttachment attachment) {
    attachments.add(attachment);
  }

  /**
   * Adds to this session and all that follow; waits until it has begun, if there is a session.
   *
   * @throws WiringException if the broker refuses it: then it is not added
   */
  void add(SessionAttachment attachment) {
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

  private void tellOf(SessionAttachment attachment, @Nullable Throwable failure) {
    if (failure != null) {
      log.error("{}: {}", attachment.without(), reason(failure));
    }
  }

  private void begin(SessionAttachment attachment) {
    Session current = session;
    if (current != null) {
      try {
        attachments.begin(attachment, current);
      } catch (IOException | ShutdownSignalException e) {
        current.lost(reason(e)); // the next session has it
      }
    }
    attachments.add(attachment);
  }

  private void look() {
    Session current = session;
    if (current != null) {
      attachments.look(current);
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
      declare(current);
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
      attempts.succeeded();
    } catch (Throwable e) {
      // The factory runs code of the host's (credentials, sockets, trust), which may throw
      // anything.
      Duration wait = attempts.failed();
      timer.schedule(this::connect, wait.toMillis(), TimeUnit.MILLISECONDS);
      faults.caught(e);
      attempts.tell(e, wait);
    }
  }

  private Session open() throws IOException, TimeoutException {
    Session opened = sessions.open(this::lost);
    try {
      declare(opened);
      return opened;
    } catch (Throwable e) {
      leave(opened);
      throw e;
    }
  }

  /** Declares all that this session needs at the broker, as often as it is called. */
  private void declare(Session session) throws IOException {
    LostBindings.Declarer own = Objects.requireNonNull(declarer);
    long begun = own.begin();
    declareExchanges(session);
    attachments.begin(session);
    own.declared(begun);
  }

  /**
   * Declares the exchanges. Reports first that one is missing: as soon as it exists again, another
   * session may bind a part of the consumers. The first session of a process may be the first of
   * all.
   */
  private void declareExchanges(Session session) throws IOException {
    sessions.within(
        session::cut,
        () -> {
          if (!session.hasExchange() && hadSession) {
            lostBindings.lost();
          }
          session.declareExchanges();
        });
  }

  private void leave(Session which) {
    sessions.leave(which);
    attachments.lost();
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
    if (started) {
      Objects.requireNonNull(declarer).close();
    }
    if (!attachments.isDrained(limit)) {
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

  private void end() {
    Session last = session;
    session = null;
    if (last != null) {
      leave(last);
    } else {
      attachments.lost();
    }
  }

  private String reason(Throwable failure) {
    return Connections.secrets(factory).reason(failure);
  }
}
