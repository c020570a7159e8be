package com.techcorp.messaging.internal;

import com.techcorp.messaging.Event;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A bus that keeps each stream's events in sequence by itself, so that it may have several of them
 * at once: a consumer need not wait for another one to have the event before. It never blocks.
 */
public interface PipelinedBus {
  /**
   * Publishes events of one stream.
   *
   * @param events by sequence, without a gap, the first being the stream's next one
   * @param fresh whether they begin with the stream's first event and were offered to nobody
   *     before; otherwise consumers' backlogs may hold earlier events of the stream
   * @return completes with how many were taken, from the first on; the rest is offered again later
   */
  CompletableFuture<Integer> publish(List<Event> events, boolean fresh);

  /**
   * Whether the current thread is at work for a consumer: who closes the bus there cannot wait for
   * it.
   *
   * @return true inside a handler
   */
  boolean isInsideAHandler();
}
