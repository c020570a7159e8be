package com.techcorp;

import com.techcorp.inventory.InventoryReserver;
import com.techcorp.inventory.StockCounter;
import com.techcorp.inventory.internal.HoldExpirySaga;
import com.techcorp.inventory.internal.LocalInventoryReserver;
import com.techcorp.inventory.internal.PolledShortages;
import com.techcorp.inventory.internal.RecentShortages;
import com.techcorp.inventory.internal.ShortageWatch;
import com.techcorp.inventory.spi.KnownShortages;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.notification.internal.DefaultNotifier;
import com.techcorp.order.OrderOptions;
import com.techcorp.order.SoldOutOptions;
import com.techcorp.order.internal.HostPorts;
import com.techcorp.order.internal.OrderAssembly;
import com.techcorp.order.internal.OrderStorage;
import com.techcorp.order.internal.StockAnswers;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.internal.GatewayPaymentProcessor;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.search.internal.SearchAssembly;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the parts together, once the builder has everything. The one place that knows them all. */
record Wiring(
    Storage storage,
    HostPorts host,
    EventTransport bus,
    NotificationSetup notifications,
    OrderOptions orderOptions,
    HostExtensions extensions,
    @Nullable StockCounter counters,
    @Nullable SearchSetup search,
    EngineSetup setup) {

  /**
   * What the host adds.
   *
   * @param sagas its own sagas
   * @param subscriptions its own consumers
   */
  record HostExtensions(List<SagaDefinition<?>> sagas, List<Subscription> subscriptions) {}

  /** Of the front, which hosts know. */
  private static final Logger log = LoggerFactory.getLogger("com.techcorp.TechCorp");

  Services start() {
    checkTimes();
    PolledShortages polled = counters == null ? null : polling(counters);
    KnownShortages known = polled == null ? ofThisProcess() : polled;
    SoldOutOptions soldOut = orderOptions.soldOut();
    OrderAssembly orders =
        new OrderAssembly(
            host,
            new OrderStorage(
                storage.orders(), storage.keys(), storage.payments(), storage.journal()),
            known,
            orderOptions.withSoldOut(soldOut.withRecorded(soldOut.isRecorded(counters != null))),
            setup.threads()::nanoTime);
    HoldExpirySaga expiry = new HoldExpirySaga(storage.stock());
    EngineRuntime runtime =
        EngineRuntime.of(
            storage,
            commits -> new ShortageWatch(commits, known),
            bus,
            definitions(orders, expiry),
            setup);
    SearchAssembly searching = search == null ? null : runtime.add(search);
    DefaultNotifier notifier = notifications.notifier();
    notifier.abandonStale();
    runtime.start(events -> subscribe(runtime, searching, events));
    runtime.every(
        DefaultNotifier.LONGEST_SEND, "Looking for sends without an end", notifier::abandonStale);
    if (polled != null) {
      runtime.every(
          PolledShortages.PERIOD, "Looking at the counters", () -> polled.poll(runtime.faults()));
    }
    return new Services(
        runtime,
        orders.facade(runtime.engine(), runtime.engine(), runtime.relay()::overfull),
        new PublishedEvents(storage.orders(), bus),
        host.inventory() == null ? local(runtime, expiry) : host.inventory(),
        new GatewayPaymentProcessor(
            storage.payments(), host.payments(), storage.journal(), runtime.engine()::wakeUp),
        notifier,
        searching);
  }

  private PolledShortages polling(StockCounter counter) {
    LongSupplier nanoTime = setup.threads()::nanoTime;
    return new PolledShortages(new RecentShortages(nanoTime), counter, nanoTime);
  }

  /** Without counters nothing would tell that units came back to an inventory elsewhere. */
  private KnownShortages ofThisProcess() {
    return host.inventory() == null
        ? new RecentShortages(setup.threads()::nanoTime)
        : KnownShortages.NONE;
  }

  /**
   * Warns about times that do not fit the gateway's; they are bounds, so a mismatch is not an
   * error.
   */
  private void checkTimes() {
    PaymentGateway gateway = host.payments();
    Duration most = gateway.callTimeout();
    if (most.compareTo(orderOptions.paymentTimeout()) > 0) {
      log.warn(
          "The payment gateway may take {} for a call, which counts as unanswered after {}: give"
              + " the gateway shorter time-outs, or OrderOptions a longer paymentTimeout",
          most,
          orderOptions.paymentTimeout());
    }
    if (gateway.idempotencyWindow().compareTo(orderOptions.holdCap()) < 0) {
      log.warn(
          "The payment provider recognizes repeats for {} only, shorter than the hold of {}: a charge"
              + " that was not answered is then looked up, but not sent again",
          gateway.idempotencyWindow(),
          orderOptions.holdCap());
    }
  }

  private List<SagaDefinition<?>> definitions(OrderAssembly orders, HoldExpirySaga expiry) {
    List<SagaDefinition<?>> definitions = new ArrayList<>(orders.definitions());
    definitions.add(expiry.definition());
    definitions.addAll(extensions.sagas());
    return definitions;
  }

  private void subscribe(
      EngineRuntime runtime, @Nullable SearchAssembly searching, EventTransport events) {
    if (searching != null) {
      searching.subscribeTo(events);
    }
    notifications.subscribeTo(events, storage, host);
    if (host.inventory() != null) {
      new StockAnswers(storage.journal(), runtime.engine()::wakeUp).subscribeTo(events);
    }
    extensions.subscriptions().forEach(events::subscribe);
  }

  private InventoryReserver local(EngineRuntime runtime, HoldExpirySaga expiry) {
    return new LocalInventoryReserver(
        runtime.engine(),
        storage.stock(),
        expiry,
        id -> OrderAssembly.underWay(storage.journal(), id));
  }
}
