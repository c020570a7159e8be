package com.techcorp.amqp;

import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.WiringError;
import com.techcorp.health.Finding;
import com.techcorp.messaging.Subscription;
import com.techcorp.saga.RetryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a session with the broker: builds the first, and another whenever one is lost, for as long
 * as it takes. The broker's address and user are the host's, so nothing of them is logged.
 * Thread-safe.
 */
final class SessionKeeper {
  private static final Logger log = LoggerFactory.getLogger(SessionKeeper.class);
  private static final RetryPolicy WAITS =
      new RetryPolicy(Duration.ofMillis(100), Duration.ofSeconds(5), Integer.MAX_VALUE);

  /** For what the connection tells; handlers have threads of their own. */
  private static final int CONNECTION_THREADS = 4;

  private static final int LOOKS = 4;

  /** For one step with the broker (connecting, one consumer's queues); then its socket is cut. */
  private static final Duration STEP = Duration.ofSeconds(60);

  /** For a consumer's subscription; after that it goes on without its caller. */
  private static final Duration SUBSCRIBING = Duration.ofSeconds(30);

  /** For a connection's goodbye; then its socket is cut. */
  private static final Duration GOODBYE = Duration.ofMillis(2L * Wire.CLOSE_MILLIS);

  private static final int WRITERS = 4;
  private static final int FAREWELLS = 4;

  private final ConnectionFactory factory;
  private final String without;
  private final RabbitOptions options;
  private final FaultBoundary faults = new FaultBoundary();
  private final Threads threads = faults.around(new OwnThreads());
  private final ScheduledExecutorService timer = threads.timer("techcorp-amqp", 1);
  private final ScheduledExecutorService watch = threads.timer("techcorp-amqp-watch", 1);
  private final ExecutorService writers = threads.pool("techcorp-amqp-publisher", WRITERS);
  private final ExecutorService farewells = threads.pool("techcorp-amqp-farewell", FAREWELLS);
  private final ExecutorService dispatch =
      threads.pool("techcorp-amqp-connection", CONNECTION_THREADS);
  private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();
  private final Map<String, ConsumerCalls> calls = new ConcurrentHashMap<>();
  private final List<Attachment> attachments = new CopyOnWriteArrayList<>();
  private final Object connected = new Object();
  private volatile @Nullable Session session;
  private volatile boolean closed;
  private int failures; // of the timer's one thread

  /** What is open on each session beside consumers of events. */
  interface Attachment {
    /** Opens it on a new session. */
    void begin(Session session) throws IOException;

    /** Looks whether what it needs of the broker is still there, and declares it again. */
    default void check(Session session) throws IOException {}

    /** The session is lost, and what waited on it. */
    default void lost() {}
  }

  /**
   * @param without what follows while there is no connection, for the log
   */
  SessionKeeper(ConnectionFactory factory, RabbitOptions options, String without) {
    this.factory = factory;
    this.without = without;
    this.options = options;
  }

  /** Before the start. */
  void attach(Attachment attachment) {
    attachments.add(attachment);
  }

  void start() {
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

  /** Whether there is a session, or one comes within the limit. */
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

  List<Subscription> subscriptions() {
    return subscriptions;
  }

  /**
   * Adds a consumer, to this session and all that follow.
   *
   * @throws WiringError if its queues exist with other arguments, or the broker's user may not have
   *     them
   */
  void add(Subscription subscription) {
    if (closed) {
      throw new WiringError("the event bus is closed: subscribe before that");
    }
    CompletableFuture<Void> added =
        CompletableFuture.runAsync(() -> subscribe(subscription), timer);
    if (!threads.await(added, SUBSCRIBING)) {
      log.warn("Consumer {} begins later: RabbitMQ takes its time", subscription.consumer());
      added.whenComplete((begun, failure) -> tellOf(subscription, failure));
      return;
    }
    try {
      added.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof WiringError error) {
        throw error;
      }
      throw e;
    }
  }

  private void tellOf(Subscription subscription, @Nullable Throwable failure) {
    if (failure != null) {
      log.error("Consumer {} gets nothing: {}", subscription.consumer(), reason(failure));
    }
  }

  /** Through all sessions. */
  private ConsumerCalls callsOf(Subscription subscription) {
    return calls.computeIfAbsent(
        subscription.consumer(),
        name -> new ConsumerCalls(subscription, Topology.of(options).attempts(), threads, faults));
  }

  /** What is wrong with consumers. */
  List<Finding> findings() {
    return calls.values().stream().flatMap(each -> each.findings().stream()).toList();
  }

  /** Who is told of fatal errors. */
  void onFatal(Consumer<Throwable> listener) {
    faults.onFatal(listener);
  }

  private void subscribe(Subscription subscription) {
    Session current = session;
    if (current != null) {
      try {
        within(current::cut, () -> current.consume(callsOf(subscription)));
      } catch (IOException | ShutdownSignalException e) {
        current.lost(reason(e)); // the next session has it
      }
    }
    subscriptions.add(subscription);
  }

  private void look() {
    Session current = session;
    if (current != null) {
      current.endIfSilent();
    }
  }

  /**
   * What somebody deleted comes back, also for events that other processes publish; and a consumer
   * that was refused begins once it may.
   */
  private void check() {
    Session current = session;
    if (current == null) {
      return;
    }
    try {
      within(current::cut, current::declareExchanges);
      for (Subscription subscription : subscriptions) {
        begin(current, subscription);
      }
      for (Attachment attachment : attachments) {
        within(current::cut, () -> attachment.check(current));
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
      if (failures > 0) {
        log.info("Connected to RabbitMQ again");
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
    Wire wire = new Wire();
    try {
      Session opened = connected(wire);
      for (Subscription subscription : subscriptions) {
        begin(opened, subscription);
      }
      for (Attachment attachment : attachments) {
        within(wire::cut, () -> attachment.begin(opened));
      }
      return opened;
    } catch (Throwable e) {
      wire.leave(farewells);
      later(wire::cut, GOODBYE);
      throw e;
    }
  }

  private Session connected(Wire wire) throws IOException, TimeoutException {
    ScheduledFuture<?> late = later(wire::cut, STEP);
    try {
      Connection connection = wire.connect(factory, dispatch);
      return new Session(wire, connection, writers, options, threads::nanoTime, this::lost);
    } finally {
      late.cancel(false);
    }
  }

  private interface Step {
    void run() throws IOException;
  }

  /** Frees this thread from a peer that reads or answers nothing. */
  private void within(Runnable cut, Step step) throws IOException {
    ScheduledFuture<?> late = later(cut, STEP);
    try {
      step.run();
    } finally {
      late.cancel(false);
    }
  }

  private ScheduledFuture<?> later(Runnable cut, Duration wait) {
    return watch.schedule(cut, wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void leave(Session which) {
    which.leave(farewells);
    later(which::cut, GOODBYE);
  }

  private void begin(Session session, Subscription subscription) throws IOException {
    try {
      within(session::cut, () -> session.consume(callsOf(subscription)));
    } catch (WiringError e) {
      log.error("Consumer {} gets nothing: {}", subscription.consumer(), e.getMessage());
    }
  }

  private void lost(Session which, String reason) {
    timer.execute(
        () -> {
          faults.run(() -> leave(which));
          if (session == which) {
            session = null;
            attachments.forEach(attachment -> faults.run(attachment::lost));
            log.warn("Lost the session with RabbitMQ: {}", reason);
            connect();
          }
        });
  }

  /** Waits for handlers at work, and closes. Idempotent. */
  synchronized void close(Duration limit) {
    if (closed) {
      return;
    }
    closed = true;
    Session last = session;
    if (last != null && !last.drain(limit)) {
      log.warn("Consumers are still at work; what they finish now is delivered again");
    }
    if (!threads.await(CompletableFuture.runAsync(this::end, timer), limit)) {
      log.warn("The connection to RabbitMQ is still being closed");
    }
    // The connection's threads end when they are idle: a connection that dies slowly still needs
    // them, and the one that cuts its socket in the end.
    timer.shutdown();
    later(watch::shutdown, GOODBYE.multipliedBy(2));
    calls.values().forEach(ConsumerCalls::close);
  }

  private void end() {
    Session last = session;
    session = null;
    if (last != null) {
      leave(last);
    }
    attachments.forEach(Attachment::lost);
  }

  private String reason(Throwable failure) {
    return Connections.secrets(factory).reason(failure);
  }
}
