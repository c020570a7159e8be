package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.catalog.Product;
import com.techcorp.catalog.ProductCatalog;
import com.techcorp.order.Cart;
import com.techcorp.order.CartReader;
import com.techcorp.order.CustomerDirectory;
import com.techcorp.order.CustomerDirectory.Customer;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What carts, products and customers of any host must do. A host runs it on its own readers. */
public abstract class HostPortsContract {
  private final UUID user = UUID.randomUUID();
  private final UUID stranger = UUID.randomUUID();
  private final UUID unknown = UUID.randomUUID();

  /** For subclasses. */
  protected HostPortsContract() {}

  /**
   * The carts under test.
   *
   * @return the reader
   */
  protected abstract CartReader carts();

  /**
   * The products under test.
   *
   * @return the catalogue
   */
  protected abstract ProductCatalog catalog();

  /**
   * The customers under test.
   *
   * @return the directory
   */
  protected abstract CustomerDirectory customers();

  /**
   * Makes a cart exist.
   *
   * @param cart the cart
   */
  protected abstract void given(Cart cart);

  /**
   * Makes a product exist.
   *
   * @param product the product
   */
  protected abstract void given(Product product);

  /**
   * Makes a customer exist.
   *
   * @param customer the customer
   * @param addressId one of their addresses
   */
  protected abstract void given(Customer customer, UUID addressId);

  @Test
  void aCartIsReadAsItIsWithALineAProductMayHaveTwice() {
    UUID product = UUID.randomUUID();
    Cart cart =
        new Cart(
            UUID.randomUUID(), user, List.of(new Cart.Item(product, 2), new Cart.Item(product, 3)));
    given(cart);

    assertThat(carts().findCart(cart.id())).contains(cart);
    assertThat(carts().findCart(unknown)).isEmpty();
  }

  @Test
  void anEmptyCartIsACart() {
    Cart cart = new Cart(UUID.randomUUID(), user, List.of());
    given(cart);

    assertThat(carts().findCart(cart.id())).contains(cart);
  }

  @Test
  void onlyKnownProductsAreFound() {
    Product lamp = new Product(UUID.randomUUID(), "A lamp", 1_999, "EUR", 1);
    Product chair = new Product(UUID.randomUUID(), "Cadeira “São Paulo”", 29_990, "BRL", 7);
    given(lamp);
    given(chair);

    assertThat(catalog().find(List.of(lamp.id(), chair.id(), unknown)))
        .hasSize(2)
        .containsEntry(lamp.id(), lamp)
        .containsEntry(chair.id(), chair);
    assertThat(catalog().find(List.of())).isEmpty();
  }

  @Test
  void anAddressBelongsToItsCustomerAlone() {
    UUID home = UUID.randomUUID();
    Customer customer = new Customer(user, "ada@example.com", "Ada", "pt-BR");
    given(customer, home);
    given(new Customer(stranger, "bob@example.com", "Bob", "en"), UUID.randomUUID());

    assertThat(customers().findCustomer(user)).contains(customer);
    assertThat(customers().findCustomer(unknown)).isEmpty();
    assertThat(customers().ownsAddress(user, home)).isTrue();
    assertThat(customers().ownsAddress(stranger, home)).isFalse();
    assertThat(customers().ownsAddress(user, unknown)).isFalse();
  }
}
