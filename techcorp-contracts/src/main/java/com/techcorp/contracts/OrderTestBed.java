package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.InProcessEventBus;
import com.techcorp.Storage;
import com.techcorp.TechCorp;
import com.techcorp.inventory.StockCounter;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.Subscription;
import com.techcorp.messaging.TraceContext;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.order.InventoryOptions;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderOptions;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaFilter;
import com.techcorp.saga.SagaState;
import com.techcorp.testkit.MemoryCarts;
import com.techcorp.testkit.MemoryCatalog;
import com.techcorp.testkit.MemoryCustomers;
import com.techcorp.testkit.RecordingSender;
import com.techcorp.testkit.SimulatedGateway;
import com.techcorp.testkit.SteppedClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/**
 * A shop for one test: a storage, a provider with books of its own, the host's carts, products and
 * customers. Time is the stepped clock's; it moves a little with each look of {@link #eventually}.
 * Every test ends with the books in balance.
 */
public abstract class OrderTestBed extends Contract<SteppedStorage> {
  static final Duration HOLD = Duration.ofMinutes(15);
  static final Duration GRACE = Duration.ofMinutes(10);

  private static final Duration TICK = Duration.ofMillis(20);

  final MemoryCarts carts = new MemoryCarts();
  final MemoryCatalog catalog = new MemoryCatalog();
  final MemoryCustomers customers = new MemoryCustomers();
  final RecordingSender mailbox = new RecordingSender();

  /** The provider; to be replaced, if at all, before the shop opens. */
  SimulatedGateway gateway = SimulatedGateway.approving();

  /** What stands between the shop and the provider; likewise. */
  UnaryOperator<PaymentGateway> connection = provider -> provider;

  /** Likewise. */
  OrderOptions orderOptions =
      OrderOptions.DEFAULT
          .withHoldTime(HOLD)
          .withGrace(GRACE)
          .withPaymentTimeout(Duration.ofSeconds(10))
          .withPaymentRetry(RetryPolicy.every(Duration.ofMillis(100), 3))
          .withRefundRetry(RetryPolicy.every(Duration.ofMillis(100), 3))
          .withInventory(
              InventoryOptions.DEFAULT.withRetry(RetryPolicy.every(Duration.ofMillis(100), 100)));

  /** What stands between a shop and the storage; likewise. */
  UnaryOperator<Storage> storageWire = storage -> storage;

  /** Likewise; lease and polling are set by the shop. */
  EngineOptions engine = EngineOptions.DEFAULT;

  /** Likewise; polling is set by the shop. */
  RelayOptions relay = RelayOptions.DEFAULT;

  /** How often a consumer gets an event; likewise. */
  RetryPolicy retries = RetryPolicy.every(Duration.ofMillis(10), 4);

  /** Sagas that a host adds; set them before the shop is used. */
  final List<SagaDefinition<?>> hostSagas = new ArrayList<>();

  /** Of each process, by the stepped clock, on which nobody renews it. */
  Duration lease = Duration.ofDays(30);

  /** Counters that its processes share; likewise. */
  @Nullable StockCounter counters;

  /** The host's traces; likewise. */
  @Nullable TraceContext traces;

  /** Whether all work comes to an end; false where a test leaves something open by design. */
  boolean settles = true;

  /** Rules of the storage's checker that this test breaks by design. */
  final Set<String> exempt = new HashSet<>();

  private final Set<UUID> placed = new LinkedHashSet<>();
  private final OrderAudit audit = new OrderAudit();
  private final List<Event> published = new CopyOnWriteArrayList<>();
  private final List<TechCorp> others = new ArrayList<>();
  private @Nullable TechCorp shop;
  private @Nullable EventTransport lastBus;

  /** For subclasses. */
  protected OrderTestBed() {}

  final Storage storage() {
    return adapter().storage();
  }

  final SteppedClock clock() {
    return adapter().clock();
  }

  /** Where the stock is: the same place throughout a test. */
  InventoryTopology stockSite() {
    return adapter().inventory();
  }

  /** All that the storage holds, as text, to search it for secrets. */
  final String dump() {
    return adapter().dump();
  }

  static UUID newId() {
    return UuidCreator.getTimeOrderedEpochPlus1();
  }

  /** The open shop; opens at its first use. */
  final TechCorp shop() {
    TechCorp open = shop;
    if (open == null) {
      open = open();
      shop = open;
    }
    return open;
  }

  /** Another process on the same storage; it opens now. */
  final TechCorp another() {
    TechCorp other = open();
    others.add(other);
    return other;
  }

  private TechCorp open() {
    EventTransport bus = stockSite().events(new InProcessEventBus(storage().inbox(), retries));
    Set<String> all =
        Arrays.stream(OrderEventType.values())
            .flatMap(type -> type.routingKey().stream())
            .collect(Collectors.toSet());
    bus.subscribe(new Subscription("recorder", all, published::add));
    lastBus = bus;
    TechCorp.Builder builder =
        TechCorp.builder()
            .storage(storageWire.apply(storage()))
            .payments(connection.apply(gateway))
            .carts(carts)
            .catalog(catalog)
            .customers(customers)
            .sender(mailbox)
            .events(bus)
            .orders(orderOptions)
            .engine(engine.withLease(lease).withPollInterval(Duration.ofMillis(5)))
            .relay(relay.withPollInterval(Duration.ofMillis(5)));
    hostSagas.forEach(builder::saga);
    if (traces != null) {
      builder.traces(traces);
    }
    if (counters != null) {
      builder.counters(counters);
    }
    stockSite().wire(builder);
    return builder.start();
  }

  @AfterEach
  final void booksBalance() {
    try {
      gateway.releaseWaiting();
      if (settles) {
        eventually(this::assertNothingUnderWay);
      }
      audit.check(
          storage(), stockSite().storage().stock(), placed, settles ? gateway::money : null);
      adapter().checkInvariants(settles, GRACE, exempt);
    } finally {
      others.forEach(TechCorp::close);
      if (shop != null) {
        shop.close();
      }
      stockSite().close();
    }
  }

  private void assertNothingUnderWay() {
    assertThat(storage().journal().list(SagaFilter.all(100)))
        .as("sagas under way")
        .allMatch(saga -> saga.position().state() == SagaState.PARKED);
    assertThat(storage().outbox().backlog().events()).as("events in the outbox").isZero();
    assertThat(stockSite().storage().outbox().backlog().events())
        .as("the inventory's answers in its outbox")
        .isZero();
    assertThat(storage().consumerBacklog().waiting()).as("waits for consumers").isEmpty();
    assertThat(stockSite().storage().consumerBacklog().waiting())
        .as("waits for the inventory's consumers")
        .isEmpty();
  }

  /** Time passes until it is so. */
  final void eventually(ThrowingRunnable then) {
    eventually(TICK, then);
  }

  /** The same with so much time between two looks, for what asks again after long waits. */
  final void eventually(Duration tick, ThrowingRunnable then) {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () -> {
              clock().advance(tick);
              then.run();
            });
  }

  /** Goods that came in otherwise. */
  final void received(UUID product, long units) {
    audit.received(product, units);
  }

  /** Holds of somebody who is not an order of this shop. */
  final void alsoHeldBy(UUID holder) {
    audit.alsoHeldBy(holder);
  }

  /** Has an order's books checked at the end. */
  final void remember(UUID orderId) {
    placed.add(orderId);
  }

  /** A consumer more, of the process that opened last. */
  final void subscribe(Subscription subscription) {
    bus().subscribe(subscription);
  }

  /** The same, for what only a bus within the process has. */
  final InProcessEventBus inProcessBus() {
    return (InProcessEventBus) bus();
  }

  /** The bus of the process that opened last. */
  final EventTransport bus() {
    shop();
    return Objects.requireNonNull(lastBus, "no bus");
  }

  final List<Event> published(UUID orderId) {
    return published.stream().filter(event -> event.stream().id().equals(orderId)).toList();
  }
}
