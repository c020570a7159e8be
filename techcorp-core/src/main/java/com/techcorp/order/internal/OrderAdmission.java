package com.techcorp.order.internal;

import com.techcorp.catalog.Product;
import com.techcorp.catalog.ProductCatalog;
import com.techcorp.error.InvalidOrderException;
import com.techcorp.error.StepFailedException;
import com.techcorp.error.TechCorpException;
import com.techcorp.error.TokenRedaction;
import com.techcorp.inventory.StockLine;
import com.techcorp.order.Cart;
import com.techcorp.order.CartContents;
import com.techcorp.order.CartReader;
import com.techcorp.order.CustomerDirectory;
import com.techcorp.order.OrderLine;
import com.techcorp.order.PlaceOrder;
import com.techcorp.payment.CardToken;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks a request and prices its cart; what passes can be stored. Nothing is written here. */
final class OrderAdmission {
  private static final int MAX_TEXT = 255;
  private static final Pattern METHOD = Pattern.compile("[a-z0-9_]{1,40}");

  private final CartReader carts;
  private final ProductCatalog catalog;
  private final CustomerDirectory customers;
  private final Traces traces;

  OrderAdmission(
      CartReader carts, ProductCatalog catalog, CustomerDirectory customers, Traces traces) {
    this.carts = carts;
    this.catalog = catalog;
    this.customers = customers;
    this.traces = traces;
  }

  /** Checks what needs no look-up. Nulls come from outside whatever the types say. */
  void checkShape(@Nullable PlaceOrder request) {
    present("request", request);
    PlaceOrder given = Objects.requireNonNull(request);
    present("user_id", given.userId());
    present("cart_id", given.cartId());
    present("shipping_address_id", given.shippingAddressId());
    present("payment", given.payment());
    present("payment.method", given.payment().method());
    if (!METHOD.matcher(given.payment().method()).matches()) {
      throw new InvalidOrderException(
          "payment.method", "must be 1 to 40 lower-case letters, digits or underscores");
    }
    CardToken token = given.payment().cardToken();
    if (token != null) {
      present("payment.card_token", token.value());
      text("payment.card_token", token.value());
    }
    if (given.idempotencyKey() != null) {
      text("idempotency_key", given.idempotencyKey());
    }
  }

  private static void present(String field, @Nullable Object value) {
    if (value == null) {
      throw new InvalidOrderException(field, "is required");
    }
  }

  private static void text(String field, String value) {
    if (value.isBlank() || value.length() > MAX_TEXT) {
      throw new InvalidOrderException(field, "must have 1 to " + MAX_TEXT + " characters");
    }
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < ' ' || Character.isSurrogate(value.charAt(i))) {
        throw new InvalidOrderException(field, "must not hold control characters or surrogates");
      }
    }
  }

  /** Returns the order as it would be; its ids and its number are still to come. */
  AdmittedOrder admit(PlaceOrder request) {
    TokenRedaction redaction = redaction(request);
    Cart cart =
        cart(request)
            .orElseThrow(() -> new InvalidOrderException("cart_id", "no such cart of this caller"));
    if (!asked(
        "customers",
        redaction,
        () -> customers.ownsAddress(request.userId(), request.shippingAddressId()))) {
      throw new InvalidOrderException("shipping_address_id", "no such address of this caller");
    }
    List<StockLine> summed = CartPricing.summed(cart);
    List<UUID> ids = summed.stream().map(StockLine::productId).toList();
    Map<UUID, Product> products = asked("catalog", redaction, () -> catalog.find(ids));
    String currency = CartPricing.currency(cart, products);
    List<OrderLine> lines = CartPricing.priced(summed, products);
    return new AdmittedOrder(
        request,
        summed,
        lines,
        CartPricing.total(lines),
        currency,
        RequestKeys.contents(cart),
        traces.current());
  }

  private Optional<Cart> cart(PlaceOrder request) {
    return asked("carts", redaction(request), () -> carts.findCart(request.cartId()))
        .filter(cart -> cart.userId().equals(request.userId()));
  }

  /** Returns the contents of the request's cart; null if it is empty, gone, or not the caller's. */
  @Nullable CartContents contents(PlaceOrder request) {
    return cart(request)
        .filter(cart -> !cart.items().isEmpty())
        .map(RequestKeys::contents)
        .orElse(null);
  }

  private static TokenRedaction redaction(PlaceOrder request) {
    CardToken token = request.payment().cardToken();
    return token == null ? TokenRedaction.NONE : TokenRedaction.of(List.of(token.value()));
  }

  /** Returns the answer of a host's port; an exception becomes one documented type. */
  private static <T> T asked(String port, TokenRedaction redaction, Supplier<T> question) {
    try {
      return question.get();
    } catch (TechCorpException e) {
      throw e;
    } catch (Throwable e) {
      throw new StepFailedException(port, redaction.reason(e), redaction.safe(e));
    }
  }
}
