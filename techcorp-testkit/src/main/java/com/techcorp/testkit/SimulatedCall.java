package com.techcorp.testkit;

import com.techcorp.payment.PaymentGateway;

/** The kinds of calls of a {@link SimulatedGateway}, to count and to fail them. */
public enum SimulatedCall {
  /** Calls of {@link PaymentGateway#charge}. */
  CHARGE,
  /** Calls of {@link PaymentGateway#lookUp}. */
  LOOK_UP,
  /** Calls of {@link PaymentGateway#cancel}. */
  CANCEL,
  /** Calls of {@link PaymentGateway#refund}. */
  REFUND,
  /** Calls of {@link PaymentGateway#lookUpRefund}. */
  LOOK_UP_REFUND
}
