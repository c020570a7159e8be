package com.techcorp;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.techcorp.catalog.ProductCatalog;
import com.techcorp.concurrent.Threads;
import com.techcorp.inventory.internal.HoldExpirySaga;
import com.techcorp.inventory.internal.LocalInventoryReserver;
import com.techcorp.messaging.EventBus;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.internal.Relay;
import com.techcorp.notification.OrderNotifications;
import com.techcorp.notification.internal.DefaultNotifier;
import com.techcorp.order.CartReader;
import com.techcorp.order.CustomerDirectory;
import com.techcorp.order.OrderSaga;
import com.techcorp.order.OrderSettings;
import com.techcorp.order.internal.Orders;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.internal.GatewayPaymentProcessor;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.internal.DefaultSagaEngine;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts together, once the builder has everything. The one place that knows them all. */
record Wiring(
    Storage storage,
    PaymentGateway gateway,
    CartReader carts,
    ProductCatalog catalog,
    CustomerDirectory customers,
    EventBus bus,
    DefaultNotifier notifier,
    ObjectMapper json,
    EngineOptions engineOptions,
    OrderSettings orderSettings,
    RelayOptions relayOptions,
    List<SagaDefinition<?>> hostSagas,
    Threads threads,
    String name) {
  private static final Logger log = LoggerFactory.getLogger(TechCorp.class);

  TechCorp start() {
    Orders orders = new Orders(gateway, storage.orders(), storage.payments(), json, orderSettings);
    HoldExpirySaga expiry = new HoldExpirySaga(storage.stock());
    CommitWatch commits = new CommitWatch(storage.unitOfWork());
    DefaultSagaEngine engine =
        new DefaultSagaEngine(
            commits,
            storage.journal(),
            storage.nodes(),
            definitions(orders, expiry),
            json,
            engineOptions,
            name,
            threads);
    Relay relay = new Relay(storage.outbox(), bus, relayOptions, threads);
    commits.onPublished(relay::nudge);
    commits.onMadeDue(engine::poke);
    try {
      return started(engine, relay, orders, expiry);
    } catch (RuntimeException e) {
      relay.close();
      engine.close();
      throw e;
    }
  }

  private List<SagaDefinition<?>> definitions(Orders orders, HoldExpirySaga expiry) {
    List<SagaDefinition<?>> definitions = new ArrayList<>(orders.definitions());
    definitions.add(expiry.definition());
    definitions.addAll(hostSagas);
    return definitions;
  }

  private TechCorp started(
      DefaultSagaEngine engine, Relay relay, Orders orders, HoldExpirySaga expiry) {
    new OrderNotifications(notifier, storage.orders(), customers, catalog).subscribeTo(bus);
    List<String> warnings = engine.start();
    warnings.forEach(log::error);
    notifier.abandonStale();
    relay.start();
    return new TechCorp(
        new Parts(
            engine,
            facade(orders, engine, relay),
            new LocalInventoryReserver(
                engine, storage.stock(), expiry, id -> Orders.underWay(storage.journal(), id)),
            new GatewayPaymentProcessor(
                storage.payments(), gateway, storage.journal(), engine::poke),
            notifier,
            bus,
            relay,
            warnings));
  }

  private OrderSaga facade(Orders orders, DefaultSagaEngine engine, Relay relay) {
    return orders.facade(
        engine,
        engine,
        storage.journal(),
        storage.keys(),
        carts,
        catalog,
        customers,
        relay::overfull);
  }
}
