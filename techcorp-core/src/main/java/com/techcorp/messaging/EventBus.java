package com.techcorp.messaging;

import java.util.List;

/**
 * Carries events to named consumers, within the process or through a broker. Each consumer gets
 * every event it asked for at least once, each stream's in sequence; its effect happens once
 * because it writes {@link InboxEffect.Receive} with it. Thread-safe.
 */
public interface EventBus extends AutoCloseable {
  /**
   * Subscribes a named consumer. The name is its identity across processes and restarts.
   *
   * @param subscription who, what and how
   * @throws com.techcorp.error.WiringException if the name is taken in this process
   */
  void subscribe(Subscription subscription);

  /**
   * Hands events to one consumer again, in the order given, past all others: a stream's whole
   * history to a consumer that is new, or that lost what it had. The consumer's inbox knows what it
   * had; types that it does not want are left out.
   *
   * @param consumer its name
   * @param events what to send, with the ids under which they were published first
   * @throws com.techcorp.error.NotFoundException if there is no such consumer
   * @throws com.techcorp.error.UnavailableException if not all were taken: send all again
   */
  void resend(String consumer, List<Event> events);

  /**
   * Ends deliveries; what is not acknowledged is delivered again later. Runs on a thread of the
   * library. A process that closes waits 30 s for it, and then gives up its lease all the same.
   */
  @Override
  void close();
}
