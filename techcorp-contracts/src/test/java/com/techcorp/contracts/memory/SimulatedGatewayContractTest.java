package com.techcorp.contracts.memory;

import com.techcorp.contracts.PaymentGatewayContracts;
import com.techcorp.contracts.PaymentGatewayUnderTest;
import com.techcorp.payment.CardToken;
import com.techcorp.testkit.SimulatedCharge;
import com.techcorp.testkit.SimulatedGateway;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/** The simulator keeps the contract of a gateway, whatever it can do. */
class SimulatedGatewayContractTest {
  private static final CardToken GOOD = new CardToken("tok_good");
  private static final CardToken BAD = new CardToken("tok_bad");

  /** There is no wire to a silent provider: the simulator takes its time instead. */
  private static PaymentGatewayUnderTest simulator(SimulatedGateway.Builder options) {
    SimulatedGateway gateway = options.build();
    gateway.on().card(BAD, SimulatedCharge.decline("insufficient_funds"));
    return new PaymentGatewayUnderTest(
        gateway,
        GOOD,
        BAD,
        "EUR",
        provider ->
            SimulatedGateway.builder()
                .latency(Duration.ofDays(1))
                .callTimeout(Duration.ofMillis(100))
                .build());
  }

  @Nested
  class WithCancel extends PaymentGatewayContracts {
    @Override
    protected PaymentGatewayUnderTest open() {
      return simulator(SimulatedGateway.builder());
    }
  }

  @Nested
  class WithoutCancel extends PaymentGatewayContracts {
    @Override
    protected PaymentGatewayUnderTest open() {
      return simulator(SimulatedGateway.builder().supportsCancel(false));
    }
  }

  @Nested
  class WithVoids extends PaymentGatewayContracts {
    @Override
    protected PaymentGatewayUnderTest open() {
      return simulator(SimulatedGateway.builder().voidsCharges(true));
    }
  }

  @Nested
  class WithoutAmounts extends PaymentGatewayContracts {
    @Override
    protected PaymentGatewayUnderTest open() {
      return simulator(SimulatedGateway.builder().tellsAmounts(false));
    }
  }
}
