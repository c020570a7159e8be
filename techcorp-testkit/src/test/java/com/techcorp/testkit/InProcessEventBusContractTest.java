package com.techcorp.testkit;

import com.techcorp.messaging.EventBus;
import com.techcorp.messaging.InProcessEventBus;
import com.techcorp.messaging.Inbox;
import com.techcorp.saga.RetryPolicy;
import com.techcorp.testkit.contract.EventBusContract;
import java.time.Duration;
import java.util.List;

class InProcessEventBusContractTest extends EventBusContract {
  private static final int ATTEMPTS = 4;

  private final Inbox inbox = MemoryStorage.create(SteppedClock.create()).inbox();
  private final EventBus bus =
      new InProcessEventBus(inbox, RetryPolicy.every(Duration.ofMillis(20), ATTEMPTS));

  @Override
  protected EventBus bus() {
    return bus;
  }

  @Override
  protected int attempts() {
    return ATTEMPTS;
  }

  @Override
  protected List<String> reasonsOfDead(String consumer) {
    return inbox.dead(consumer, 10).stream().map(Inbox.DeadLetter::reason).toList();
  }
}
