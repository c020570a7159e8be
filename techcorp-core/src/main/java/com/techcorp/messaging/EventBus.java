package com.techcorp.messaging;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Carries events to named consumers. Each consumer gets every event it asked for at least once,
 * each stream's in sequence; its effect happens once because it writes {@link InboxEffect.Receive}
 * with it. Thread-safe.
 */
public interface EventBus extends AutoCloseable {
  /**
   * Begins; called once by the library, before anything is published. A bus around another one
   * passes it on. Default: does nothing.
   *
   * @param context what the process gives to its bus
   */
  default void start(BusContext context) {}

  /**
   * Subscribes a named consumer. The name is its identity across processes and restarts.
   *
   * @param subscription who, what and how
   * @throws com.techcorp.error.WiringError if the name is taken in this process
   */
  void subscribe(Subscription subscription);

  /**
   * Publishes; called by the relay, which has many events of different streams under way at once,
   * and of one stream one.
   *
   * @param event the event
   * @return completes with true once every consumer has it or it is kept for them (or the broker
   *     has it); with false, or exceptionally: offer it again later, and until then nothing else of
   *     its stream. With {@link com.techcorp.error.Unavailable}: nothing at all is taken for now,
   *     of no stream
   */
  CompletableFuture<Boolean> publish(Event event);

  /**
   * Publishes as {@link #publish} does, and tells sooner when the stream's next event may follow:
   * the relay calls this. A bus around another one passes it on. Default: both stages are what
   * {@link #publish} answers.
   *
   * @param event the event
   * @return what becomes of it
   */
  default Publication offer(Event event) {
    return Publication.of(publish(event));
  }

  /**
   * Hands events to one consumer again, in the order given, past all others: a stream's whole
   * history to a consumer that is new, or that lost what it had. The consumer's inbox knows what it
   * had; types that it does not want are left out.
   *
   * @param consumer its name
   * @param events what to send, with the ids under which they were published first
   * @throws com.techcorp.error.NotFound if there is no such consumer
   * @throws com.techcorp.error.Unavailable if not all were taken: send all again
   */
  void resend(String consumer, List<Event> events);

  /**
   * Ends deliveries; what is not acknowledged is delivered again later. Runs on a thread of the
   * library. A process that closes waits 30 s for it, and then gives up its lease all the same.
   */
  @Override
  void close();
}
