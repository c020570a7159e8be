package com.techcorp.messaging.internal;

import com.techcorp.messaging.Event;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * A bus that keeps each stream's events in sequence itself, so that it may receive several at once
 * and no consumer waits for another. It never blocks.
 */
public interface PipelinedBus {
  /**
   * Publishes events of one stream.
   *
   * @param events by sequence, without a gap, the first being the stream's next one
   * @param fresh whether they begin with the stream's first event and were never offered before;
   *     otherwise consumers' backlogs may hold earlier events of the stream
   * @return completes with how many were taken, from the first on; the rest is offered again later
   */
  CompletableFuture<Integer> publish(List<Event> events, boolean fresh);

  /**
   * Returns whether the current thread is at work for a consumer: who closes the bus there cannot
   * wait for it.
   *
   * @return true inside a handler
   */
  boolean isInsideAHandler();
}
