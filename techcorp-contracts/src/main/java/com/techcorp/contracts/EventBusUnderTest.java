package com.techcorp.contracts;

import com.techcorp.messaging.spi.EventTransport;
import java.util.List;
import java.util.function.Function;

/**
 * A bus as {@link EventBusContracts} needs it.
 *
 * @param bus a started bus that carries nobody else's events and waits some milliseconds between
 *     the attempts of a consumer
 * @param attempts how often a consumer gets an event that it fails on
 * @param reasonsOfDead gives, for the name of a consumer, why its dead letters are dead, oldest
 *     first
 * @param closing closes the bus and removes what the test left behind
 */
public record EventBusUnderTest(
    EventTransport bus,
    int attempts,
    Function<String, List<String>> reasonsOfDead,
    Runnable closing)
    implements AutoCloseable {
  @Override
  public void close() {
    closing.run();
  }
}
