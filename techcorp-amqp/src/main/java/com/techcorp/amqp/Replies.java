package com.techcorp.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Delivery;
import com.techcorp.error.UnavailableException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replies to this process's calls, on a queue that lives as long as its session. Callers that
 * wait when the session is lost fail at once. Thread-safe.
 */
final class Replies implements SessionAttachment {
  private static final Logger log = LoggerFactory.getLogger(Replies.class);

  private final TopologyDeclarations declarations;
  private final RabbitOptions options;
  private final Map<String, CompletableFuture<InventoryReply>> waiting = new ConcurrentHashMap<>();
  private @Nullable Session served; // of the keeper's thread
  private volatile @Nullable String queue;

  Replies(RabbitOptions options) {
    this.declarations = new TopologyDeclarations(Topology.of(options));
    this.options = options;
  }

  @Override
  public String without() {
    return "The inventory cannot be called";
  }

  @Override
  public void begin(Session session) throws IOException {
    if (served == session) {
      return;
    }
    Channel channel = session.opened();
    try {
      String declared = declarations.declareReplies(channel);
      channel.basicConsume(
          declared, true, (tag, delivery) -> arrived(delivery), tag -> channel.abort());
      queue = declared;
    } catch (IOException e) {
      channel.abort();
      throw declarations.refused(e, "have a queue of replies");
    }
    served = session;
    session.endWith(channel);
  }

  /** Returns the queue of replies; null while there is no broker. */
  @Nullable String queue() {
    return queue;
  }

  @Override
  public void lost() {
    served = null;
    queue = null;
    UnavailableException lost =
        new UnavailableException("the connection to RabbitMQ was lost: ask again");
    waiting.values().forEach(answer -> answer.completeExceptionally(lost));
  }

  CompletableFuture<InventoryReply> expect(String id) {
    CompletableFuture<InventoryReply> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    return answer;
  }

  void forget(String id) {
    waiting.remove(id);
  }

  private void arrived(Delivery delivery) {
    String id = delivery.getProperties().getCorrelationId();
    CompletableFuture<InventoryReply> answer = id == null ? null : waiting.get(id);
    if (answer == null) {
      log.debug("A reply came too late, or is nobody's");
      return;
    }
    try {
      Signatures.check(
          options.signing(),
          Signatures.Purpose.REPLY,
          delivery.getProperties(),
          delivery.getBody());
      answer.complete(InventoryReply.read(delivery.getBody(), options.maxBytes()));
    } catch (Fields.MalformedException e) {
      answer.completeExceptionally(Replies.unreadable(e));
    }
  }

  static UnavailableException unreadable(Fields.MalformedException problem) {
    return new UnavailableException(
        "the inventory's reply cannot be read: " + problem.getMessage());
  }
}
