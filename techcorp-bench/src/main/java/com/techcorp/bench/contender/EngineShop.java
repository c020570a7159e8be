package com.techcorp.bench.contender;

import com.techcorp.Storage;
import com.techcorp.TechCorp;
import com.techcorp.bench.workload.Draft;
import com.techcorp.bench.workload.Shop;
import com.techcorp.bench.workload.Workload;
import com.techcorp.catalog.Product;
import com.techcorp.catalog.ProductCatalog;
import com.techcorp.inventory.StockCounter;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.messaging.RelayOptions;
import com.techcorp.messaging.spi.EventTransport;
import com.techcorp.notification.MessageSender;
import com.techcorp.order.Cart;
import com.techcorp.order.CartReader;
import com.techcorp.order.CustomerDirectory;
import com.techcorp.order.OrderOptions;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.saga.EngineOptions;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/** The engine, with what a host owns (carts, catalogue, customers) in memory. */
public final class EngineShop implements Shop {
  /** How many events a confirmed order publishes. */
  public static final long EVENTS_AN_ORDER = 2;

  private static final Duration FOR_EVER = Duration.ofHours(12);

  private final Carts carts = new Carts();
  private final TechCorp techCorp;

  private EngineShop(
      Storage storage,
      PaymentGateway provider,
      EngineOptions options,
      RelayOptions relay,
      UnaryOperator<TechCorp.Builder> events) {
    TechCorp.Builder builder =
        TechCorp.builder()
            .storage(storage)
            .carts(carts)
            .catalog(new Catalogue())
            .customers(new Customers())
            .payments(provider)
            .engine(options)
            .relay(relay)
            .name("bench");
    this.techCorp = events.apply(builder).start();
  }

  /** The engine without its relay: events stay in the outbox, as they do for the floors. */
  public static EngineShop withoutRelay(
      Storage storage, PaymentGateway provider, EngineOptions options) {
    return withoutRelay(storage, provider, options, OrderOptions.DEFAULT);
  }

  /** The same with other settings for orders. */
  public static EngineShop withoutRelay(
      Storage storage, PaymentGateway provider, EngineOptions options, OrderOptions orders) {
    return withoutRelay(storage, provider, options, builder -> builder.orders(orders));
  }

  /** The same with counters of stock, and so with {@code SoldOutException} for what is sold out. */
  public static EngineShop withCounters(
      Storage storage, PaymentGateway provider, EngineOptions options, StockCounter counters) {
    return withoutRelay(storage, provider, options, builder -> builder.counters(counters));
  }

  private static EngineShop withoutRelay(
      Storage storage,
      PaymentGateway provider,
      EngineOptions options,
      UnaryOperator<TechCorp.Builder> settings) {
    RelayOptions never =
        RelayOptions.DEFAULT
            .withPollInterval(FOR_EVER)
            .withHandOver(false)
            .withMaxEvents(Long.MAX_VALUE)
            .withMaxAge(FOR_EVER);
    return new EngineShop(
        UnreadOutbox.in(storage),
        provider,
        options,
        never,
        builder -> settings.apply(builder).sender(new CountingMail()));
  }

  /** The engine as it is by default: it relays, and a mail is sent for each order. */
  public static EngineShop withRelay(
      DataSource dataSource, PaymentGateway provider, EngineOptions options, MessageSender mail) {
    return new EngineShop(
        PostgresStorage.on(dataSource),
        provider,
        options,
        RelayOptions.DEFAULT,
        builder -> builder.sender(mail));
  }

  /** The engine with a bus of its own, and without mails. */
  public static EngineShop over(
      Storage storage,
      PaymentGateway provider,
      EngineOptions options,
      RelayOptions relay,
      EventTransport bus) {
    return new EngineShop(storage, provider, options, relay, builder -> builder.events(bus));
  }

  @Override
  public void order(Draft draft) {
    orderAsync(draft).join();
  }

  public CompletableFuture<Void> orderAsync(Draft draft) {
    return outcomeOf(draft).thenAccept(outcome -> confirmed(draft, outcome));
  }

  /** Fails as {@code place} does; whatever the outcome, the cart is gone then. */
  public CompletableFuture<OrderOutcome> outcomeOf(Draft draft) {
    carts.put(draft);
    PlaceOrder request =
        PlaceOrder.of(
            draft.userId(),
            draft.cartId(),
            draft.addressId(),
            Draft.METHOD,
            "tok_" + draft.cartId());
    return techCorp
        .orders()
        .placeAsync(request)
        .thenCompose(OrderReceipt::outcome)
        .whenComplete((outcome, failed) -> carts.remove(draft));
  }

  private void confirmed(Draft draft, OrderOutcome outcome) {
    if (!(outcome instanceof OrderOutcome.Confirmed)) {
      throw new IllegalStateException("an order of " + draft + " was not confirmed: " + outcome);
    }
  }

  public TechCorp library() {
    return techCorp;
  }

  @Override
  public void close() {
    techCorp.close();
  }

  private static final class Carts implements CartReader {
    private final Map<UUID, Cart> open = new ConcurrentHashMap<>();

    void put(Draft draft) {
      List<Cart.Item> items =
          draft.lines().stream()
              .map(line -> new Cart.Item(line.productId(), line.quantity()))
              .toList();
      open.put(draft.cartId(), new Cart(draft.cartId(), draft.userId(), items));
    }

    void remove(Draft draft) {
      open.remove(draft.cartId());
    }

    @Override
    public Optional<Cart> findCart(UUID cartId) {
      return Optional.ofNullable(open.get(cartId));
    }
  }

  private static final class Catalogue implements ProductCatalog {
    @Override
    public Map<UUID, Product> find(Collection<UUID> ids) {
      Map<UUID, Product> found = new HashMap<>();
      ids.forEach(id -> Workload.product(id).ifPresent(product -> found.put(id, product)));
      return found;
    }
  }

  private static final class Customers implements CustomerDirectory {
    @Override
    public Optional<Customer> findCustomer(UUID userId) {
      return Workload.customer(userId);
    }

    @Override
    public boolean ownsAddress(UUID userId, UUID addressId) {
      return Workload.ownsAddress(userId, addressId);
    }
  }
}
