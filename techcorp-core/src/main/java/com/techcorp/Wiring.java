package com.techcorp;

import com.techcorp.catalog.ProductCatalog;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.inventory.internal.HoldExpirySaga;
import com.techcorp.inventory.internal.LocalInventoryReserver;
import com.techcorp.inventory.internal.RecentShortages;
import com.techcorp.inventory.internal.ShortageWatch;
import com.techcorp.inventory.spi.KnownShortages;
import com.techcorp.messaging.TraceContext;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.notification.internal.DefaultNotifier;
import com.techcorp.notification.internal.OrderNotifications;
import com.techcorp.order.CartReader;
import com.techcorp.order.CustomerDirectory;
import com.techcorp.order.OrderSaga;
import com.techcorp.order.OrderSettings;
import com.techcorp.order.internal.OrderAssembly;
import com.techcorp.order.internal.StockAnswers;
import com.techcorp.order.internal.Traces;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.internal.GatewayPaymentProcessor;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.storage.UnitOfWork;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts together, once the builder has everything. The one place that knows them all. */
record Wiring(
    Storage storage,
    PaymentGateway gateway,
    CartReader carts,
    ProductCatalog catalog,
    CustomerDirectory customers,
    @Nullable InventoryReserver inventory,
    EventTransport bus,
    DefaultNotifier notifier,
    OrderSettings orderSettings,
    List<SagaDefinition<?>> hostSagas,
    @Nullable TraceContext traces,
    EngineRuntime.Options options) {
  private static final Logger log = LoggerFactory.getLogger(TechCorp.class);

  TechCorp start() {
    checkTimes();
    KnownShortages known = new RecentShortages(options.threads()::nanoTime);
    OrderAssembly orders =
        new OrderAssembly(
            gateway,
            storage.orders(),
            storage.payments(),
            storage.journal(),
            options.json(),
            inventory,
            known,
            orderSettings,
            new Traces(traces, storage.orders()),
            options.threads()::nanoTime);
    HoldExpirySaga expiry = new HoldExpirySaga(storage.stock());
    UnitOfWork commits = new ShortageWatch(storage.unitOfWork(), known);
    EngineRuntime room =
        EngineRuntime.of(storage, commits, bus, definitions(orders, expiry), options);
    notifier.abandonStale();
    room.start(events -> subscribe(room, events));
    room.every(
        DefaultNotifier.LONGEST_SEND, "Looking for sends without an end", notifier::abandonStale);
    return new TechCorp(
        new Parts(
            room,
            facade(orders, room),
            new PublishedEvents(storage.orders(), bus),
            inventory == null ? local(room, expiry) : inventory,
            new GatewayPaymentProcessor(
                storage.payments(), gateway, storage.journal(), room.engine()::wakeUp),
            notifier));
  }

  /** Not an error: what the gateway says is the most that it takes. */
  private void checkTimes() {
    Duration most = gateway.callTimeout();
    if (most.compareTo(orderSettings.paymentTimeout()) > 0) {
      log.warn(
          "The payment gateway may take {} for a call, which counts as unanswered after {}: give"
              + " the gateway shorter time-outs, or OrderSettings a longer paymentTimeout",
          most,
          orderSettings.paymentTimeout());
    }
  }

  private List<SagaDefinition<?>> definitions(OrderAssembly orders, HoldExpirySaga expiry) {
    List<SagaDefinition<?>> definitions = new ArrayList<>(orders.definitions());
    definitions.add(expiry.definition());
    definitions.addAll(hostSagas);
    return definitions;
  }

  private void subscribe(EngineRuntime room, EventTransport events) {
    new OrderNotifications(notifier, storage.orders(), customers, catalog).subscribeTo(events);
    if (inventory != null) {
      new StockAnswers(storage.journal(), room.engine()::wakeUp).subscribeTo(events);
    }
  }

  private InventoryReserver local(EngineRuntime room, HoldExpirySaga expiry) {
    return new LocalInventoryReserver(
        room.engine(),
        storage.stock(),
        expiry,
        id -> OrderAssembly.underWay(storage.journal(), id));
  }

  private OrderSaga facade(OrderAssembly orders, EngineRuntime room) {
    return orders.facade(
        room.engine(),
        room.engine(),
        storage.journal(),
        storage.keys(),
        carts,
        catalog,
        customers,
        room.relay()::overfull);
  }
}
