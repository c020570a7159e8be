package com.techcorp.contracts;

import org.junit.jupiter.api.Nested;

/**
 * What orders do on a storage that holds their stock too. Each test ends with a check that stock,
 * money and events agree, and with the storage's own check of its invariants.
 */
public abstract class OrderContracts extends ContractSuite<SteppedStorage> {
  /** For subclasses. */
  protected OrderContracts() {}

  @Nested
  class Placement extends OrderSagaContract {}

  @Nested
  class Payment extends OrderPaymentContract {}

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
  class RefundsAfterTheWindow extends OrderRefundWindowContract {}

  @Nested
  class Amounts extends OrderAmountContract {}

  @Nested
  class OddAmounts extends OrderOddAmountContract {}

  @Nested
  class SoldOutProducts extends OrderSoldOutContract {}

  @Nested
  class FreeOrders extends OrderFreeContract {}

  @Nested
  class Cancellation extends OrderCancellationContract {}

  @Nested
  class Lifecycle extends OrderLifecycleContract {}

  @Nested
  class Idempotency extends OrderIdempotencyContract {}

  @Nested
  class Consumers extends OrderConsumersContract {}

  @Nested
  class Notification extends OrderNotificationContract {}

  @Nested
  class Inventory extends InventoryReserverContract {}

  @Nested
  class CartReuse extends CartReuseContract {}

  @Nested
  class Heeded extends HeededSignalsContract {}

  @Nested
  class Admin extends SagaAdminContract {}

  @Nested
  class Faults extends OrderFaultsContract {}

  @Nested
  class Secrets extends OrderSecretsContract {}
}
