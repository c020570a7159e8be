package com.techcorp.contracts;

import com.techcorp.payment.PaymentGateway;
import org.junit.jupiter.api.Nested;

/**
 * What a {@link PaymentGateway} promises while the provider is well. Run it against the provider's
 * test mode: it charges and refunds small amounts.
 */
public abstract class PaymentGatewayContracts extends ContractSuite<PaymentGatewayUnderTest> {
  /** For subclasses. */
  protected PaymentGatewayContracts() {}

  @Nested
  class Charges extends PaymentGatewayChargesContract {}

  @Nested
  class Refunds extends PaymentGatewayRefundsContract {}

  @Nested
  class Times extends PaymentGatewayTimesContract {}
}
