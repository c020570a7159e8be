package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.TechCorp;
import com.techcorp.catalog.Product;
import com.techcorp.order.*;
import com.techcorp.testkit.*;
import java.time.Duration;
import java.util.*;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SmokeIT {
  @Test
  void oneOrder() throws Exception {
    try (TestDatabase db = TestDatabase.fresh()) {
      UUID user = UUID.randomUUID(), cart = UUID.randomUUID(), address = UUID.randomUUID(), product = UUID.randomUUID();
      SimulatedGateway gateway = SimulatedGateway.approving();
      CustomerDirectory customers = new CustomerDirectory() {
        public Optional<Customer> find(UUID id) { return Optional.of(new Customer(id, "a@example.com", "Ana", "pt-BR")); }
        public boolean ownsAddress(UUID u, UUID a) { return true; }
      };
      try (TechCorp shop = TechCorp.builder().storage(PostgresStorage.on(db.pool())).payments(gateway)
          .carts(id -> Optional.of(new Cart(id, user, List.of(new Cart.Item(product, 2)))))
          .catalog(ids -> Map.of(product, new Product(product, "T", 1000, "BRL", 1)))
          .customers(customers).start()) {
        shop.inventory().restock(product, 3);
        OrderReceipt r = shop.orders().place(PlaceOrder.of(user, cart, address, "credit_card", "tok_1"));
        System.out.println(r.orderNumber() + " " + r.outcome().get(5, TimeUnit.SECONDS));
        OrderReceipt r2 = shop.orders().place(PlaceOrder.of(user, UUID.randomUUID(), address, "credit_card", "tok_1"));
        System.out.println(r2.orderNumber() + " " + r2.outcome().get(5, TimeUnit.SECONDS));
        OrderReceipt again = shop.orders().place(PlaceOrder.of(user, cart, address, "credit_card", "tok_1"));
        assertThat(again.orderId()).isEqualTo(r.orderId());
        shop.orders().cancel(user, r.orderId(), "changed my mind");
        org.awaitility.Awaitility.await().untilAsserted(() -> assertThat(gateway.money(r.orderId()).kept()).isZero());
        System.out.println(shop.orders().history(r.orderId()).replay());
        assertThat(shop.orders().history(r.orderId()).replay()).isEqualTo(shop.orders().find(user, r.orderId()).get());
        org.awaitility.Awaitility.await().untilAsserted(() -> assertThat(shop.inFlight()).isZero());
        Thread.sleep(500);
        System.out.println(InvariantCheck.on(db.pool()).settled(true).run().text());
        long t = System.nanoTime();
        shop.inventory().restock(product, 100000);
        for (int i = 0; i < 300; i++) shop.orders().place(PlaceOrder.of(user, UUID.randomUUID(), address, "credit_card", "tok_1")).outcome().get(5, TimeUnit.SECONDS);
        System.out.println("300 seq in ms " + (System.nanoTime() - t) / 1_000_000);
        Thread.sleep(1500);
        var rep = InvariantCheck.on(db.pool()).settled(true).run();
        System.out.println(rep.text());
        assertThat(rep.isClean()).isTrue();
      }
    }
  }
}
