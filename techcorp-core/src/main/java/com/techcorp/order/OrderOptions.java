package com.techcorp.order;

import com.techcorp.error.Require;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How orders are handled. Immutable: each {@code with} method returns a changed copy.
 *
 * @param holdTime how long stock is held for an order, at least. Default 15 minutes
 * @param grace how much longer the hold stays while the payment is undecided; then the order is
 *     cancelled, and money that comes later goes back. Default 15 minutes
 * @param paymentTimeout after which a call to the payment provider counts as unanswered. Default 30
 *     s
 * @param paymentRetry how a charge is tried again and asked for; one that was given up is asked for
 *     with the same waits and without end. Default 200 ms doubling to 30 s, 10 attempts
 * @param refundRetry how a refund is tried again before it is parked for an operator. Default 1 s
 *     doubling to 5 minutes, 50 attempts
 * @param inventory times and retries of an inventory that is in another database. Default {@link
 *     InventoryOptions#DEFAULT}
 * @param soldOut what becomes of an order that wants more of a product than there is. Default
 *     {@link SoldOutOptions#DEFAULT}
 * @param version of the order saga; raise it when you change the extra steps or where stock is
 *     kept, and keep the old ones running elsewhere until their sagas are done. Default 1
 * @param extraSteps the host's own steps, in the order in which they are added. Default none
 */
public record OrderOptions(
    Duration holdTime,
    Duration grace,
    Duration paymentTimeout,
    RetryPolicy paymentRetry,
    RetryPolicy refundRetry,
    InventoryOptions inventory,
    SoldOutOptions soldOut,
    int version,
    List<ExtraStep> extraSteps) {

  /**
   * A step of the host's own.
   *
   * @param after the name of the step it follows: {@code create}, {@code reserve}, {@code pay},
   *     {@code sell} (only if the inventory is elsewhere), {@code confirm}, or another extra step
   * @param step the step
   */
  public record ExtraStep(String after, Step<OrderView> step) {}

  /** The defaults named above. */
  public static final OrderOptions DEFAULT =
      new OrderOptions(
          Duration.ofMinutes(15),
          Duration.ofMinutes(15),
          Duration.ofSeconds(30),
          RetryPolicy.DEFAULT.withAttempts(10),
          RetryPolicy.doubling(Duration.ofSeconds(1), Duration.ofMinutes(5), 50),
          InventoryOptions.DEFAULT,
          SoldOutOptions.DEFAULT,
          1,
          List.of());

  /**
   * Refuses values that are out of range.
   *
   * @throws com.techcorp.error.WiringException names the option, its range and the value
   */
  public OrderOptions {
    Require.positive("OrderOptions.holdTime", holdTime);
    Require.atLeast("OrderOptions.grace", grace, Duration.ZERO);
    Require.positive("OrderOptions.paymentTimeout", paymentTimeout);
    Require.atLeast("OrderOptions.version", version, 1);
    Objects.requireNonNull(paymentRetry, "paymentRetry");
    Objects.requireNonNull(refundRetry, "refundRetry");
    Objects.requireNonNull(inventory, "inventory");
    Objects.requireNonNull(soldOut, "soldOut");
    extraSteps = List.copyOf(extraSteps);
  }

  /**
   * Changes how long stock is held for an order, at least.
   *
   * @param holdTime positive; default 15 minutes
   * @return a changed copy
   */
  public OrderOptions withHoldTime(Duration holdTime) {
    return new OrderOptions(
        holdTime,
        grace,
        paymentTimeout,
        paymentRetry,
        refundRetry,
        inventory,
        soldOut,
        version,
        extraSteps);
  }

  /**
   * Changes how much longer stock stays held while the payment is undecided.
   *
   * @param grace not negative; default 15 minutes
   * @return a changed copy
   */
  public OrderOptions withGrace(Duration grace) {
    return new OrderOptions(
        holdTime,
        grace,
        paymentTimeout,
        paymentRetry,
        refundRetry,
        inventory,
        soldOut,
        version,
        extraSteps);
  }

  /**
   * Changes after which time a call to the payment provider counts as unanswered.
   *
   * @param paymentTimeout positive; default 30 s
   * @return a changed copy
   */
  public OrderOptions withPaymentTimeout(Duration paymentTimeout) {
    return new OrderOptions(
        holdTime,
        grace,
        paymentTimeout,
        paymentRetry,
        refundRetry,
        inventory,
        soldOut,
        version,
        extraSteps);
  }

  /**
   * Changes how a charge is tried again and asked for.
   *
   * @param paymentRetry waits and attempts; default 200 ms doubling to 30 s, 10 attempts
   * @return a changed copy
   */
  public OrderOptions withPaymentRetry(RetryPolicy paymentRetry) {
    return new OrderOptions(
        holdTime,
        grace,
        paymentTimeout,
        paymentRetry,
        refundRetry,
        inventory,
        soldOut,
        version,
        extraSteps);
  }

  /**
   * Changes how a refund is tried again before it is parked for an operator.
   *
   * @param refundRetry waits and attempts; default 1 s doubling to 5 minutes, 50 attempts
   * @return a changed copy
   */
  public OrderOptions withRefundRetry(RetryPolicy refundRetry) {
    return new OrderOptions(
        holdTime,
        grace,
        paymentTimeout,
        paymentRetry,
        refundRetry,
        inventory,
        soldOut,
        version,
        extraSteps);
  }

  /**
   * Changes times and retries of an inventory that is in another database.
   *
   * @param inventory times and retries; default {@link InventoryOptions#DEFAULT}
   * @return a changed copy
   */
  public OrderOptions withInventory(InventoryOptions inventory) {
    return new OrderOptions(
        holdTime,
        grace,
        paymentTimeout,
        paymentRetry,
        refundRetry,
        inventory,
        soldOut,
        version,
        extraSteps);
  }

  /**
   * Changes what becomes of an order that wants more of a product than there is.
   *
   * @param soldOut recorded or thrown, and how it is paced; default {@link SoldOutOptions#DEFAULT}
   * @return a changed copy
   */
  public OrderOptions withSoldOut(SoldOutOptions soldOut) {
    return new OrderOptions(
        holdTime,
        grace,
        paymentTimeout,
        paymentRetry,
        refundRetry,
        inventory,
        soldOut,
        version,
        extraSteps);
  }

  /**
   * Changes the version of the order saga.
   *
   * @param version at least 1; default 1
   * @return a changed copy
   */
  public OrderOptions withVersion(int version) {
    return new OrderOptions(
        holdTime,
        grace,
        paymentTimeout,
        paymentRetry,
        refundRetry,
        inventory,
        soldOut,
        version,
        extraSteps);
  }

  /**
   * Replaces the host's own steps; {@link #withStepAfter} adds one.
   *
   * @param extraSteps the steps; default none
   * @return a changed copy
   */
  public OrderOptions withExtraSteps(List<ExtraStep> extraSteps) {
    return new OrderOptions(
        holdTime,
        grace,
        paymentTimeout,
        paymentRetry,
        refundRetry,
        inventory,
        soldOut,
        version,
        extraSteps);
  }

  /**
   * Adds a step of the host's own.
   *
   * @param after the name of the step it follows: see {@link ExtraStep}
   * @param step the step
   * @return a changed copy
   */
  public OrderOptions withStepAfter(String after, Step<OrderView> step) {
    List<ExtraStep> more = new ArrayList<>(extraSteps);
    more.add(new ExtraStep(after, step));
    return withExtraSteps(more);
  }

  /**
   * Returns the time from the hold to the moment at which an undecided payment is given up.
   *
   * @return hold time and grace
   */
  public Duration holdCap() {
    return holdTime.plus(grace);
  }
}
