package com.techcorp.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.concurrent.Threads;
import com.techcorp.error.UnavailableException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes what a process has to publish, over a connection of its own and whichever session there
 * is. Thread-safe.
 */
final class PublishingLink {
  private static final int WRITERS = 4;

  /** The interval between two checks of a waiting caller; the broker gives no earlier signal. */
  private static final Duration LOOK = Duration.ofMillis(20);

  private static final Logger log = LoggerFactory.getLogger(PublishingLink.class);

  private final RabbitOptions options;
  private final Threads threads;
  private final ExecutorService writers;
  private final LostBindings lostBindings;
  private final ReconnectingSession keeper;
  private volatile @Nullable Open open;

  private record Open(Session session, Publisher publisher) {}

  /**
   * Connects in the background.
   *
   * @param without what follows while there is no connection, for the log
   */
  PublishingLink(
      ConnectionFactory factory, RabbitOptions options, String without, FaultBoundary faults) {
    this.options = options;
    this.threads = faults.around(new OwnThreads());
    this.writers = threads.pool("techcorp-amqp-publisher-writer", WRITERS);
    this.lostBindings = new LostBindings(options.topologyCheck(), threads::nanoTime);
    this.keeper =
        new ReconnectingSession(
            factory, options, SessionPurpose.PUBLISHING, without, lostBindings, faults);
    keeper.attach(new Publishing());
    keeper.start();
  }

  private final class Publishing implements SessionAttachment {
    @Override
    public String without() {
      return "Nothing is published";
    }

    @Override
    public void begin(Session session) throws IOException {
      Open now = open;
      if (now == null || now.session() != session) {
        Channel channel = session.channel();
        channel.addShutdownListener(this::ended);
        open =
            new Open(session, new Publisher(channel, session::gather, writers, threads::nanoTime));
      }
    }

    private void ended(ShutdownSignalException cause) {
      if (BrokerRefusals.code(cause) == AMQP.NOT_FOUND) {
        lostBindings.lost();
      }
    }

    /**
     * A broker that is there and does not answer, or reads nothing, is as good as none. Closes the
     * socket first, so that no blocked writer delays what follows.
     */
    @Override
    public void look(Session session) {
      Open now = open;
      if (now == null || now.session() != session || session.isBlocked()) {
        return;
      }
      Duration silent = Duration.ofNanos(threads.nanoTime() - now.publisher().oldest());
      if (silent.compareTo(options.confirmTimeout()) > 0) {
        session.cut();
        session.lost("no confirm for " + silent.toMillis() + " ms");
      }
    }

    /** Tells at once all who wait, whatever the peer does. */
    @Override
    public void lost() {
      Open last = open;
      open = null;
      if (last != null) {
        last.publisher().end();
      }
    }
  }

  /** Returns what all sessions that declare bindings of the same exchanges tell of them. */
  LostBindings lostBindings() {
    return lostBindings;
  }

  /** Returns whether events must wait until all bindings have been declared again. */
  boolean isHeld() {
    return lostBindings.isHeld();
  }

  /**
   * Publishes, in the order of calls. Never waits.
   *
   * @return fails with {@link UnavailableException} if nothing was sent: there is no connection,
   *     the broker takes nothing for now, or too much waits already
   */
  CompletableFuture<PublishOutcome> publish(
      String exchange, String key, BasicProperties properties, byte[] body) {
    Open now = open;
    if (now == null) {
      return CompletableFuture.failedFuture(
          new UnavailableException("RabbitMQ is not connected: nothing was sent, try again"));
    }
    if (now.session().isBlocked()) {
      return CompletableFuture.failedFuture(
          new UnavailableException("RabbitMQ takes nothing for now: nothing was sent, try again"));
    }
    return now.publisher().publish(exchange, key, properties, body);
  }

  /**
   * Waits for the outcome of what was published.
   *
   * @return {@link PublishOutcome#UNKNOWN} also if it is not told in time, or nothing was sent
   */
  PublishOutcome awaitOutcome(CompletableFuture<PublishOutcome> published)
      throws InterruptedException {
    try {
      return published.get(options.confirmTimeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.debug("A message was not confirmed: {}", e.toString());
      return PublishOutcome.UNKNOWN;
    }
  }

  /** Returns whether something can be published now. */
  boolean isReady() {
    Open now = open;
    return now != null && !now.session().isBlocked();
  }

  /**
   * Waits until something can be published.
   *
   * @param givenUp ends the wait early
   * @return whether it can
   */
  boolean awaitReady(Duration limit, BooleanSupplier givenUp) {
    long until = threads.nanoTime() + limit.toNanos();
    while (!isReady()
        && !givenUp.getAsBoolean()
        && until - threads.nanoTime() > 0
        && !Thread.currentThread().isInterrupted()) {
      threads.await(new CompletableFuture<>(), LOOK);
    }
    return isReady();
  }

  /**
   * Returns the session for requests other than publishing and consuming.
   *
   * @throws UnavailableException if there is none now
   */
  Session session() {
    return keeper
        .session()
        .orElseThrow(() -> new UnavailableException("there is no connection to RabbitMQ now"));
  }

  /** Returns whether there is a session, or one comes within the limit. */
  boolean await(Duration limit) {
    return keeper.await(limit);
  }

  /** Closes the link; idempotent. */
  void close(Duration limit) {
    keeper.close(limit);
  }
}
