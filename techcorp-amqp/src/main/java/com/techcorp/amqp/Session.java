package com.techcorp.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ShutdownListener;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;

/**
 * One connection with all that is open on it. It is good or it is lost as a whole: whatever closes
 * the connection or one of its channels (the broker's restart, a consumer that was too slow, a
 * deleted queue) ends the session, and another is built. Thread-safe.
 */
final class Session {
  private final Wire wire;
  private final Connection connection;
  private final Topology topology;
  private final BiConsumer<Session, String> onLost;
  private final AtomicBoolean over = new AtomicBoolean();
  private volatile boolean blocked;

  /**
   * Creates a session on an open connection; declares nothing yet.
   *
   * @param wire whose connection it is
   * @param onLost called once, with the reason, unless {@link #leave} was called before; on a
   *     thread of the connection, which must not be closed there
   */
  Session(
      Wire wire, Connection connection, RabbitOptions options, BiConsumer<Session, String> onLost) {
    this.wire = wire;
    this.connection = connection;
    this.topology = Topology.of(options);
    this.onLost = onLost;
    connection.addShutdownListener(losing());
    connection.addBlockedListener(reason -> blocked = true, () -> blocked = false);
  }

  /** Returns whether the exchange of events is there. */
  boolean hasExchange() throws IOException {
    try {
      onOwnChannel(channel -> channel.exchangeDeclarePassive(topology.events()));
      return true;
    } catch (IOException e) {
      if (BrokerRefusals.code(e) != AMQP.NOT_FOUND) {
        throw e;
      }
      return false;
    }
  }

  /** Declares the exchanges, also repeatedly, because they may have been deleted. */
  void declareExchanges() throws IOException {
    onOwnChannel(new TopologyDeclarations(topology)::declareExchanges);
  }

  /** Something that a channel is needed for. */
  interface Task {
    void on(Channel channel) throws IOException;
  }

  /**
   * Runs a task on a channel of its own, because a refusal closes the channel and must not cost the
   * session.
   */
  void onOwnChannel(Task task) throws IOException {
    try (Channel channel = opened()) {
      task.on(channel);
    } catch (TimeoutException e) {
      throw new IOException("the broker did not close a channel", e);
    }
  }

  /** A channel whose end does not end the session. */
  Channel opened() throws IOException {
    Channel channel = connection.createChannel();
    if (channel == null) {
      throw new IOException("the broker allows no more channels on a connection");
    }
    return channel;
  }

  /** A channel whose end ends the session. */
  Channel channel() throws IOException {
    Channel channel = opened();
    endWith(channel);
    return channel;
  }

  /** Ends the session when this channel ends. */
  void endWith(Channel channel) {
    channel.addShutdownListener(losing());
  }

  private ShutdownListener losing() {
    return cause -> lost(String.valueOf(cause.getMessage()));
  }

  /** Gathers writes as {@link Wire#gather} does. */
  void gather(Runnable writes) throws IOException {
    wire.gather(writes);
  }

  /** Returns whether the broker takes nothing for now, for lack of memory or disk. */
  boolean isBlocked() {
    return blocked;
  }

  void lost(String reason) {
    if (over.compareAndSet(false, true)) {
      onLost.accept(this, reason);
    }
  }

  /**
   * Ends, and waits for nothing. Unsettled deliveries are delivered again, to the next consumer.
   */
  void leave(Executor farewells) {
    over.set(true);
    wire.leave(farewells);
  }

  /** Closes the socket, if it is still open. */
  void cut() {
    wire.cut();
  }
}
