package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.InProcessEventBus;
import com.techcorp.TechCorp;
import com.techcorp.error.UnavailableException;
import com.techcorp.inventory.InProcessStockCounter;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.inventory.StockLine;
import com.techcorp.messaging.Subscription;
import com.techcorp.order.Cart;
import com.techcorp.order.OrderOptions;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderReceipt;
import com.techcorp.order.PlaceOrder;
import com.techcorp.order.SoldOutOptions;
import com.techcorp.payment.Amount;
import com.techcorp.payment.CardToken;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.testkit.SimulatedCharge;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Confirmed, declined, sold out, locked, unanswered, charged otherwise, cancelled, shipped; alone
 * and in batches.
 *
 * @param shop on a server that logs its plans
 * @param counting whether the library counts the stock
 */
record EveryWayOfAnOrder(TestShop shop, boolean counting) {
  /** A card whose charge takes what was not asked for. */
  private static final CardToken ODD = new CardToken("tok_odd");

  private static final String FUSSY = "fussy";

  /** Places so many orders, and returns when nothing is left to do. */
  void take(int orders) {
    try (HikariDataSource pool = PlanLog.pool(shop.database(), 12);
        TechCorp library = started(PostgresStorage.on(pool))) {
      UUID product = shop.product(library, orders + 1);
      UUID scarce = shop.product(library, 1);
      List<PlaceOrder> requests = new ArrayList<>();
      for (int i = 0; i < orders; i++) {
        requests.add(shop.order(i % 4 == 0 ? scarce : product, 1));
      }
      shop.gateway
          .on()
          .call(5, SimulatedCharge.decline("no_funds"))
          .call(6, SimulatedCharge.loseAnswer())
          .card(ODD, SimulatedCharge.approve().taking(new Amount(1, "USD")));
      List<OrderReceipt> receipts = requests.parallelStream().map(library.orders()::place).toList();
      List<UUID> confirmed =
          receipts.stream()
              .filter(receipt -> TestShop.outcome(receipt) instanceof OrderOutcome.Confirmed)
              .map(OrderReceipt::orderId)
              .toList();
      library.orders().ship(confirmed.get(0));
      library.orders().deliver(confirmed.get(0));
      holdByHand(library.inventory(), product);
      refill(library, requests, receipts, confirmed.get(0), product);
      UUID last = receipts.get(orders - 1).orderId();
      UUID owner = requests.get(orders - 1).userId();
      library.orders().find(owner, last);
      library.orders().list(owner, 10);
      library.orders().history(last);
      library.orders().cancel(owner, last, "changed my mind");
      library.orders().place(requests.get(1));
      PlaceOrder odd = shop.order(product, 1);
      UUID cart = odd.cartId();
      UUID to = odd.shippingAddressId();
      OrderReceipt receipt =
          library.orders().place(PlaceOrder.of(odd.userId(), cart, to, "card", ODD.value()));
      assertThat(TestShop.outcome(receipt)).isInstanceOf(OrderOutcome.Cancelled.class);
      restockWhileLocked(library.inventory(), product);
      TestShop.eventually(
          () -> {
            assertThat(library.inFlight()).isZero();
            assertThat(shop.count("saga.instances where definition in ('order', 'reversal')"))
                .isZero();
            assertThat(shop.count("messaging.outbox")).isZero();
            assertThat(shop.count("messaging.consumer_backlog where consumer = '" + FUSSY + "'"))
                .isZero();
          });
    }
  }

  /** With a consumer that fails on some events once, and on some for ever. */
  private TechCorp started(PostgresStorage storage) {
    Set<UUID> failedOnce = ConcurrentHashMap.newKeySet();
    InProcessEventBus bus =
        new InProcessEventBus(storage.inbox(), RetryPolicy.every(Duration.ofMillis(20), 3));
    bus.subscribe(
        new Subscription(
            FUSSY,
            Set.of("payment.confirmed", "order.confirmed"),
            event -> {
              boolean forEver = event.stream().hashCode() % 8 == 0;
              if (forEver || (event.id().hashCode() % 2 == 0 && failedOnce.add(event.id()))) {
                throw new IllegalStateException("not now");
              }
            }));
    TechCorp.Builder builder = shop.wired().storage(storage).events(bus);
    if (counting) {
      builder
          .counters(new InProcessStockCounter())
          .orders(OrderOptions.DEFAULT.withSoldOut(SoldOutOptions.DEFAULT.withRecorded(true)));
    }
    return builder.start();
  }

  private void restockWhileLocked(InventoryReserver inventory, UUID product) {
    shop.sql()
        .useTransaction(
            host -> {
              host.select("select 1 from inventory.stock where product_id = ? for update", product)
                  .mapTo(Integer.class)
                  .one();
              assertThatExceptionOfType(UnavailableException.class)
                  .isThrownBy(() -> inventory.restock(product, 1));
            });
  }

  /** The cart of a delivered order buys other goods, whose order takes its key over. */
  private void refill(
      TechCorp library,
      List<PlaceOrder> requests,
      List<OrderReceipt> receipts,
      UUID bought,
      UUID product) {
    PlaceOrder request =
        requests.get(receipts.stream().map(OrderReceipt::orderId).toList().indexOf(bought));
    List<Cart.Item> goods = List.of(new Cart.Item(product, 2));
    shop.carts.put(new Cart(request.cartId(), request.userId(), goods));
    TestShop.outcome(library.orders().place(request));
    assertThat(shop.count("orders.idempotency_keys where key = 'past:" + bought + "'")).isOne();
  }

  private static void holdByHand(InventoryReserver inventory, UUID product) {
    List<StockLine> lines = List.of(new StockLine(product, 1));
    UUID givenBack = UUID.randomUUID();
    inventory.reserve(givenBack, lines, Duration.ofMinutes(5));
    inventory.extend(givenBack, Duration.ofMinutes(10));
    inventory.release(givenBack);
    UUID sold = UUID.randomUUID();
    inventory.reserve(sold, lines, Duration.ofMinutes(5));
    inventory.confirm(sold);
    inventory.reverse(sold);
  }
}
