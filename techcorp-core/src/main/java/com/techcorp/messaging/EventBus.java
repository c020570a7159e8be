package com.techcorp.messaging;

import java.util.concurrent.CompletableFuture;

/**
 * Carries events to named consumers. Each consumer gets every event it asked for at least once,
 * each order's in sequence; its effect happens once because it writes {@link InboxEffect.Receive}
 * with it. Thread-safe.
 */
public interface EventBus extends AutoCloseable {
  /**
   * Subscribes a named consumer. The name is its identity across processes and restarts.
   *
   * @param subscription who, what and how
   * @throws com.techcorp.error.WiringError if the name is taken in this process
   */
  void subscribe(Subscription subscription);

  /**
   * Publishes; called by the relay, which has many events of different orders under way at once,
   * and of one order one.
   *
   * @param event the event
   * @return completes with true once every consumer (or the broker) has it; with false, or
   *     exceptionally: offer it again later, and until then nothing else of its order
   */
  CompletableFuture<Boolean> publish(Event event);

  /** Ends deliveries; what is not acknowledged is delivered again later. */
  @Override
  void close();
}
