package com.techcorp.order.internal;

import com.techcorp.inventory.spi.KnownShortages;
import com.techcorp.order.OrderOptions;
import com.techcorp.order.OrderSaga;
import com.techcorp.order.spi.OrderStore;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaEngine;
import com.techcorp.saga.spi.CommandExecutor;
import com.techcorp.saga.spi.SagaJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** Puts the order saga together: its definitions first, for the engine; then the facade on it. */
public final class OrderAssembly {
  private final HostPorts host;
  private final OrderStorage storage;
  private final Traces traces;
  private final ReversalSaga reversal;
  private final OrderStock stock;
  private final SagaDefinition<OrderSagaData> definition;
  private final SagaDefinition<ReversalData> reversalDefinition;
  private final SoldOutDoor door;
  private final OrderNumbers numbers;

  /**
   * Builds the saga definitions for the engine.
   *
   * @param host what the host gives for orders
   * @param storage what orders read
   * @param known recent shortages
   * @param options times, retries, extra steps
   * @param nanoTime a monotonic time
   */
  public OrderAssembly(
      HostPorts host,
      OrderStorage storage,
      KnownShortages known,
      OrderOptions options,
      LongSupplier nanoTime) {
    this.host = host;
    this.storage = storage;
    PaymentGateway gateway = host.payments();
    OrderStore orders = storage.orders();
    this.numbers = new OrderNumbers(orders::reserveNumbers, nanoTime);
    this.traces = new Traces(host.traces(), orders);
    this.reversal = new ReversalSaga(gateway, orders, storage.payments(), options, traces);
    this.door = new SoldOutDoor(known, options.soldOut());
    this.stock =
        host.inventory() == null
            ? new LocalOrderStock(options, door)
            : new RemoteOrderStock(host.inventory(), storage.journal(), orders, options, known);
    this.definition =
        new OrderSagaDefinition(gateway, storage.payments(), reversal, stock, options)
            .build(orders);
    this.reversalDefinition = reversal.definition();
  }

  /**
   * Returns the definitions that the engine must be able to run.
   *
   * @return the definitions of orders, and of what must go back
   */
  public List<SagaDefinition<?>> definitions() {
    List<SagaDefinition<?>> all = new ArrayList<>(List.of(definition, reversalDefinition));
    all.addAll(stock.definitions());
    return all;
  }

  /**
   * Returns whether an order's saga has not ended yet.
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
   * Creates the facade on a running engine.
   *
   * @param engine drives the sagas
   * @param executor commits commands
   * @param outboxFull whether too much waits to be published to accept more
   * @return the order API
   */
  public OrderSaga facade(SagaEngine engine, CommandExecutor executor, BooleanSupplier outboxFull) {
    OrderStore orders = storage.orders();
    OrderAdmission admission =
        new OrderAdmission(host.carts(), host.catalog(), host.customers(), traces);
    OrderReceipts receipts = new OrderReceipts(engine, definition, orders);
    RepeatedRequests repeats =
        new RepeatedRequests(
            new KeyLookUps(storage.keys(), executor::await),
            new QueuedKeyLookUps(storage.keys(), executor),
            orders);
    OrderPlacement placement =
        new OrderPlacement(
            new PlacementAnswers(repeats, receipts, admission, numbers),
            new JoinedPlacement(definition),
            new OrderStarts(executor, definition, orders),
            door,
            outboxFull);
    OrderCommands commands =
        new OrderCommands(
            executor, storage.journal(), orders, storage.payments(), reversal, stock, traces);
    return new DocumentedOrders(new DefaultOrderSaga(placement, receipts, commands, orders));
  }
}
