package com.techcorp.contracts;

import com.techcorp.messaging.spi.EventTransport;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Timeout;

/** What every {@link EventTransport} does, whether it has a broker or not. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
public abstract class EventBusContracts extends ContractSuite<EventBusUnderTest> {
  /** For subclasses. */
  protected EventBusContracts() {}

  @Nested
  class Delivery extends EventBusDeliveryContract {}

  @Nested
  class Failures extends EventBusFailuresContract {}

  @Nested
  class Batches extends EventBusBatchesContract {}

  @Nested
  class Pauses extends EventBusPausesContract {}
}
