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
  class HoldTime extends OrderHoldTimeContract {}

  @Nested
  class Bulkheads extends OrderBulkheadContract {}

  @Nested
  class LateCharges extends LateChargeContract {}

  @Nested
  class LateReports extends LateReportContract {}

  @Nested
  class ExtraSteps extends OrderExtraStepsContract {}

  @Nested
  class Races extends OrderRacesContract {}

  @Nested
  class Outages extends OrderOutagesContract {}

  @Nested
  class Bounds extends OrderBoundsContract {}

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
  class Counters extends OrderCountersContract {}

  @Nested
  class LockedStock extends OrderLockedStockContract {}

  @Nested
  class FreeOrders extends OrderFreeContract {}

  @Nested
  class Cancellation extends OrderCancellationContract {}

  @Nested
  class Lifecycle extends OrderLifecycleContract {}

  @Nested
  class Events extends OrderEventsContract {}

  @Nested
  class StockEvents extends OrderStockEventsContract {}

  @Nested
  class History extends OrderHistoryContract {}

  @Nested
  class Idempotency extends OrderIdempotencyContract {}

  @Nested
  class Consumers extends OrderConsumersContract {}

  @Nested
  class ConsumerTimeouts extends OrderConsumerTimeoutsContract {}

  @Nested
  class PausedConsumer extends OrderPausedConsumerContract {}

  @Nested
  class Notification extends OrderNotificationContract {}

  @Nested
  class InventoryHolds extends InventoryReserverHoldsContract {}

  @Nested
  class InventoryExpiry extends InventoryReserverExpiryContract {}

  @Nested
  class InventoryOwners extends InventoryReserverOwnersContract {}

  @Nested
  class CartReuse extends CartReuseContract {}

  @Nested
  class Heeded extends HeededSignalsContract {}

  @Nested
  class Admin extends SagaAdminContract {}

  @Nested
  class StepFaults extends OrderStepFaultsContract {}

  @Nested
  class GatewayFaults extends OrderGatewayFaultsContract {}

  @Nested
  class Secrets extends OrderSecretsContract {}
}
