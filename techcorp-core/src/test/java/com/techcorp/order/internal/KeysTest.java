package com.techcorp.order.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.order.Cart;
import com.techcorp.order.CartContents;
import com.techcorp.order.PlaceOrder;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KeysTest {
  private static final UUID USER = UUID.fromString("00000000-0000-7000-8000-000000000001");
  private static final UUID CART = UUID.fromString("00000000-0000-7000-8000-000000000002");
  private static final UUID ADDRESS = UUID.fromString("00000000-0000-7000-8000-000000000003");
  private static final PlaceOrder REQUEST =
      PlaceOrder.of(USER, CART, ADDRESS, "credit_card", "tok_1");

  @Test
  void theCartIsTheKeyUnlessTheCallerGivesOne() {
    assertThat(RequestKeys.of(REQUEST))
        .isEqualTo("cart:" + CART)
        .isEqualTo(RequestKeys.ofCart(CART));
    assertThat(RequestKeys.of(REQUEST.withKey("k-1"))).isEqualTo("key:k-1");
  }

  @Test
  void onlyTheCallersOwnKeysNeverComeFree() {
    assertThat(RequestKeys.explicit(RequestKeys.of(REQUEST.withKey("cart:" + CART)))).isTrue();
    assertThat(RequestKeys.explicit(RequestKeys.of(REQUEST))).isFalse();
  }

  @Test
  void theSameRequestHasTheSameHashWhateverItsKey() {
    assertThat(RequestKeys.bodyHash(REQUEST))
        .matches("[0-9a-f]{64}")
        .isEqualTo(RequestKeys.bodyHash(PlaceOrder.of(USER, CART, ADDRESS, "credit_card", "tok_1")))
        .isEqualTo(RequestKeys.bodyHash(REQUEST.withKey("k-1")));
  }

  private static CartContents contents(Cart.Item... items) {
    return RequestKeys.contents(new Cart(CART, USER, List.of(items)));
  }

  @Test
  void theSameGoodsAreTheSameContentsHoweverTheyStandInTheCart() {
    CartContents once = contents(new Cart.Item(USER, 3), new Cart.Item(ADDRESS, 1));

    assertThat(once.lines()).matches("[0-9a-f]{64}");
    assertThat(once.version()).isNull();
    assertThat(contents(new Cart.Item(ADDRESS, 1), new Cart.Item(USER, 2), new Cart.Item(USER, 1)))
        .isEqualTo(once);
  }

  @Test
  void otherProductsAndQuantitiesAreOtherContents() {
    CartContents once = contents(new Cart.Item(USER, 3));

    assertThat(once.sameAs(contents(new Cart.Item(USER, 4)))).isFalse();
    assertThat(once.sameAs(contents(new Cart.Item(ADDRESS, 3)))).isFalse();
    assertThat(once.sameAs(contents(new Cart.Item(USER, 3), new Cart.Item(ADDRESS, 1)))).isFalse();
    assertThat(once.sameAs(contents(new Cart.Item(USER, 3)))).isTrue();
  }

  @Test
  void versionsCountInsteadOfLinesWhereBothHaveOne() {
    Cart cart = new Cart(CART, USER, List.of(new Cart.Item(USER, 3)));
    Cart other = new Cart(CART, USER, List.of(new Cart.Item(ADDRESS, 1)));
    CartContents first = RequestKeys.contents(cart.withVersion("1"));

    assertThat(first.version()).matches("[0-9a-f]{64}");
    assertThat(first.sameAs(RequestKeys.contents(other.withVersion("1")))).isTrue();
    assertThat(first.sameAs(RequestKeys.contents(cart.withVersion("2")))).isFalse();
    assertThat(first.sameAs(RequestKeys.contents(cart))).as("begun to have versions").isTrue();
    assertThat(RequestKeys.contents(cart).sameAs(first)).isTrue();
    assertThat(first.sameAs(RequestKeys.contents(other))).isFalse();
  }

  @Test
  void aCartThatCannotBeOrderedHasContentsToo() {
    assertThat(contents(new Cart.Item(null, 0)).lines()).matches("[0-9a-f]{64}");
  }

  @Test
  void whatIsOrderedAndHowItIsPaidChangeTheHash() {
    assertThat(
            new PlaceOrder[] {
              PlaceOrder.of(USER, ADDRESS, ADDRESS, "credit_card", "tok_1"),
              PlaceOrder.of(USER, CART, CART, "credit_card", "tok_1"),
              PlaceOrder.of(USER, CART, ADDRESS, "debit_card", "tok_1"),
              PlaceOrder.of(USER, CART, ADDRESS, "credit_card", "tok_2"),
              new PlaceOrder(USER, CART, ADDRESS, new PlaceOrder.Payment("credit_card", null), null)
            })
        .extracting(RequestKeys::bodyHash)
        .doesNotContain(RequestKeys.bodyHash(REQUEST))
        .doesNotHaveDuplicates();
  }
}
