package com.techcorp.contracts.memory;

import com.techcorp.contracts.PaymentGatewayContract;
import com.techcorp.payment.CardToken;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.testkit.SimulatedCharge;
import com.techcorp.testkit.SimulatedGateway;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Nested;

/** The simulator keeps the contract of a gateway, whatever it can do. */
class SimulatedGatewayContractTest {
  private static final CardToken GOOD = new CardToken("tok_good");
  private static final CardToken BAD = new CardToken("tok_bad");

  private static SimulatedGateway simulator(SimulatedGateway.Builder options) {
    SimulatedGateway gateway = options.build();
    gateway.on().card(BAD, SimulatedCharge.decline("insufficient_funds"));
    return gateway;
  }

  @Nested
  class WithCancel extends Contract {
    WithCancel() {
      super(simulator(SimulatedGateway.builder()));
    }
  }

  @Nested
  class WithoutCancel extends Contract {
    WithoutCancel() {
      super(simulator(SimulatedGateway.builder().supportsCancel(false)));
    }
  }

  @Nested
  class WithVoids extends Contract {
    WithVoids() {
      super(simulator(SimulatedGateway.builder().voidsCharges(true)));
    }
  }

  @Nested
  class WithoutAmounts extends Contract {
    WithoutAmounts() {
      super(simulator(SimulatedGateway.builder().tellsAmounts(false)));
    }
  }

  abstract static class Contract extends PaymentGatewayContract {
    private final SimulatedGateway gateway;

    Contract(SimulatedGateway gateway) {
      this.gateway = gateway;
    }

    @Override
    protected PaymentGateway gateway() {
      return gateway;
    }

    /** There is no wire: the provider takes its time instead. */
    @Override
    protected PaymentGateway silent(URI provider) {
      return SimulatedGateway.builder()
          .latency(Duration.ofDays(1))
          .callTimeout(Duration.ofMillis(100))
          .build();
    }

    @Override
    protected CardToken approvedCard() {
      return GOOD;
    }

    @Override
    protected CardToken declinedCard() {
      return BAD;
    }
  }
}
