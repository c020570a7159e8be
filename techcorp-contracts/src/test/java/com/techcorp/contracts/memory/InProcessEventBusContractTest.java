package com.techcorp.contracts.memory;

import com.techcorp.InProcessEventBus;
import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.contracts.EventBusContract;
import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.Inbox;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.storage.Fence;
import com.techcorp.testkit.MemoryStorage;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class InProcessEventBusContractTest extends EventBusContract {
  private static final int ATTEMPTS = 4;

  private final MemoryStorage storage = MemoryStorage.create();
  private final InProcessEventBus bus =
      new InProcessEventBus(storage.inbox(), RetryPolicy.every(Duration.ofMillis(20), ATTEMPTS));

  @BeforeEach
  void start() {
    Fence node = storage.nodes().register("contract", Duration.ofHours(1));
    bus.start(
        new BusContext(
            new OwnThreads(),
            () -> node,
            new FaultBoundary(),
            storage.consumerBacklog(),
            () -> Backlog.NONE));
  }

  @AfterEach
  void close() {
    bus.close();
  }

  @Override
  protected EventTransport bus() {
    return bus;
  }

  @Override
  protected int attempts() {
    return ATTEMPTS;
  }

  @Override
  protected List<String> reasonsOfDead(String consumer) {
    return storage.inbox().dead(consumer, 10).stream().map(Inbox.DeadLetter::reason).toList();
  }
}
