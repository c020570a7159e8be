package com.techcorp.contracts;

import org.junit.jupiter.api.Nested;

/**
 * What orders do while their stock is in another storage: {@link SteppedStorage#inventory} gives a
 * {@link RemoteInventory}.
 */
public abstract class RemoteInventoryContracts extends ContractSuite<SteppedStorage> {
  /** For subclasses. */
  protected RemoteInventoryContracts() {}

  @Nested
  class Placement extends OrderSagaContract {}

  @Nested
  class Payment extends OrderPaymentContract {}

  @Nested
  class Amounts extends OrderAmountContract {}

  @Nested
  class Bulkheads extends OrderBulkheadContract {}

  @Nested
  class LateAnswers extends LateAnswerContract {}

  @Nested
  class ExtraSteps extends OrderExtraStepsContract {}

  @Nested
  class Traps extends OrderTrapsContract {}

  @Nested
  class Refunds extends OrderRefundContract {}

  @Nested
  class FreeOrders extends OrderFreeContract {}

  @Nested
  class Cancellation extends OrderCancellationContract {}

  @Nested
  class Lifecycle extends OrderLifecycleContract {}

  @Nested
  class Idempotency extends OrderIdempotencyContract {}

  @Nested
  class Notification extends OrderNotificationContract {}

  @Nested
  class Inventory extends InventoryReserverContract {}

  @Nested
  class Admin extends SagaAdminContract {}

  @Nested
  class Secrets extends OrderSecretsContract {}

  @Nested
  class Faults extends OrderRemoteInventoryContract {}
}
