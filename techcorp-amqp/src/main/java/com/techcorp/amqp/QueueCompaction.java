package com.techcorp.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Delivery;
import com.rabbitmq.client.GetResponse;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.Subscription;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Removes from a queue of a coalescing consumer that is paused the events that a later one makes
 * superfluous, so that the queue is bounded by the number of streams. Reads the whole queue, hence
 * only when it has doubled. For one thread at a time.
 */
final class QueueCompaction {
  /** A queue that is shorter is left as it is. */
  static final int LEAST = 1_000;

  /** All deliveries of a channel. */
  private static final long ALL = 0;

  private final Subscription subscription;
  private final RabbitOptions options;
  private final String queue;

  /** How many events there were after the last time. */
  private long kept;

  private record StateOf(EventStream stream, String type) {}

  QueueCompaction(Subscription subscription, RabbitOptions options, String queue) {
    this.subscription = subscription;
    this.options = options;
    this.queue = queue;
  }

  /**
   * Compacts the queue, if it is worth it.
   *
   * @param of on whose connection
   * @param ended whether there is no time for it any more
   */
  void run(Channel of, BooleanSupplier ended) throws IOException {
    Channel opened = of.getConnection().createChannel();
    if (opened == null) {
      return; // there are too many; it is not urgent
    }
    try (Channel channel = opened) {
      long there = channel.messageCount(queue);
      if (there >= Math.max(LEAST, 2 * kept)) {
        kept = there - superseded(channel, there, ended);
        channel.basicNack(ALL, true, true);
      }
    } catch (TimeoutException e) {
      throw new IOException("the broker did not close a channel", e);
    }
  }

  /** The earlier event goes: whatever it told of was there before the later one. */
  private long superseded(Channel channel, long there, BooleanSupplier ended) throws IOException {
    Map<StateOf, Long> last = new HashMap<>();
    long superseded = 0;
    GetResponse next = channel.basicGet(queue, false);
    for (long seen = 1; next != null && seen <= there; seen++) {
      Event event = event(next);
      if (event != null && !event.isOrdered() && subscription.types().contains(event.type())) {
        long tag = next.getEnvelope().getDeliveryTag();
        Long before = last.put(new StateOf(event.stream(), event.type()), tag);
        if (before != null) {
          channel.basicAck(before, false);
          superseded++;
        }
      }
      next = seen < there && !ended.getAsBoolean() ? channel.basicGet(queue, false) : null;
    }
    return superseded;
  }

  private @Nullable Event event(GetResponse from) {
    Received received =
        new Received(new Delivery(from.getEnvelope(), from.getProps(), from.getBody()));
    received.read(options);
    return received.event();
  }
}
