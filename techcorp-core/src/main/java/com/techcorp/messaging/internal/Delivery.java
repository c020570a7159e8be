package com.techcorp.messaging.internal;

import com.techcorp.error.internal.Invariants;
import com.techcorp.messaging.Event;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to one consumer.
 *
 * @param event the event
 * @param publication told what becomes of it; null if the event comes from the consumer's backlog
 * @param index the event's place in the publication
 */
record Delivery(Event event, @Nullable Publication publication, int index) {
  /**
   * @param taken whether the consumer handled it, or it is kept for that consumer; false: offer it
   *     again
   */
  void settle(boolean taken) {
    if (publication != null) {
      publication.settle(index, taken);
    }
  }

  /** Events of one stream that were published together. Thread-safe. */
  static final class Publication {
    private final CompletableFuture<Integer> taken = new CompletableFuture<>();
    private int open;
    private int firstRefused;

    /**
     * @param events how many
     * @param deliveries how many there are of them, to all consumers
     */
    Publication(int events, int deliveries) {
      this.firstRefused = events;
      this.open = deliveries;
    }

    /** Completes, when all is settled, with how many events were taken, from the first on. */
    CompletableFuture<Integer> taken() {
      return taken;
    }

    private void settle(int index, boolean took) {
      int events;
      synchronized (this) {
        if (!took) {
          firstRefused = Math.min(firstRefused, index);
        }
        open--;
        Invariants.within("open deliveries of a publication", open, 0, Integer.MAX_VALUE);
        if (open > 0) {
          return;
        }
        events = firstRefused;
      }
      taken.complete(events);
    }
  }
}
