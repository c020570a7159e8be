package com.techcorp.order.internal;

import com.techcorp.order.Cart;
import com.techcorp.order.CartContents;
import com.techcorp.order.PlaceOrder;
import com.techcorp.payment.CardToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Idempotency keys as stored, and the hash of what they stand for. */
final class RequestKeys {
  private static final String EXPLICIT = "key:";

  /** A prototype that is only cloned, so that threads may share it. */
  private static final MessageDigest SHA = newSha();

  private RequestKeys() {}

  static String of(PlaceOrder request) {
    return request.idempotencyKey() == null
        ? ofCart(request.cartId())
        : EXPLICIT + request.idempotencyKey();
  }

  static String ofCart(UUID cartId) {
    return "cart:" + cartId;
  }

  /** An explicit key never comes free. */
  static boolean explicit(String key) {
    return key.startsWith(EXPLICIT);
  }

  static String bodyHash(PlaceOrder request) {
    CardToken token = request.payment().cardToken();
    return hash(
        String.join(
            "\n",
            request.cartId().toString(),
            request.shippingAddressId().toString(),
            request.payment().method(),
            token == null ? "" : token.value()));
  }

  /** Returns the hashes of any cart, also of one that cannot be ordered. */
  static CartContents contents(Cart cart) {
    Map<String, Long> sums = new TreeMap<>();
    cart.items()
        .forEach(item -> sums.merge(String.valueOf(item.productId()), item.quantity(), Long::sum));
    StringBuilder lines = new StringBuilder();
    sums.forEach((product, units) -> lines.append(product).append(' ').append(units).append('\n'));
    String version = cart.version();
    return new CartContents(hash(lines.toString()), version == null ? null : hash(version));
  }

  private static String hash(String text) {
    byte[] hash = sha().digest(text.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash);
  }

  private static MessageDigest sha() {
    try {
      return (MessageDigest) SHA.clone(); // looking it up costs more than hashing
    } catch (CloneNotSupportedException e) {
      return newSha(); // some providers' cannot be copied
    }
  }

  private static MessageDigest newSha() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
