package com.techcorp.order;

import com.techcorp.payment.Amount;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An order's current state. What was ordered never changes; {@code head} does, with each event.
 *
 * @param id its id
 * @param orderNumber such as {@code TC-2024-001234}
 * @param userId whose
 * @param cartId the cart it was made from
 * @param shippingAddressId where to
 * @param total what it costs
 * @param lines its products; by product id
 * @param head how far it is: what its events change
 * @param times when it was accepted, and when something last happened
 */
public record Order(
    UUID id,
    String orderNumber,
    UUID userId,
    UUID cartId,
    UUID shippingAddressId,
    Amount total,
    List<OrderLine> lines,
    OrderHead head,
    Times times) {
  /**
   * The times at which an order was accepted and last changed.
   *
   * @param createdAt when it was accepted
   * @param updatedAt when something last happened
   */
  public record Times(Instant createdAt, Instant updatedAt) {}

  /** Makes an unmodifiable copy of the lines. */
  public Order {
    lines = List.copyOf(lines);
  }

  /**
   * Returns the order after one more event.
   *
   * @param next its head after the event
   * @param at when it happened
   * @return the order as it stands then
   */
  public Order after(OrderHead next, Instant at) {
    return new Order(
        id,
        orderNumber,
        userId,
        cartId,
        shippingAddressId,
        total,
        lines,
        next,
        new Times(times.createdAt, at));
  }

  /**
   * Returns the order's total.
   *
   * @return minor units, such as cents
   */
  public long amount() {
    return total.minorUnits();
  }

  /**
   * Returns the currency of the total.
   *
   * @return ISO 4217
   */
  public String currency() {
    return total.currency();
  }

  /**
   * Returns the order's state.
   *
   * @return such as CONFIRMED
   */
  public OrderStatus status() {
    return head.status();
  }

  /**
   * Returns why it was cancelled.
   *
   * @return the reason's code, or null
   */
  public @Nullable String cancelReason() {
    return head.cancelReason();
  }

  /**
   * Returns further detail on the cancellation.
   *
   * @return such as the product with insufficient stock, or null
   */
  public @Nullable String cancelDetail() {
    return head.cancelDetail();
  }

  /**
   * Returns how far its refund is.
   *
   * @return the refund's state, or null if there is none
   */
  public @Nullable OrderRefundStatus refundStatus() {
    return head.refundStatus();
  }

  /**
   * Returns how many events it has.
   *
   * @return the sequence number of the last one
   */
  public int lastSeq() {
    return head.lastSeq();
  }

  /**
   * Returns how many of its events were published.
   *
   * @return the sequence of the last one in its stream
   */
  public int published() {
    return head.published();
  }

  /**
   * Returns the time at which it was accepted.
   *
   * @return by the storage's clock
   */
  public Instant createdAt() {
    return times.createdAt;
  }

  /**
   * Returns the time of the last event.
   *
   * @return by the storage's clock
   */
  public Instant updatedAt() {
    return times.updatedAt;
  }
}
