package com.techcorp.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownListener;
import com.techcorp.messaging.Subscription;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;

/**
 * One connection with all that is open on it. It is good or it is lost as a whole: whatever closes
 * the connection or one of its channels (the broker's restart, a consumer that was too slow, a
 * deleted queue) ends the session, and another is built.
 */
final class Session {
  private final Wire wire;
  private final Connection connection;
  private final RabbitOptions options;
  private final Topology topology;
  private final Publisher publisher;
  private final LongSupplier nanoTime;
  private final BiConsumer<Session, String> onLost;
  private final AtomicBoolean over = new AtomicBoolean();
  private final List<RabbitConsumer> consumers = new CopyOnWriteArrayList<>();
  private final Set<String> consuming = new HashSet<>(); // on the keeper's thread
  private volatile boolean blocked;

  /**
   * @param wire whose connection it is
   * @param writers where messages are written
   * @param onLost called once, with the reason, unless {@link #leave} was called before; on a
   *     thread of the connection, which must not be closed there
   */
  Session(
      Wire wire,
      Connection connection,
      Executor writers,
      RabbitOptions options,
      LongSupplier nanoTime,
      BiConsumer<Session, String> onLost)
      throws IOException {
    this.wire = wire;
    this.connection = connection;
    this.options = options;
    this.topology = Topology.of(options);
    this.nanoTime = nanoTime;
    this.onLost = onLost;
    connection.addShutdownListener(losing());
    connection.addBlockedListener(reason -> blocked = true, () -> blocked = false);
    Channel channel = channel();
    topology.declareExchanges(channel);
    this.publisher = new Publisher(channel, writers, nanoTime);
  }

  /** Declares the exchanges again: somebody may have deleted them. */
  void declareExchanges() throws IOException {
    try (Channel channel = opened()) {
      topology.declareExchanges(channel);
    } catch (TimeoutException e) {
      throw new IOException("the broker did not close a channel", e);
    }
  }

  /**
   * Begins deliveries; where they have begun, declares again what they need.
   *
   * @throws com.techcorp.error.WiringError if a queue exists with other arguments, or the broker's
   *     user may not declare and read them: the session goes on without this consumer
   */
  void consume(ConsumerCalls calls) throws IOException {
    Subscription subscription = calls.subscription();
    declare(subscription);
    if (!consuming.add(subscription.consumer())) {
      return;
    }
    List<Channel> channels = new ArrayList<>();
    try {
      for (int attempt = 1; attempt <= topology.attempts(); attempt++) {
        Channel channel = opened();
        channels.add(channel);
        RabbitConsumer consumer = new RabbitConsumer(channel, publisher, options, calls, attempt);
        consumer.begin();
        consumers.add(consumer);
      }
    } catch (IOException e) {
      // Only now: what closes for a refusal of this consumer must not cost the others the session.
      consuming.remove(subscription.consumer());
      for (Channel channel : channels) {
        channel.abort();
      }
      throw topology.refused(e, "consume from the queues of " + subscription.consumer());
    }
    channels.forEach(channel -> channel.addShutdownListener(losing()));
  }

  /** On a channel of its own: a refusal closes it, and must not cost the session. */
  private void declare(Subscription subscription) throws IOException {
    try (Channel channel = opened()) {
      topology.declareConsumer(channel, subscription.consumer(), subscription.types());
    } catch (TimeoutException e) {
      throw new IOException("the broker did not close a channel", e);
    }
  }

  Publisher publisher() {
    return publisher;
  }

  /** A channel for a while, whose end does not end the session. */
  Channel opened() throws IOException {
    Channel channel = connection.createChannel();
    if (channel == null) {
      throw new IOException("the broker allows no more channels on a connection");
    }
    return channel;
  }

  /** Whether the broker takes nothing for now, for lack of memory or disk. */
  boolean isBlocked() {
    return blocked;
  }

  /**
   * A broker that is there and does not answer, or reads nothing, is as good as none. The socket
   * goes first: nobody who writes to it may hold up what follows.
   */
  void endIfSilent() {
    Duration silent = Duration.ofNanos(nanoTime.getAsLong() - publisher.oldest());
    if (!blocked && silent.compareTo(options.confirmTimeout()) > 0) {
      wire.cut();
      lost("no confirm for " + silent.toMillis() + " ms");
    }
  }

  void lost(String reason) {
    if (over.compareAndSet(false, true)) {
      onLost.accept(this, reason);
    }
  }

  /** Takes no more deliveries, and waits for the handlers at work. */
  boolean drain(Duration limit) {
    long until = nanoTime.getAsLong() + limit.toNanos();
    consumers.forEach(consumer -> consumer.stop(Duration.ZERO));
    boolean all = true;
    for (RabbitConsumer consumer : consumers) {
      all &= consumer.stop(Duration.ofNanos(Math.max(0, until - nanoTime.getAsLong())));
    }
    return all;
  }

  /**
   * Ends, and waits for nothing. What is not settled is delivered again, to whoever consumes next.
   */
  void leave(Executor farewells) {
    over.set(true);
    consumers.forEach(consumer -> consumer.stop(Duration.ZERO));
    publisher.end();
    wire.leave(farewells);
  }

  /** Closes the socket, if it is still open. */
  void cut() {
    wire.cut();
  }

  /** A channel whose end ends the session. */
  Channel channel() throws IOException {
    Channel channel = opened();
    channel.addShutdownListener(losing());
    return channel;
  }

  private ShutdownListener losing() {
    return cause -> lost(String.valueOf(cause.getMessage()));
  }
}
