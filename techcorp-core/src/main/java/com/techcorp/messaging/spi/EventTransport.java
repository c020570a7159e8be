package com.techcorp.messaging.spi;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventBus;
import java.util.concurrent.CompletableFuture;

/**
 * A bus as its author implements it: what the library calls of it beside what hosts do.
 * Thread-safe. An adapter passes {@code EventBusContracts}.
 */
public interface EventTransport extends EventBus {
  /**
   * Begins; called once by the library, before anything is published. A bus around another one
   * passes it on. Default: does nothing.
   *
   * @param context what the process gives to its bus
   */
  default void start(BusContext context) {}

  /**
   * Publishes; called by the relay, which has many events of different streams under way at once,
   * and of one stream one.
   *
   * @param event the event
   * @return completes with true once every consumer has it or it is kept for them (or the broker
   *     has it); with false, or exceptionally: offer it again later, and until then nothing else of
   *     its stream. With {@link com.techcorp.error.UnavailableException}: nothing at all is taken
   *     for now, of no stream
   */
  CompletableFuture<Boolean> publish(Event event);

  /**
   * Publishes as {@link #publish} does, and reports earlier when the stream's next event may
   * follow; the relay calls this. A bus around another one passes it on. Default: both stages are
   * what {@link #publish} answers.
   *
   * @param event the event
   * @return what becomes of it
   */
  default Publication offer(Event event) {
    return Publication.of(publish(event));
  }
}
