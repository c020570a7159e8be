package com.techcorp.order;

import com.techcorp.error.WiringException;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How orders are handled. Immutable; each method returns a changed copy.
 *
 * @param holdTime how long stock is held for an order, at least; default 15 minutes
 * @param grace how much longer the hold stays while the payment is undecided; then the order is
 *     cancelled, and money that comes later goes back; default 15 minutes
 * @param paymentTimeout after which a call to the payment provider counts as unanswered; default 30
 *     s
 * @param paymentRetry how a charge is tried again and asked for; one that was given up is asked for
 *     with the same waits and without end; default 200 ms doubling to 30 s, 10 attempts
 * @param refundRetry how a refund is tried again before it is parked for an operator; default 1 s
 *     doubling to 5 minutes, 50 attempts
 * @param inventory times and retries of an inventory that is in another database; default {@link
 *     InventorySettings#DEFAULT}
 * @param soldOut what becomes of an order that wants more of a product than there is; default
 *     {@link SoldOutOptions#DEFAULT}
 * @param version of the order saga; raise it when you change the extra steps or where stock is
 *     kept, and keep the old ones running elsewhere until their sagas are done; default 1
 * @param extraSteps the host's own steps
 */
public record OrderSettings(
    Duration holdTime,
    Duration grace,
    Duration paymentTimeout,
    RetryPolicy paymentRetry,
    RetryPolicy refundRetry,
    InventorySettings inventory,
    SoldOutOptions soldOut,
    int version,
    List<ExtraStep> extraSteps) {
  /** The defaults named above. */
  public static final OrderSettings DEFAULT =
      new OrderSettings(
          Duration.ofMinutes(15),
          Duration.ofMinutes(15),
          Duration.ofSeconds(30),
          new RetryPolicy(Duration.ofMillis(200), Duration.ofSeconds(30), 10),
          new RetryPolicy(Duration.ofSeconds(1), Duration.ofMinutes(5), 50),
          InventorySettings.DEFAULT,
          SoldOutOptions.DEFAULT,
          1,
          List.of());

  /**
   * A host's own step.
   *
   * @param after the name of the step it follows: {@code create}, {@code reserve}, {@code pay},
   *     {@code sell} (only if the inventory is elsewhere), {@code confirm}, or another extra step
   * @param step the step
   */
  public record ExtraStep(String after, Step<OrderView> step) {}

  /** Checks the values. */
  public OrderSettings {
    extraSteps = List.copyOf(extraSteps);
    positive("holdTime", holdTime);
    positive("paymentTimeout", paymentTimeout);
    if (grace.isNegative()) {
      throw new WiringException("grace must not be negative, was " + grace);
    }
  }

  private static void positive(String name, Duration value) {
    if (value.isNegative() || value.isZero()) {
      throw new WiringException(name + " must be positive, was " + value);
    }
  }

  /**
   * From the hold to the moment at which an undecided payment is given up.
   *
   * @return hold time and grace
   */
  public Duration holdCap() {
    return holdTime.plus(grace);
  }

  /**
   * With other hold times.
   *
   * @param hold at least so long
   * @param longer so much longer while the payment is undecided
   * @return a changed copy
   */
  public OrderSettings holding(Duration hold, Duration longer) {
    return new OrderSettings(
        hold,
        longer,
        paymentTimeout,
        paymentRetry,
        refundRetry,
        inventory,
        soldOut,
        version,
        extraSteps);
  }

  /**
   * With another time-out and other retries of the payment.
   *
   * @param timeout of one call
   * @param retry waits and budget
   * @return a changed copy
   */
  public OrderSettings paying(Duration timeout, RetryPolicy retry) {
    return new OrderSettings(
        holdTime, grace, timeout, retry, refundRetry, inventory, soldOut, version, extraSteps);
  }

  /**
   * With other retries of a refund.
   *
   * @param retry waits and budget
   * @return a changed copy
   */
  public OrderSettings refunding(RetryPolicy retry) {
    return new OrderSettings(
        holdTime,
        grace,
        paymentTimeout,
        paymentRetry,
        retry,
        inventory,
        soldOut,
        version,
        extraSteps);
  }

  /**
   * With other times and retries of an inventory that is in another database.
   *
   * @param times times and retries
   * @return a changed copy
   */
  public OrderSettings inventory(InventorySettings times) {
    return new OrderSettings(
        holdTime,
        grace,
        paymentTimeout,
        paymentRetry,
        refundRetry,
        times,
        soldOut,
        version,
        extraSteps);
  }

  /**
   * With another answer to orders of what is sold out.
   *
   * @param options recorded or thrown, and how it is paced
   * @return a changed copy
   */
  public OrderSettings withSoldOut(SoldOutOptions options) {
    return new OrderSettings(
        holdTime,
        grace,
        paymentTimeout,
        paymentRetry,
        refundRetry,
        inventory,
        options,
        version,
        extraSteps);
  }

  /**
   * With one more step of the host's.
   *
   * @param after the name of the step it follows
   * @param step the step
   * @return a changed copy
   */
  public OrderSettings stepAfter(String after, Step<OrderView> step) {
    List<ExtraStep> more = new ArrayList<>(extraSteps);
    more.add(new ExtraStep(after, step));
    return new OrderSettings(
        holdTime,
        grace,
        paymentTimeout,
        paymentRetry,
        refundRetry,
        inventory,
        soldOut,
        version,
        more);
  }

  /**
   * With another version of the order saga.
   *
   * @param number at least 1
   * @return a changed copy
   */
  public OrderSettings version(int number) {
    return new OrderSettings(
        holdTime,
        grace,
        paymentTimeout,
        paymentRetry,
        refundRetry,
        inventory,
        soldOut,
        number,
        extraSteps);
  }
}
