package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.catalog.Product;
import com.techcorp.order.Cart;
import com.techcorp.order.CustomerDirectory.Customer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The host's own ports in memory, and the clock. */
class MemoryHostTest {
  private final UUID id = UUID.randomUUID();
  private final UUID user = UUID.randomUUID();
  private final UUID unknown = UUID.randomUUID();

  @Test
  void findsCarts() {
    MemoryCarts carts = new MemoryCarts().put(id, user, unknown, 2);
    assertThat(carts.findCart(id)).contains(new Cart(id, user, List.of(new Cart.Item(unknown, 2))));
    assertThat(carts.findCart(unknown)).isEmpty();
  }

  @Test
  void findsProducts() {
    Product product = new Product(id, "A lamp", 1_999, "EUR", 1);
    MemoryCatalog catalog = new MemoryCatalog().put(product);
    assertThat(catalog.find(List.of(id, unknown))).containsOnlyKeys(id).containsValue(product);
  }

  @Test
  void findsCustomersAndTheirAddresses() {
    UUID home = UUID.randomUUID();
    UUID work = UUID.randomUUID();
    Customer customer = new Customer(user, "a@example.com", "Ada", "pt-BR");
    MemoryCustomers customers = new MemoryCustomers().put(customer, home).put(customer, work);
    assertThat(customers.findCustomer(user)).contains(customer);
    assertThat(customers.findCustomer(unknown)).isEmpty();
    assertThat(customers.ownsAddress(user, home)).isTrue();
    assertThat(customers.ownsAddress(user, work)).isTrue();
    assertThat(customers.ownsAddress(user, unknown)).isFalse();
    assertThat(customers.ownsAddress(unknown, home)).isFalse();
  }

  @Test
  void movesTimeOnlyWhenTold() {
    SteppedClock clock = SteppedClock.at(Instant.EPOCH);
    assertThat(clock.now()).isEqualTo(Instant.EPOCH).isEqualTo(clock.instant());
    assertThat(clock.advance(Duration.ofDays(1))).isEqualTo(clock.now());
    clock.set(Instant.EPOCH);
    assertThat(clock.now()).isEqualTo(Instant.EPOCH);
  }
}
