package com.techcorp.amqp;

import com.techcorp.amqp.RabbitDeadLetters.Letter;
import com.techcorp.contracts.EventBusContracts;
import com.techcorp.contracts.EventBusUnderTest;
import java.util.List;
import java.util.Set;

/** The bus over RabbitMQ. */
class RabbitEventBusContractIT extends EventBusContracts {
  @Override
  protected EventBusUnderTest open() {
    TestBroker broker = TestBroker.shared();
    // The contract is of what nobody wants; by default all that happens to an order is wanted.
    RabbitEventBus bus = broker.connect(broker.options.withWanted(Set.of()));
    List.of(
            "first",
            "second",
            "picky",
            "orderly",
            "flaky",
            "shaky",
            "poisoned",
            "late",
            "undeployed",
            "index")
        .forEach(broker::consumer);
    List.of("notifications", "batches", "strict", "pausing").forEach(broker::consumer);
    return new EventBusUnderTest(
        bus,
        broker.options.waits().size() + 1,
        consumer -> bus.deadLetters(consumer).peek(10).stream().map(Letter::reason).toList(),
        () -> {
          bus.close();
          broker.remove();
        });
  }
}
