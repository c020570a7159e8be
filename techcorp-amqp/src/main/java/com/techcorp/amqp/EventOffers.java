package com.techcorp.amqp;

import com.techcorp.messaging.Event;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** How events are offered to the broker. */
interface EventOffers {
  /** Publishes to all queues that want the event. */
  CompletableFuture<PublishOutcome> toAll(Event event);

  /** Returns this process's consumers whose queues refuse the event, by the queues' names. */
  List<String> refusing(Event event) throws InterruptedException;

  /** Returns whether what became of it counts as taken. */
  boolean isTaken(Event event, PublishOutcome outcome);

  /** Waits for what becomes of it, as long as the broker may take. */
  PublishOutcome awaitOutcome(CompletableFuture<PublishOutcome> offered)
      throws InterruptedException;
}
