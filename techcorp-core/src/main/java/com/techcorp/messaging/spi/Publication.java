package com.techcorp.messaging.spi;

import java.util.concurrent.CompletableFuture;

/**
 * The outcome of publishing an event, in two stages. A bus may need time to keep an event for a
 * consumer that cannot have it now; the stream's later events do not wait for that. A stage that
 * fails counts as false, with the exceptions of {@link EventTransport#publish}.
 *
 * @param passed true: every consumer that can have the event has it, and the stream's next event
 *     may follow
 * @param taken true: the event may leave the outbox; false: the relay offers it again later. It
 *     completes whatever {@code passed} says
 */
public record Publication(CompletableFuture<Boolean> passed, CompletableFuture<Boolean> taken) {
  /**
   * Returns a publication with one answer for both stages.
   *
   * @param answer whether the event was taken
   * @return both stages in one
   */
  public static Publication of(CompletableFuture<Boolean> answer) {
    return new Publication(answer, answer);
  }
}
