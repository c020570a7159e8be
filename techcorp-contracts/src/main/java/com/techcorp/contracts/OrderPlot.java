package com.techcorp.contracts;

import com.techcorp.payment.Amount;
import com.techcorp.servers.provider.ProviderProcess;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedCharge;
import java.util.function.Consumer;

/**
 * What the provider does and what the customers do; and how many points a sweep has at the least.
 */
enum OrderPlot {
  APPROVED(79),
  DECLINED(79, g -> g.on().every(SimulatedCharge.decline("insufficient_funds"))),
  FIRST_NOT_SENT(92, g -> g.on().every(SimulatedCharge.failBefore(), SimulatedCharge.approve())),
  NEVER_SENT(136, g -> g.on().every(SimulatedCharge.failBefore())),
  ANSWER_LOST(95, g -> g.on().every(SimulatedCharge.loseAnswer())),
  TIMED_OUT_AFTER_CHARGING(95, g -> g.on().every(SimulatedCharge.timeOutAfterCharging())),
  REQUEST_LOST(98, g -> g.on().every(SimulatedCharge.loseRequest(), SimulatedCharge.approve())),
  NEVER_ARRIVES(370, g -> g.on().every(SimulatedCharge.loseRequest())),
  ARRIVES_LATE(499, g -> g.on().every(SimulatedCharge.arriveLate()), Customer.STAYS, true),
  LOOK_UPS_FAIL(
      166,
      g -> {
        g.on().every(SimulatedCharge.loseAnswer());
        g.failNext(SimulatedCall.LOOK_UP, 3);
      }),
  OUT_OF_STOCK(74, g -> {}, Customer.WANTS_TOO_MUCH, false),
  LAST_UNIT_FOR_TWO(113, g -> {}, Customer.TWO_FOR_ONE, false),
  DECLINED_THEN_AGAIN(
      116,
      g -> g.on().every(SimulatedCharge.decline("card_declined"), SimulatedCharge.approve()),
      Customer.TRIES_AGAIN,
      false),
  CANCELLED_WHILE_UNDECIDED(
      525, g -> g.on().every(SimulatedCharge.arriveLate()), Customer.CANCELS, true),
  CANCELLED_WHEN_CONFIRMED(133, g -> {}, Customer.CANCELS, false),
  REFUND_FAILS_FIRST(167, g -> g.failNext(SimulatedCall.REFUND, 2), Customer.CANCELS, false),
  REFUND_ANSWER_LOST(143, g -> g.loseRefundAnswers(1), Customer.CANCELS, false),
  /** The answer is lost, and before the next attempt the provider has forgotten the key. */
  REFUND_AFTER_THE_WINDOW(180, g -> g.loseRefundAnswers(1), Customer.CANCELS, false),
  SHIPPED_AND_DELIVERED(98, g -> {}, Customer.RECEIVES, false),
  /** Less is taken than asked for, and given back. */
  TAKES_LESS(181, g -> g.on().every(SimulatedCharge.approve().taking(Taken.LESS))),
  TAKES_ANOTHER_CURRENCY_ANSWER_LOST(
      214, g -> g.on().every(SimulatedCharge.loseAnswer().taking(Taken.DOLLARS))),
  /** More is taken, at a provider that voids charges. */
  TAKES_MORE(140, g -> g.on().every(SimulatedCharge.approve().taking(Taken.MORE))),
  FREE(70, g -> {}, Customer.TAKES_A_SAMPLE, false),
  FREE_CANCELLED(120, g -> {}, Customer.RETURNS_A_SAMPLE, false);

  /** Whether the provider voids what it charged when it is asked to cancel. */
  boolean voids() {
    return this == TAKES_MORE;
  }

  /** Whether the provider forgets keys as soon as it may, and the gateway says so. */
  boolean forgets() {
    return this == REFUND_AFTER_THE_WINDOW;
  }

  /** What the customers do besides placing an order. */
  enum Customer {
    STAYS,
    WANTS_TOO_MUCH,
    TWO_FOR_ONE,
    TRIES_AGAIN,
    CANCELS,
    RECEIVES,
    /** Orders what costs nothing. */
    TAKES_A_SAMPLE,
    RETURNS_A_SAMPLE;

    boolean pays() {
      return this != TAKES_A_SAMPLE && this != RETURNS_A_SAMPLE;
    }
  }

  /** In place of {@link OrderPlot#PRICE}. */
  private static final class Taken {
    private static final Amount LESS = new Amount(OrderPlot.PRICE - 999, "BRL");
    private static final Amount MORE = new Amount(OrderPlot.PRICE + 1, "BRL");
    private static final Amount DOLLARS = new Amount(OrderPlot.PRICE, "USD");
  }

  final int points;

  @SuppressWarnings("ImmutableEnumChecker") // the lambdas keep nothing
  final Consumer<ProviderProcess> provider;

  static final long PRICE = 1_999;

  final Customer customer;

  /** Whether a request arrives after the order is given up, at a provider that cannot cancel. */
  final boolean late;

  OrderPlot(int points) {
    this(points, g -> {});
  }

  OrderPlot(int points, Consumer<ProviderProcess> provider) {
    this(points, provider, Customer.STAYS, false);
  }

  OrderPlot(int points, Consumer<ProviderProcess> provider, Customer customer, boolean late) {
    this.points = points;
    this.provider = provider;
    this.customer = customer;
    this.late = late;
  }
}
