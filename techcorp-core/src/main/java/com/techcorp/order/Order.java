package com.techcorp.order;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order as it stands.
 *
 * @param id its id
 * @param orderNumber such as {@code TC-2024-001234}
 * @param userId whose
 * @param cartId the cart it was made from
 * @param shippingAddressId where to
 * @param amount minor units
 * @param currency ISO 4217
 * @param status its state
 * @param cancelReason the code of why it was cancelled, or null
 * @param cancelDetail more on that, such as the product that fell short, or null
 * @param refundStatus how far its refund is, or null if there is none
 * @param lastSeq the sequence number of its last event
 * @param published how many of its events were published
 * @param createdAt when it was accepted
 * @param updatedAt when something last happened
 * @param lines its products; by product id
 */
public record Order(
    UUID id,
    String orderNumber,
    UUID userId,
    UUID cartId,
    UUID shippingAddressId,
    long amount,
    String currency,
    OrderStatus status,
    @Nullable String cancelReason,
    @Nullable String cancelDetail,
    @Nullable OrderRefundStatus refundStatus,
    int lastSeq,
    int published,
    Instant createdAt,
    Instant updatedAt,
    List<OrderLine> lines) {
  /** Copies the lines. */
  public Order {
    lines = List.copyOf(lines);
  }

  /**
   * What changes with each event.
   *
   * @return the changing part
   */
  public OrderHead head() {
    return new OrderHead(status, cancelReason, cancelDetail, refundStatus, lastSeq, published);
  }
}
