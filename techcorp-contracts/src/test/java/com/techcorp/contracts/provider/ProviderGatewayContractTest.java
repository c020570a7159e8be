package com.techcorp.contracts.provider;

import com.techcorp.contracts.PaymentGatewayContracts;
import com.techcorp.contracts.PaymentGatewayUnderTest;
import com.techcorp.payment.CardToken;
import com.techcorp.servers.provider.ProviderGateway;
import com.techcorp.servers.provider.ProviderProcess;
import com.techcorp.testkit.SimulatedCharge;
import com.techcorp.testkit.SimulatedGateway;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;

/** The provider process keeps the contract of a gateway, whether it can cancel or not. */
class ProviderGatewayContractTest {
  private static final CardToken GOOD = new CardToken("tok_good");
  private static final CardToken BAD = new CardToken("tok_bad");

  private static ProviderProcess cancelling;
  private static ProviderProcess other;

  @BeforeAll
  static void start() {
    cancelling = start(true);
    other = start(false);
  }

  private static ProviderProcess start(boolean cancels) {
    ProviderProcess provider =
        ProviderProcess.start(SimulatedGateway.builder().supportsCancel(cancels));
    provider.on().card(BAD, SimulatedCharge.decline("insufficient_funds"));
    return provider;
  }

  @AfterAll
  static void stop() {
    cancelling.close();
    other.close();
  }

  private static PaymentGatewayUnderTest at(ProviderProcess provider) {
    return new PaymentGatewayUnderTest(
        provider.gateway(),
        GOOD,
        BAD,
        "EUR",
        silent -> ProviderGateway.at(silent).timeout(Duration.ofMillis(200)));
  }

  @Nested
  class WithCancel extends PaymentGatewayContracts {
    @Override
    protected PaymentGatewayUnderTest open() {
      return at(cancelling);
    }
  }

  @Nested
  class WithoutCancel extends PaymentGatewayContracts {
    @Override
    protected PaymentGatewayUnderTest open() {
      return at(other);
    }
  }
}
