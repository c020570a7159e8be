package com.techcorp.order.internal;

import com.techcorp.order.PlaceOrder;
import com.techcorp.payment.CardToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.UUID;

/** Idempotency keys as stored, and the hash of what they stand for. */
final class Keys {
  private static final String EXPLICIT = "key:";

  private Keys() {}

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
    String body =
        String.join(
            "\n",
            request.cartId().toString(),
            request.shippingAddressId().toString(),
            request.payment().method(),
            token == null ? "" : token.value());
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha.digest(body.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
