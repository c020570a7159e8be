package com.techcorp.messaging;

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
   * Publishes; called by the relay.
   *
   * @param event the event
   * @return true once every consumer (or the broker) has it; false: offer it again later, and until
   *     then nothing else of its order
   */
  boolean publish(Event event);

  /** Ends deliveries; what is not acknowledged is delivered again later. */
  @Override
  void close();
}
