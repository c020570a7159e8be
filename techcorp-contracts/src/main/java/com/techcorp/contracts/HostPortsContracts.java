package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.catalog.Product;
import com.techcorp.order.Cart;
import com.techcorp.order.CustomerDirectory.Customer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What carts, products and customers of any host must do. A host runs it on its own readers. */
public abstract class HostPortsContracts extends ContractSuite<HostPortsUnderTest> {
  private final UUID user = UUID.randomUUID();
  private final UUID stranger = UUID.randomUUID();
  private final UUID unknown = UUID.randomUUID();

  /** For subclasses. */
  protected HostPortsContracts() {}

  @Test
  void aCartIsReadAsItIsWithALineAProductMayHaveTwice() {
    UUID product = UUID.randomUUID();
    Cart cart =
        new Cart(
            UUID.randomUUID(), user, List.of(new Cart.Item(product, 2), new Cart.Item(product, 3)));
    adapter().given(cart);

    assertThat(adapter().carts().findCart(cart.id())).contains(cart);
    assertThat(adapter().carts().findCart(unknown)).isEmpty();
  }

  @Test
  void anEmptyCartIsACart() {
    Cart cart = new Cart(UUID.randomUUID(), user, List.of());
    adapter().given(cart);

    assertThat(adapter().carts().findCart(cart.id())).contains(cart);
  }

  @Test
  void onlyKnownProductsAreFound() {
    Product lamp = new Product(UUID.randomUUID(), "A lamp", 1_999, "EUR", 1);
    Product chair = new Product(UUID.randomUUID(), "Cadeira “São Paulo”", 29_990, "BRL", 7);
    adapter().given(lamp);
    adapter().given(chair);

    assertThat(adapter().catalog().find(List.of(lamp.id(), chair.id(), unknown)))
        .hasSize(2)
        .containsEntry(lamp.id(), lamp)
        .containsEntry(chair.id(), chair);
    assertThat(adapter().catalog().find(List.of())).isEmpty();
  }

  @Test
  void anAddressBelongsToItsCustomerAlone() {
    UUID home = UUID.randomUUID();
    Customer customer = new Customer(user, "ada@example.com", "Ada", "pt-BR");
    adapter().given(customer, home);
    adapter().given(new Customer(stranger, "bob@example.com", "Bob", "en"), UUID.randomUUID());

    assertThat(adapter().customers().findCustomer(user)).contains(customer);
    assertThat(adapter().customers().findCustomer(unknown)).isEmpty();
    assertThat(adapter().customers().ownsAddress(user, home)).isTrue();
    assertThat(adapter().customers().ownsAddress(stranger, home)).isFalse();
    assertThat(adapter().customers().ownsAddress(user, unknown)).isFalse();
  }
}
