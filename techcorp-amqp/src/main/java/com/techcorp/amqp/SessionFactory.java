package com.techcorp.amqp;

import com.rabbitmq.client.ConnectionFactory;
import com.techcorp.concurrent.Threads;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;

/**
 * Opens sessions with the broker and leaves them. If the broker or the network blocks a step, its
 * socket is closed, so that no thread waits for ever. Thread-safe.
 */
final class SessionFactory {
  /** For what the connection tells; handlers have threads of their own. */
  private static final int CONNECTION_THREADS = 4;

  private static final int FAREWELLS = 4;

  /** For one step with the broker (connecting, one consumer's queues); then its socket is cut. */
  private static final Duration STEP = Duration.ofSeconds(60);

  /** For a connection's goodbye; then its socket is cut. */
  private static final Duration GOODBYE = Duration.ofMillis(2L * Wire.CLOSE_MILLIS);

  private final ConnectionFactory factory;
  private final RabbitOptions options;
  private final String title;
  private final ScheduledExecutorService watch;
  private final ExecutorService farewells;
  private final ExecutorService dispatch;

  /**
   * @param name of the threads
   * @param watch cuts sockets; nothing on it may wait
   */
  SessionFactory(
      ConnectionFactory factory,
      RabbitOptions options,
      String name,
      SessionPurpose purpose,
      Threads threads,
      ScheduledExecutorService watch) {
    this.factory = factory;
    this.options = options;
    this.title = "techcorp " + purpose.title;
    this.watch = watch;
    this.farewells = threads.pool(name + "-farewell", FAREWELLS);
    this.dispatch = threads.pool(name + "-connection", CONNECTION_THREADS);
  }

  /** Something that talks to the broker. */
  interface Step {
    void run() throws IOException;
  }

  /**
   * Opens a session with the broker.
   *
   * @param onLost told once, with the reason
   */
  Session open(BiConsumer<Session, String> onLost) throws IOException, TimeoutException {
    Wire wire = new Wire();
    ScheduledFuture<?> late = later(wire::cut, STEP);
    try {
      return new Session(wire, wire.connect(factory, dispatch, title), options, onLost);
    } catch (Throwable e) {
      leave(wire);
      throw e;
    } finally {
      late.cancel(false);
    }
  }

  /** Frees this thread from a peer that reads or answers nothing. */
  void within(Runnable cut, Step step) throws IOException {
    ScheduledFuture<?> late = later(cut, STEP);
    try {
      step.run();
    } finally {
      late.cancel(false);
    }
  }

  /** Abandons a session without waiting for it. */
  void leave(Session session) {
    session.leave(farewells);
    later(session::cut, GOODBYE);
  }

  private void leave(Wire wire) {
    wire.leave(farewells);
    later(wire::cut, GOODBYE);
  }

  private ScheduledFuture<?> later(Runnable cut, Duration wait) {
    return watch.schedule(cut, wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * Closes the factory after the last session was left: ends the watch once the session's socket is
   * certainly closed.
   */
  void close() {
    later(watch::shutdown, GOODBYE.multipliedBy(2));
  }
}
