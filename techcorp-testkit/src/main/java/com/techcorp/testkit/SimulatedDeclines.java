package com.techcorp.testkit;

import com.techcorp.payment.PaymentGateway.ChargeRequest;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Declines a share of the orders, where no script says otherwise.
 *
 * @param rate the share, 0 to 1
 * @param code why
 * @param seed chooses the orders
 */
record SimulatedDeclines(double rate, String code, long seed) {
  /** The same order is always treated alike under one seed, in any order of calls. */
  SimulatedCharge of(ChargeRequest request) {
    UUID id = request.orderId();
    long mixed = 31 * (31 * seed + id.getMostSignificantBits()) + id.getLeastSignificantBits();
    return new SplittableRandom(mixed).nextDouble() < rate
        ? SimulatedCharge.decline(code)
        : SimulatedCharge.approve();
  }
}
