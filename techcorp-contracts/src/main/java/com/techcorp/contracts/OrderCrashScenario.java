package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.Storage;
import com.techcorp.TechCorp;
import com.techcorp.catalog.Product;
import com.techcorp.catalog.ProductCatalog;
import com.techcorp.contracts.OrderPlot.Customer;
import com.techcorp.error.IllegalTransitionException;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.MessageSender;
import com.techcorp.notification.Notifier;
import com.techcorp.order.Cart;
import com.techcorp.order.CartReader;
import com.techcorp.order.CustomerDirectory;
import com.techcorp.order.Order;
import com.techcorp.order.OrderEventType;
import com.techcorp.order.OrderOptions;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.OrderStatus;
import com.techcorp.order.PlaceOrder;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.SagaFilter;
import com.techcorp.saga.SagaState;
import com.techcorp.servers.provider.ProviderProcess;
import com.techcorp.storage.WriteSet;
import com.techcorp.testkit.MemoryCarts;
import com.techcorp.testkit.MemoryCatalog;
import com.techcorp.testkit.MemoryCustomers;
import com.techcorp.testkit.RecordingSender;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SteppedClock;
import com.techcorp.testkit.SteppedThreads;
import com.techcorp.testkit.fault.CrashScenario;
import com.techcorp.testkit.fault.Faults;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One customer, one product, one plot. The provider does not fold repeated keys, so that whatever
 * is sent twice is charged twice, except where a request is late: then only folding can help.
 */
final class OrderCrashScenario implements CrashScenario {
  private static final Duration BETWEEN_PLAYS = Duration.ofMinutes(5);
  private static final Duration HOLD = Duration.ofSeconds(10);
  private static final Duration GRACE = Duration.ofSeconds(5);
  private static final Duration LATE = Duration.ofSeconds(20);
  private static final Duration REQUEST_LIFETIME = Duration.ofSeconds(28);

  /** Shorter than any wait for the next attempt. */
  private static final Duration WINDOW = Duration.ofMillis(100);

  private static final long UNITS = 2;

  private final OrderPlot plot;
  private final SteppedStorage world;
  private final Storage storage;
  private final SteppedClock clock;
  private final Instant begin;
  private final ProviderProcess provider;
  private final MemoryCarts carts = new MemoryCarts();
  private final MemoryCatalog catalog = new MemoryCatalog();
  private final MemoryCustomers customers = new MemoryCustomers();
  private final RecordingSender mailbox = new RecordingSender();
  private final OrderAudit audit = new OrderAudit();
  private final UUID user = id();
  private final UUID address = id();
  private final UUID product = id();
  private final Map<String, PlaceOrder> requests = new HashMap<>();
  private final Map<String, Set<UUID>> accepted = new HashMap<>();
  private final int refundsBefore;
  private @Nullable Instant refundSent;

  OrderCrashScenario(OrderPlot plot, ProviderProcess provider, SteppedStorage world) {
    this.plot = plot;
    this.world = world;
    this.storage = world.storage();
    this.clock = world.clock();
    this.provider = provider;
    instruct();
    clock.advance(BETWEEN_PLAYS); // what the last play left has run out
    begin = clock.now();
    refundsBefore = provider.calls(SimulatedCall.REFUND);
    customers.put(new CustomerDirectory.Customer(user, "ana@example.com", "Ana", "pt-BR"), address);
    long price = plot.customer.pays() ? OrderPlot.PRICE : 0;
    catalog.put(new Product(product, "Product", price, "BRL", 1));
    storage
        .unitOfWork()
        .commit(
            null,
            List.of(
                WriteSet.of(
                    id(),
                    new StockEffect.Restock(product, UNITS, StockEffect.MovementType.RECEIPT))));
    audit.received(product, UNITS);
  }

  /**
   * The books stay, of the orders of other plays; what the last play told the provider does not.
   */
  private void instruct() {
    provider.on().clear();
    for (SimulatedCall call : SimulatedCall.values()) {
      provider.failNext(call, 0);
    }
    provider.loseRefundAnswers(0);
    provider.loseRefunds(0);
    plot.provider.accept(provider);
  }

  private static UUID id() {
    return UuidCreator.getTimeOrderedEpochPlus1();
  }

  @Override
  public SteppedClock clock() {
    return clock;
  }

  @Override
  public TechCorp start(SteppedThreads threads, Faults faults) {
    return TechCorp.builder()
        .threads(threads)
        .storage(faults.around(storage))
        .payments(
            faults.around(
                PaymentGateway.class,
                inTime(
                    provider
                        .gateway()
                        .requestLifetime(REQUEST_LIFETIME)
                        .idempotencyWindow(plot.forgets() ? WINDOW : Duration.ofHours(24)))))
        .carts(faults.around(CartReader.class, carts))
        .catalog(faults.around(ProductCatalog.class, catalog))
        .customers(faults.around(CustomerDirectory.class, customers))
        .sender(faults.around(MessageSender.class, mailbox))
        .orders(
            OrderOptions.DEFAULT
                .withHoldTime(HOLD)
                .withGrace(GRACE)
                .withPaymentTimeout(Duration.ofSeconds(2))
                .withPaymentRetry(RetryPolicy.every(Duration.ofMillis(200), 4))
                .withRefundRetry(
                    plot.forgets()
                        ? RetryPolicy.every(Duration.ofMillis(200), 300)
                        : RetryPolicy.every(Duration.ofMillis(200), 10)))
        .engine(EngineOptions.DEFAULT.withPollInterval(Duration.ofSeconds(1)))
        .relay(RelayOptions.DEFAULT.withPollInterval(Duration.ofSeconds(1)))
        .start();
  }

  /** What is late arrives within its lifetime also while no process is there to be watched. */
  private PaymentGateway inTime(PaymentGateway gateway) {
    return WiredStorage.proxy(
        PaymentGateway.class,
        gateway,
        (method, call) -> {
          releaseLate();
          return call.make();
        });
  }

  private void releaseLate() {
    if (plot.late && clock.now().isAfter(begin.plus(LATE))) {
      provider.releaseLate();
    }
  }

  @Override
  public void act(TechCorp shop, SteppedThreads threads) {
    long units =
        plot.customer == Customer.WANTS_TOO_MUCH || plot.customer == Customer.TWO_FOR_ONE
            ? UNITS
            : 1;
    UUID order = place(shop, "first", plot.customer == Customer.WANTS_TOO_MUCH ? UNITS + 1 : units);
    switch (plot.customer) {
      case STAYS, WANTS_TOO_MUCH, TAKES_A_SAMPLE -> {}
      case TWO_FOR_ONE -> place(shop, "second", units);
      case TRIES_AGAIN -> {
        threads.run();
        place(shop, "second", units);
      }
      case CANCELS, RETURNS_A_SAMPLE -> {
        threads.run();
        cancel(shop, order);
      }
      case RECEIVES -> {
        threads.run();
        receive(shop, order);
      }
    }
  }

  private UUID place(TechCorp shop, String key, long units) {
    PlaceOrder request = requests.computeIfAbsent(key, k -> request(k, units));
    OrderReceipt receipt = shop.orders().place(request);
    accepted.computeIfAbsent(key, k -> new HashSet<>()).add(receipt.orderId());
    return receipt.orderId();
  }

  private PlaceOrder request(String key, long units) {
    UUID cart = id();
    carts.put(new Cart(cart, user, List.of(new Cart.Item(product, units))));
    return PlaceOrder.of(user, cart, address, "credit_card", "tok_" + key).withKey(key);
  }

  /** The client that comes back finds it cancelled already. */
  private void cancel(TechCorp shop, UUID order) {
    Order now = shop.orders().find(user, order).orElseThrow();
    if (now.status() != OrderStatus.CANCELLED) {
      try {
        shop.orders().cancel(user, order, "changed my mind");
      } catch (IllegalTransitionException e) {
        assertThat(shop.orders().find(user, order).orElseThrow().status())
            .isEqualTo(OrderStatus.CANCELLED);
      }
    }
  }

  private void receive(TechCorp shop, UUID order) {
    Order now = shop.orders().find(user, order).orElseThrow();
    if (now.status() == OrderStatus.CONFIRMED) {
      now = shop.orders().ship(order);
    }
    if (now.status() == OrderStatus.SHIPPED) {
      shop.orders().deliver(order);
    }
  }

  @Override
  public boolean settled() {
    if (plot.forgets()) {
      forget();
    }
    releaseLate();
    return storage.outbox().backlog().events() == 0
        && storage.consumerBacklog().waiting().isEmpty()
        && storage.journal().list(SagaFilter.all(10)).stream()
            .allMatch(saga -> saga.position().state() == SagaState.PARKED)
        && storage.orders().ofCustomer(user, 100).stream()
            .flatMap(
                order -> storage.deliveries().about(OrderEventType.streamOf(order.id())).stream())
            .noneMatch(delivery -> delivery.status() == DeliveryStatus.SENDING);
  }

  /** No earlier than the window after the first refund was sent. */
  private void forget() {
    if (refundSent == null && provider.calls(SimulatedCall.REFUND) > refundsBefore) {
      refundSent = clock.now();
    }
    if (refundSent != null && !clock.now().isBefore(refundSent.plus(WINDOW))) {
      provider.forgetKeys();
    }
  }

  /** A consumer that hangs twice on an event leaves it to an operator. */
  @Override
  public boolean mend() {
    return storage.consumerBacklog().replay(Notifier.CONSUMER, 100) > 0;
  }

  @Override
  public void verify() {
    provider.releaseLate();
    assertThat(storage.journal().list(SagaFilter.all(10))).as("sagas that nobody ends").isEmpty();
    List<Order> orders = storage.orders().ofCustomer(user, 100);
    assertThat(orders).as("orders").hasSizeLessThanOrEqualTo(requests.size());
    assertThat(orders).extracting(Order::status).as("at rest").doesNotContain(OrderStatus.CREATED);
    accepted.forEach(
        (key, ids) -> {
          assertThat(ids).as("orders under the key %s", key).hasSize(1);
          assertThat(orders).as("accepted orders").extracting(Order::id).containsAll(ids);
        });
    if (!plot.customer.pays()) {
      assertThat(orders)
          .as("I2: orders over nothing, and their charges")
          .allMatch(order -> storage.payments().ofOrder(order.id()).isEmpty());
    }
    audit.check(storage, storage.stock(), orders.stream().map(Order::id).toList(), provider::money);
    orders.forEach(this::verifyMail);
    world.checkInvariants(true, GRACE, Set.of());
  }

  /** One mail for a delivery that was accepted, at most one for one that is ambiguous. */
  private void verifyMail(Order order) {
    List<Delivery> deliveries = storage.deliveries().about(OrderEventType.streamOf(order.id()));
    assertThat(deliveries)
        .extracting(Delivery::eventId)
        .as("I9: one an event")
        .doesNotHaveDuplicates();
    for (Delivery delivery : deliveries) {
      long sent =
          mailbox.messages().stream()
              .filter(message -> message.deliveryId().equals(delivery.id()))
              .count();
      assertThat(delivery.status())
          .as("I9: how the delivery ended")
          .isIn(DeliveryStatus.ACCEPTED, DeliveryStatus.AMBIGUOUS);
      assertThat(sent)
          .as("I9: mails of a delivery that is %s", delivery.status())
          .isBetween(delivery.status() == DeliveryStatus.ACCEPTED ? 1L : 0L, 1L);
    }
  }
}
