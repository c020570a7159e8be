package com.techcorp.amqp;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Return;
import com.techcorp.error.InvalidInputException;
import com.techcorp.error.TokenRedaction;
import com.techcorp.error.UnavailableException;
import java.io.IOException;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes on one channel and matches the broker's confirms and returns. A message that no queue
 * wants is confirmed all the same; it is returned before that, so the two are held together by its
 * id.
 *
 * <p>Callers never wait for the peer: a message goes into a bounded queue, and one thread at a time
 * writes. Thread-safe.
 */
final class Publisher {
  /** Why a message was not sent for which there was no room. */
  static final String FULL = "RabbitMQ takes less than it is given: nothing was sent, try again";

  private static final int LONGEST_KEY = 255;
  private static final Logger log = LoggerFactory.getLogger(Publisher.class);

  /** The most messages that may wait to be written. */
  private static final int MAX_WAITING = 8_192;

  /** The most bytes that may wait to be written; a single message may have more. */
  private static final long MAX_WAITING_BYTES = 32L << 20;

  private final Channel channel;
  private final Gathering gathering;
  private final Executor writers;
  private final LongSupplier nanoTime;
  private final Queue<Message> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waitingCount = new AtomicInteger();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final ConcurrentNavigableMap<Long, Sent> unconfirmed = new ConcurrentSkipListMap<>();
  private final Set<String> returned = ConcurrentHashMap.newKeySet();
  private volatile boolean ended;

  /** Waits to be written. */
  private static final class Message {
    private final String exchange;
    private final String key;
    private final BasicProperties properties;
    private final byte[] body;
    private final CompletableFuture<PublishOutcome> outcome = new CompletableFuture<>();

    Message(String exchange, String key, BasicProperties properties, byte[] body) {
      this.exchange = exchange;
      this.key = key;
      this.properties = properties;
      this.body = body;
    }
  }

  private record Sent(String id, long at, CompletableFuture<PublishOutcome> outcome) {}

  /** Sends together what a thread writes. */
  interface Gathering {
    void gather(Runnable writes) throws IOException;
  }

  /**
   * @param gathering sends what waits together
   * @param writers where this writes, one thread at a time, which the peer may block
   */
  Publisher(Channel channel, Gathering gathering, Executor writers, LongSupplier nanoTime)
      throws IOException {
    this.channel = channel;
    this.gathering = gathering;
    this.writers = writers;
    this.nanoTime = nanoTime;
    channel.confirmSelect();
    channel.addReturnListener(this::returned);
    channel.addConfirmListener(
        (tag, multiple) -> settle(tag, multiple, true),
        (tag, multiple) -> settle(tag, multiple, false));
    channel.addShutdownListener(cause -> end());
  }

  /**
   * Publishes, in the order of calls. Never waits.
   *
   * @return fails with {@link UnavailableException} if nothing was sent: too much waits already, or
   *     the session is at its end; with {@link InvalidInputException} if it can never be sent
   */
  CompletableFuture<PublishOutcome> publish(
      String exchange, String key, BasicProperties properties, byte[] body) {
    if (ended) {
      return CompletableFuture.failedFuture(unsent());
    }
    if (waitingCount.get() >= MAX_WAITING || waitingBytes.get() >= MAX_WAITING_BYTES) {
      return CompletableFuture.failedFuture(new UnavailableException(FULL));
    }
    if (key.getBytes(UTF_8).length > LONGEST_KEY) {
      return CompletableFuture.failedFuture(
          new InvalidInputException(
              "type", "is longer than the " + LONGEST_KEY + " bytes of a routing key"));
    }
    if (!MovedHeaders.fit(properties.getHeaders(), channel)) {
      return CompletableFuture.failedFuture(
          new InvalidInputException("headers", "are longer than a frame of RabbitMQ's"));
    }
    Message message = new Message(exchange, key, withId(properties), body);
    waitingBytes.addAndGet(body.length);
    waiting.add(message);
    if (waitingCount.getAndIncrement() == 0) {
      writers.execute(this::write);
    }
    if (ended) {
      end(); // it may have ended before this one was added
    }
    return message.outcome;
  }

  private void write() {
    try {
      gathering.gather(this::writeAll);
    } catch (IOException e) {
      log.debug("What was written could not be sent, the session ends: {}", e.getMessage());
      end();
      channel.getConnection().abort(Wire.CLOSE_MILLIS);
    }
  }

  private void writeAll() {
    do {
      Message next = waiting.poll();
      if (next != null) { // else it ended, and no one waits any more
        waitingBytes.addAndGet(-next.body.length);
        write(next);
      }
    } while (waitingCount.decrementAndGet() > 0);
  }

  private void write(Message message) {
    long tag = channel.getNextPublishSeqNo();
    unconfirmed.put(
        tag, new Sent(message.properties.getMessageId(), nanoTime.getAsLong(), message.outcome));
    try {
      channel.basicPublish(message.exchange, message.key, true, message.properties, message.body);
    } catch (IOException | AlreadyClosedException e) {
      unconfirmed.remove(tag);
      message.outcome.complete(PublishOutcome.UNKNOWN);
    } catch (Throwable e) {
      // It may be counted here and not by the broker: no later confirm could be believed.
      log.error("A message could not be written, the session ends", TokenRedaction.NONE.safe(e));
      end();
      channel.getConnection().abort(Wire.CLOSE_MILLIS);
    }
    if (ended || !channel.isOpen()) {
      end(); // it may have closed after its listener had run
    }
  }

  /**
   * Returns the properties with an id; a message from elsewhere that becomes a dead letter may have
   * none.
   */
  private static BasicProperties withId(BasicProperties properties) {
    return properties.getMessageId() == null
        ? properties.builder().messageId(UUID.randomUUID().toString()).build()
        : properties;
  }

  /** Since when the oldest unconfirmed message is being written; now, if there is none. */
  long oldest() {
    Map.Entry<Long, Sent> first = unconfirmed.firstEntry();
    return first == null ? nanoTime.getAsLong() : first.getValue().at();
  }

  private void returned(Return message) {
    returned.add(message.getProperties().getMessageId());
  }

  private void settle(long tag, boolean multiple, boolean confirmed) {
    Map<Long, Sent> settled =
        multiple ? unconfirmed.headMap(tag, true) : unconfirmed.subMap(tag, true, tag, true);
    for (Long each : settled.keySet()) {
      Sent sent = unconfirmed.remove(each);
      if (sent != null) {
        boolean unrouted = !returned.isEmpty() && returned.remove(sent.id());
        sent.outcome()
            .complete(
                !confirmed
                    ? PublishOutcome.REFUSED
                    : unrouted ? PublishOutcome.UNROUTED : PublishOutcome.CONFIRMED);
      }
    }
  }

  /** Tells at once all who wait, whatever the peer does. Idempotent. */
  void end() {
    ended = true;
    for (Long tag : unconfirmed.keySet()) {
      Sent sent = unconfirmed.remove(tag);
      if (sent != null) {
        sent.outcome().complete(PublishOutcome.UNKNOWN);
      }
    }
    Message unwritten = waiting.poll();
    while (unwritten != null) {
      unwritten.outcome.completeExceptionally(unsent());
      unwritten = waiting.poll();
    }
  }

  private static UnavailableException unsent() {
    return new UnavailableException(
        "the connection to RabbitMQ was lost: nothing was sent, try again");
  }
}
