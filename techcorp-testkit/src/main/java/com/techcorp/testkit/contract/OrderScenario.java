package com.techcorp.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.Storage;
import com.techcorp.TechCorp;
import com.techcorp.catalog.Product;
import com.techcorp.inventory.Reservation;
import com.techcorp.inventory.ReservationStatus;
import com.techcorp.inventory.StockLevel;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.InProcessEventBus;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.Subscription;
import com.techcorp.order.Cart;
import com.techcorp.order.CustomerDirectory.Customer;
import com.techcorp.order.Order;
import com.techcorp.order.OrderEvent;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.OrderSettings;
import com.techcorp.order.PlaceOrder;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.Refund;
import com.techcorp.payment.Transaction;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.RetryPolicy;
import com.techcorp.saga.SagaFilter;
import com.techcorp.saga.SagaState;
import com.techcorp.testkit.MemoryCarts;
import com.techcorp.testkit.MemoryCatalog;
import com.techcorp.testkit.MemoryCustomers;
import com.techcorp.testkit.RecordingSender;
import com.techcorp.testkit.SimulatedCharge;
import com.techcorp.testkit.SimulatedGateway;
import com.techcorp.testkit.SteppedClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/**
 * A shop for one test: a storage, a provider with books of its own, a customer with an address, and
 * short words for what tests of orders say. Time is the stepped clock's; it moves a little with
 * each look of {@link #eventually}. Every test ends with the books in balance.
 */
public abstract class OrderScenario {
  static final Duration HOLD = Duration.ofMinutes(15);
  static final Duration GRACE = Duration.ofMinutes(10);
  static final String CARD = "tok_visa_4242";
  static final long PRICE = 1_999;

  private static final Duration LEASE = Duration.ofDays(30);
  private static final Duration TICK = Duration.ofMillis(20);

  final UUID customer = newId();
  final UUID address = newId();
  final MemoryCarts carts = new MemoryCarts();
  final MemoryCatalog catalog = new MemoryCatalog();
  final MemoryCustomers customers = new MemoryCustomers();
  final RecordingSender mailbox = new RecordingSender();

  /** The provider; to be replaced, if at all, before the shop opens. */
  SimulatedGateway gateway = SimulatedGateway.approving();

  /** What stands between the shop and the provider; likewise. */
  UnaryOperator<PaymentGateway> connection = provider -> provider;

  /** Likewise. */
  OrderSettings settings =
      OrderSettings.DEFAULT
          .holding(HOLD, GRACE)
          .paying(Duration.ofSeconds(10), RetryPolicy.every(Duration.ofMillis(100), 3))
          .refunding(RetryPolicy.every(Duration.ofMillis(100), 3));

  /** Whether all work comes to an end; false where a test leaves something open by design. */
  boolean settles = true;

  /** Rules of the storage's checker that this test breaks by design. */
  final Set<String> exempt = new HashSet<>();

  private final Set<UUID> placed = new LinkedHashSet<>();
  private final OrderAudit audit = new OrderAudit();
  private final List<Event> published = new CopyOnWriteArrayList<>();
  private @Nullable TechCorp shop;

  /** For subclasses. */
  protected OrderScenario() {
    customers.put(new Customer(customer, "ana@example.com", "Ana Souza", "pt-BR"), address);
  }

  /**
   * The storage under test: empty, and the same one throughout a test.
   *
   * @return the storage
   */
  protected abstract Storage storage();

  /**
   * The only source of time of {@link #storage()}.
   *
   * @return the clock
   */
  protected abstract SteppedClock clock();

  /**
   * The storage's own check of its invariants, at the end of each test. Default: none.
   *
   * @param settled whether all work is done
   * @param exemptRules rules that the test breaks by design
   */
  protected void checkInvariants(boolean settled, Set<String> exemptRules) {}

  /**
   * All that the storage holds, as text, to search it for secrets. Default: nothing.
   *
   * @return the text
   */
  protected String dump() {
    return "";
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

  private TechCorp open() {
    InProcessEventBus bus =
        new InProcessEventBus(storage().inbox(), RetryPolicy.every(Duration.ofMillis(10), 4));
    Set<String> all =
        Arrays.stream(OrderEventType.values())
            .flatMap(type -> type.routingKey().stream())
            .collect(Collectors.toSet());
    bus.subscribe(new Subscription("recorder", all, published::add));
    return TechCorp.builder()
        .storage(storage())
        .payments(connection.apply(gateway))
        .carts(carts)
        .catalog(catalog)
        .customers(customers)
        .sender(mailbox)
        .events(bus)
        .orders(settings)
        .engine(EngineOptions.DEFAULT.lease(LEASE).pollInterval(Duration.ofMillis(5)))
        .relay(RelayOptions.DEFAULT.withTimes(LEASE, Duration.ofMillis(5)))
        .start();
  }

  @AfterEach
  final void booksBalance() {
    try {
      gateway.releaseWaiting();
      if (settles) {
        eventually(this::assertNothingUnderWay);
      }
      audit.check(storage(), placed, settles ? gateway : null);
      checkInvariants(settles, exempt);
    } finally {
      if (shop != null) {
        shop.close();
      }
    }
  }

  private void assertNothingUnderWay() {
    assertThat(storage().journal().list(SagaFilter.all(100)))
        .as("sagas under way")
        .allMatch(saga -> saga.position().state() == SagaState.PARKED);
    assertThat(storage().outbox().backlog().events()).as("events in the outbox").isZero();
  }

  /** Time passes until it is so. */
  final void eventually(ThrowingRunnable then) {
    Awaitility.await()
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(5))
        .atMost(Duration.ofSeconds(10))
        .untilAsserted(
            () -> {
              clock().advance(TICK);
              then.run();
            });
  }

  /** A product of so many units, at {@link #PRICE}. */
  final UUID stocked(long units) {
    UUID product = newId();
    catalog.put(new Product(product, "Product " + product, PRICE, "BRL", 1));
    shop().inventory().restock(product, units);
    received(product, units);
    return product;
  }

  /** Goods that came in otherwise. */
  final void received(UUID product, long units) {
    audit.received(product, units);
  }

  /** Holds of somebody who is not an order of this shop. */
  final void alsoHeldBy(UUID holder) {
    audit.alsoHeldBy(holder);
  }

  /** A request of the customer's for one product, from a fresh cart. */
  final PlaceOrder request(UUID product, long units) {
    return request(new Cart.Item(product, units));
  }

  final PlaceOrder request(Cart.Item... items) {
    UUID cart = newId();
    carts.put(new Cart(cart, customer, List.of(items)));
    return PlaceOrder.of(customer, cart, address, "credit_card", CARD);
  }

  static PlaceOrder withCard(PlaceOrder request, String card) {
    return PlaceOrder.of(
        request.userId(), request.cartId(), request.shippingAddressId(), "credit_card", card);
  }

  final OrderReceipt place(PlaceOrder request) {
    OrderReceipt receipt = shop().orders().place(request);
    remember(receipt.orderId());
    return receipt;
  }

  /** Has an order's books checked at the end. */
  final void remember(UUID orderId) {
    placed.add(orderId);
  }

  final OrderReceipt place(UUID product, long units) {
    return place(request(product, units));
  }

  /** An order that is confirmed. */
  final UUID confirmed(UUID product, long units) {
    OrderReceipt receipt = place(product, units);
    assertThat(outcome(receipt)).isInstanceOf(OrderOutcome.Confirmed.class);
    return receipt.orderId();
  }

  /** An order whose charge is with the provider, which answers when the test lets it. */
  final UUID paying(SimulatedCharge behaviour, UUID product, long units) {
    gateway.on().every(behaviour.untilReleased());
    UUID order = place(product, units).orderId();
    eventually(() -> assertThat(gateway.waiting()).as("calls at the provider").isEqualTo(1));
    return order;
  }

  final OrderOutcome outcome(OrderReceipt receipt) {
    return outcome(receipt.outcome());
  }

  final OrderOutcome outcome(UUID orderId) {
    return outcome(shop().orders().outcome(orderId));
  }

  private OrderOutcome outcome(CompletableFuture<OrderOutcome> future) {
    eventually(() -> assertThat(future).isDone());
    return future.join();
  }

  final Order order(UUID orderId) {
    return storage().orders().find(orderId).orElseThrow();
  }

  final Transaction payment(UUID orderId) {
    return storage().payments().ofOrder(orderId).orElseThrow();
  }

  final Stream<Refund> refunds(UUID orderId) {
    return storage().payments().refunds(payment(orderId).id()).stream();
  }

  final List<Reservation> reservations(UUID orderId) {
    return storage().stock().reservations(orderId);
  }

  final void assertReserved(UUID orderId, ReservationStatus... statuses) {
    assertThat(reservations(orderId)).extracting(Reservation::status).containsExactly(statuses);
  }

  final void assertStock(UUID product, long available, long reserved) {
    assertThat(shop().inventory().levels(List.of(product)))
        .containsEntry(product, new StockLevel(product, available, reserved));
  }

  final void awaitPayment(UUID orderId, TransactionStatus status) {
    eventually(() -> assertThat(payment(orderId).status()).isEqualTo(status));
  }

  final void assertHistory(UUID orderId, OrderEventType... types) {
    assertThat(storage().orders().events(orderId))
        .extracting(OrderEvent::type)
        .containsExactly(types);
  }

  /** The order's events reach their consumers, in this order, numbered from 1. */
  final void assertPublished(UUID orderId, String... types) {
    eventually(() -> assertThat(published(orderId)).extracting(Event::type).containsExactly(types));
    assertThat(published(orderId))
        .extracting(Event::sequence)
        .containsExactlyElementsOf(Stream.iterate(1, n -> n + 1).limit(types.length).toList());
  }

  final List<Event> published(UUID orderId) {
    return published.stream().filter(event -> event.orderId().equals(orderId)).toList();
  }

  /** The reversal of the only order that has one. */
  final Optional<UUID> reversal() {
    return storage().journal().list(new SagaFilter("reversal", null, 2)).stream()
        .map(saga -> saga.id())
        .findFirst();
  }
}
