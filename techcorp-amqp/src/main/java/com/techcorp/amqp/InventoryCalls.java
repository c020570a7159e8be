package com.techcorp.amqp;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.techcorp.error.InvalidInputException;
import com.techcorp.error.OverloadedException;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.UnavailableException;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls to an inventory elsewhere: each is one request that waits for its reply, and only so many
 * are under way at once. Thread-safe.
 */
final class InventoryCalls {
  private final RabbitOptions options;
  private final RequestOptions requests;
  private final PublishingLink publishing;
  private final Replies replies;
  private final Semaphore places;

  InventoryCalls(
      RabbitOptions options, RequestOptions requests, PublishingLink publishing, Replies replies) {
    this.options = options;
    this.requests = requests;
    this.publishing = publishing;
    this.replies = replies;
    this.places = new Semaphore(requests.maxInFlight());
  }

  /** Sends a request, and waits for its reply as long as it may take. */
  InventoryReply call(InventoryRequest request) {
    byte[] body = request.body();
    if (body.length > options.maxBytes()) {
      throw new InvalidInputException(
          InventoryProtocol.LINES,
          "the request would be longer than "
              + options.maxBytes()
              + " bytes: nothing was sent; ask for less at once, or raise RabbitOptions.maxBytes"
              + " here and at the server");
    }
    if (!places.tryAcquire()) {
      throw new OverloadedException(
          "more than "
              + requests.maxInFlight()
              + " calls to the inventory are under way: nothing was sent, try again later");
    }
    String id = UUID.randomUUID().toString();
    try {
      CompletableFuture<InventoryReply> answer = replies.expect(id);
      send(id, body, answer);
      return answer.get(requests.timeout().toNanos(), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      throw new UnavailableException(
          "the inventory has not replied within " + requests.timeout() + ": ask again");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnavailableException("interrupted while the inventory was asked: ask again", e);
    } catch (ExecutionException e) {
      throw unanswered(e.getCause());
    } finally {
      replies.forget(id);
      places.release();
    }
  }

  private void send(String id, byte[] body, CompletableFuture<InventoryReply> answer) {
    String replyTo = replies.queue();
    if (replyTo == null || !publishing.isReady()) {
      throw new UnavailableException(
          "RabbitMQ cannot be reached now: nothing was sent, try again later");
    }
    Topology topology = Topology.of(options);
    BasicProperties properties =
        new BasicProperties.Builder()
            .messageId(id)
            .correlationId(id)
            .replyTo(replyTo)
            .expiration(Long.toString(requests.timeout().toMillis()))
            .contentType("application/json")
            .contentEncoding("UTF-8")
            .build();
    publishing
        .publish(
            topology.queues(),
            topology.requests(),
            Signatures.signed(options.signing(), Signatures.Purpose.REQUEST, properties, body),
            body)
        .whenComplete((outcome, unsent) -> sent(outcome, unsent, answer));
  }

  private static void sent(
      @Nullable PublishOutcome outcome,
      @Nullable Throwable unsent,
      CompletableFuture<InventoryReply> answer) {
    if (unsent != null) {
      String why = String.valueOf(unsent.getMessage());
      answer.completeExceptionally(
          why.equals(Publisher.FULL)
              ? new OverloadedException(why)
              : new UnavailableException(why));
    } else if (outcome == PublishOutcome.UNROUTED) {
      answer.completeExceptionally(
          new UnavailableException(
              "nobody serves calls to the inventory: nothing was sent, start a server"));
    } else if (outcome == PublishOutcome.REFUSED) {
      answer.completeExceptionally(
          new UnavailableException(
              "RabbitMQ refused the request, its queue may be full: ask again later"));
    } else if (outcome == PublishOutcome.UNKNOWN) {
      answer.completeExceptionally(
          new UnavailableException("RabbitMQ did not confirm the request: ask again"));
    }
  }

  private static TechCorpException unanswered(@Nullable Throwable cause) {
    if (cause instanceof OverloadedException overloaded) {
      return new OverloadedException(String.valueOf(overloaded.getMessage()));
    }
    return cause instanceof TechCorpException known
        ? new UnavailableException(String.valueOf(known.getMessage()), known)
        : new UnavailableException("the call failed: " + cause, cause);
  }
}
