package com.techcorp.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Return;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongSupplier;

/**
 * Publishes on one channel and matches the broker's confirms and returns. A message that no queue
 * wants is confirmed all the same; it is returned before that, so the two are held together by its
 * id. Thread-safe.
 */
final class Publisher {
  private final Channel channel;
  private final LongSupplier nanoTime;
  private final ConcurrentNavigableMap<Long, Sent> unconfirmed = new ConcurrentSkipListMap<>();
  private final Set<String> returned = ConcurrentHashMap.newKeySet();

  /** What became of a message. */
  enum Fate {
    /** In every queue that wants it, on disk. */
    CONFIRMED,
    /** No queue wants it. */
    UNROUTED,
    /** It may or may not be there: the broker refused it, or did not answer before the end. */
    UNKNOWN
  }

  private record Sent(String id, long at, CompletableFuture<Fate> fate) {}

  Publisher(Channel channel, LongSupplier nanoTime) throws IOException {
    this.channel = channel;
    this.nanoTime = nanoTime;
    channel.confirmSelect();
    channel.addReturnListener(this::returned);
    channel.addConfirmListener(
        (tag, multiple) -> settle(tag, multiple, true),
        (tag, multiple) -> settle(tag, multiple, false));
    channel.addShutdownListener(cause -> abandon());
  }

  /** Publishes; tags are given in the order of sending, hence one at a time. */
  synchronized CompletableFuture<Fate> publish(
      String exchange, String key, BasicProperties properties, byte[] body) {
    CompletableFuture<Fate> fate = new CompletableFuture<>();
    long tag = channel.getNextPublishSeqNo();
    BasicProperties known = withId(properties);
    unconfirmed.put(tag, new Sent(known.getMessageId(), nanoTime.getAsLong(), fate));
    try {
      channel.basicPublish(exchange, key, true, known, body);
    } catch (IOException | AlreadyClosedException e) {
      unconfirmed.remove(tag);
      fate.complete(Fate.UNKNOWN);
    }
    if (!channel.isOpen()) {
      abandon(); // it may have closed after its listener had run
    }
    return fate;
  }

  /** What came from elsewhere, and goes to the dead letters, may have none. */
  private static BasicProperties withId(BasicProperties properties) {
    return properties.getMessageId() == null
        ? properties.builder().messageId(UUID.randomUUID().toString()).build()
        : properties;
  }

  /** When the oldest unconfirmed message was sent; now, if there is none. */
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
        boolean unrouted = returned.remove(sent.id());
        sent.fate().complete(!confirmed ? Fate.UNKNOWN : unrouted ? Fate.UNROUTED : Fate.CONFIRMED);
      }
    }
  }

  private void abandon() {
    for (Long tag : unconfirmed.keySet()) {
      Sent sent = unconfirmed.remove(tag);
      if (sent != null) {
        sent.fate().complete(Fate.UNKNOWN);
      }
    }
  }
}
