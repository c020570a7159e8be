package com.techcorp.contracts.memory;

import com.techcorp.InProcessEventBus;
import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.contracts.EventBusContracts;
import com.techcorp.contracts.EventBusUnderTest;
import com.techcorp.messaging.Backlog;
import com.techcorp.messaging.Inbox.DeadLetter;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.storage.Fence;
import com.techcorp.testkit.MemoryStorage;
import java.time.Duration;

/** The bus within a process. */
class InProcessEventBusContractTest extends EventBusContracts {
  @Override
  protected EventBusUnderTest open() {
    int attempts = 4;
    MemoryStorage storage = MemoryStorage.create();
    Fence node = storage.nodes().register("contract", Duration.ofHours(1));
    InProcessEventBus bus =
        new InProcessEventBus(storage.inbox(), RetryPolicy.every(Duration.ofMillis(20), attempts));
    bus.start(
        new BusContext(
            new OwnThreads(),
            () -> node,
            new FaultBoundary(),
            storage.consumerBacklog(),
            () -> Backlog.NONE));
    return new EventBusUnderTest(
        bus,
        attempts,
        consumer -> storage.inbox().dead(consumer, 10).stream().map(DeadLetter::reason).toList(),
        bus::close);
  }
}
