package com.techcorp.amqp;

import com.techcorp.contracts.EventBusContract;
import com.techcorp.messaging.spi.EventTransport;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class RabbitEventBusContractIT extends EventBusContract {
  private TestBroker broker;
  private RabbitEventBus bus;

  @BeforeEach
  void connect() {
    broker = TestBroker.shared();
    // The contract is of what nobody wants; by default all that happens to an order is wanted.
    bus = broker.connect(broker.options.withWanted(Set.of()));
    List.of("first", "second", "picky", "orderly", "flaky", "shaky", "poisoned", "late")
        .forEach(broker::consumer);
    broker.consumer("notifications");
  }

  @AfterEach
  void disconnect() throws Exception {
    bus.close();
    broker.remove();
  }

  @Override
  protected EventTransport bus() {
    return bus;
  }

  @Override
  protected int attempts() {
    return broker.options.waits().size() + 1;
  }

  @Override
  protected List<String> reasonsOfDead(String consumer) {
    return bus.deadLetters(consumer).peek(10).stream()
        .map(RabbitDeadLetters.Letter::reason)
        .toList();
  }
}
