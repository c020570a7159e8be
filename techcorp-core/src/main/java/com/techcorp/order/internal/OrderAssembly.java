package com.techcorp.order.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.techcorp.catalog.ProductCatalog;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.inventory.spi.KnownShortages;
import com.techcorp.order.CartReader;
import com.techcorp.order.CustomerDirectory;
import com.techcorp.order.OrderSaga;
import com.techcorp.order.OrderSettings;
import com.techcorp.order.spi.IdempotencyKeys;
import com.techcorp.order.spi.OrderStore;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.spi.PaymentLedger;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaEngine;
import com.techcorp.saga.spi.CommandExecutor;
import com.techcorp.saga.spi.SagaJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Puts the order saga together: its definitions first, for the engine; then the facade on it. */
public final class OrderAssembly {
  private final ObjectMapper json;
  private final OrderStore orders;
  private final PaymentLedger payments;
  private final Traces traces;
  private final ReversalSaga reversal;
  private final OrderStock stock;
  private final SagaDefinition<OrderSagaData> definition;
  private final SagaDefinition<ReversalData> reversalDefinition;
  private final SoldOutDoor door;
  private final OrderNumbers numbers;

  /**
   * Builds the definitions.
   *
   * @param gateway charges and refunds
   * @param orders the orders
   * @param payments the charges, and what was reported of them
   * @param journal where sagas are sent the inventory's answers
   * @param json writes saga data
   * @param inventory where stock is kept in another database, or null: in the orders' own
   * @param known what fell short a moment ago
   * @param settings times, retries, extra steps
   * @param traces the traces that orders belong to
   * @param nanoTime a monotonic time
   */
  public OrderAssembly(
      PaymentGateway gateway,
      OrderStore orders,
      PaymentLedger payments,
      SagaJournal journal,
      ObjectMapper json,
      @Nullable InventoryReserver inventory,
      KnownShortages known,
      OrderSettings settings,
      Traces traces,
      LongSupplier nanoTime) {
    this.numbers = new OrderNumbers(orders::reserveNumbers, nanoTime);
    this.json = json;
    this.orders = orders;
    this.payments = payments;
    this.traces = traces;
    this.reversal = new ReversalSaga(gateway, orders, payments, json, settings, traces);
    this.door = new SoldOutDoor(known, settings.soldOut());
    this.stock =
        inventory == null
            ? new LocalOrderStock(settings, door)
            : new RemoteOrderStock(inventory, journal, orders, settings);
    this.definition =
        new OrderSagaDefinition(gateway, payments, reversal, stock, settings).build(orders);
    this.reversalDefinition = reversal.build();
  }

  /**
   * What the engine must be able to run.
   *
   * @return the definitions of orders, and of what must go back
   */
  public List<SagaDefinition<?>> definitions() {
    List<SagaDefinition<?>> all = new ArrayList<>(List.of(definition, reversalDefinition));
    all.addAll(stock.definitions());
    return all;
  }

  /**
   * Whether an order's saga has not ended yet.
   *
   * @param journal the live sagas
   * @param orderId the order
   * @return true if it is live
   */
  public static boolean underWay(SagaJournal journal, UUID orderId) {
    return journal
        .find(orderId)
        .filter(saga -> saga.definition().equals(OrderSagaDefinition.NAME))
        .isPresent();
  }

  /**
   * The facade.
   *
   * @param engine drives the sagas
   * @param executor commits commands
   * @param journal takes signals
   * @param keys idempotency keys
   * @param carts the host's carts
   * @param catalog the host's products
   * @param customers the host's customers
   * @param outboxFull whether so much waits to be published that nothing more is accepted
   * @return takes orders
   */
  public OrderSaga facade(
      SagaEngine engine,
      CommandExecutor executor,
      SagaJournal journal,
      IdempotencyKeys keys,
      CartReader carts,
      ProductCatalog catalog,
      CustomerDirectory customers,
      BooleanSupplier outboxFull) {
    return new DocumentedOrders(
        new DefaultOrderSaga(
            new OrderAdmission(carts, catalog, customers, traces),
            numbers,
            definition,
            new JoinedPlacement(definition, json),
            new OrderCommands(executor, journal, orders, payments, reversal, stock, traces),
            executor,
            engine,
            orders,
            keys,
            door,
            outboxFull));
  }
}
