package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.payment.Amount;
import com.techcorp.payment.PaymentGateway;
import com.techcorp.payment.PaymentGateway.CancelAnswer;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/** How a {@link PaymentGateway} charges, looks a charge up and cancels it. */
public abstract class PaymentGatewayChargesContract extends PaymentGatewayScenario {
  /** For subclasses. */
  protected PaymentGatewayChargesContract() {}

  @Test
  void approves() throws Exception {
    assertApproved(charge(adapter().approvedCard()));
  }

  @Test
  void declines() throws Exception {
    assertThat(charge(adapter().declinedCard()))
        .asInstanceOf(InstanceOfAssertFactories.type(ChargeAnswer.Declined.class))
        .satisfies(declined -> assertThat(declined.code()).isNotBlank());
  }

  @Test
  void chargesOnceForAReference() throws Exception {
    // given
    String first = approved();

    // when
    String again = approved();

    // then
    assertThat(again).isEqualTo(first);
  }

  @Test
  void chargesOnceForManyThreads() throws Exception {
    // when
    List<ChargeAnswer> answers =
        Threads.together(4, thread -> () -> charge(adapter().approvedCard()));

    // then: a provider may tell the slower ones to come back
    List<String> charges =
        answers.stream()
            .filter(ChargeAnswer.Approved.class::isInstance)
            .map(PaymentGatewayScenario::assertApproved)
            .toList();
    assertThat(charges).isNotEmpty().containsOnly(charges.get(0));
    assertThat(answers).noneMatch(ChargeAnswer.Declined.class::isInstance);
  }

  @Test
  void looksAChargeUp() throws Exception {
    ChargeAnswer charged = charge(adapter().approvedCard());
    assertThat(gateway().lookUp(reference)).isEqualTo(charged);
  }

  /** Who tells no amounts is believed; who tells them must tell what the provider took. */
  @Test
  void tellsTheAmountThatWasTakenOrNone() throws Exception {
    // when
    Amount charged = amount(charge(adapter().approvedCard()));
    Amount found = amount(gateway().lookUp(reference));

    // then
    assertThat(charged).as("of the charge").isIn(null, new Amount(AMOUNT, adapter().currency()));
    assertThat(found).as("of its look-up").isEqualTo(charged);
  }

  @Test
  void looksADeclinedChargeUp() throws Exception {
    charge(adapter().declinedCard());
    assertThat(gateway().lookUp(reference)).isInstanceOf(ChargeAnswer.Declined.class);
  }

  @Test
  void doesNotTakeAnUnknownReferenceForADecline() throws Exception {
    assertThat(gateway().lookUp(reference)).isInstanceOf(ChargeAnswer.NotFound.class);
  }

  @Test
  void keepsItsWordAboutACancelledReference() throws Exception {
    // when
    CancelAnswer answer = gateway().cancel(reference);

    // then: who cannot promise says so
    assertThat(answer)
        .isInstanceOfAny(CancelAnswer.Cancelled.class, CancelAnswer.NotPossible.class);
    if (answer instanceof CancelAnswer.Cancelled) {
      assertThat(charge(adapter().approvedCard())).isNotInstanceOf(ChargeAnswer.Approved.class);
      assertThat(gateway().lookUp(reference)).isNotInstanceOf(ChargeAnswer.Approved.class);
      assertThat(gateway().cancel(reference)).isInstanceOf(CancelAnswer.Cancelled.class);
    }
  }

  @Test
  void neverCallsAStandingChargeCancelled() throws Exception {
    // given
    ChargeAnswer approval = charge(adapter().approvedCard());
    String providerRef = assertApproved(approval);

    // when
    CancelAnswer answer = gateway().cancel(reference);

    // then: it may void the charge; then it is not approved any more
    if (answer instanceof CancelAnswer.AlreadyCharged charged) {
      assertThat(charged.providerRef()).isEqualTo(providerRef);
      assertThat(charged.amount()).as("who tells amounts tells all").isEqualTo(amount(approval));
      assertThat(gateway().lookUp(reference)).isInstanceOf(ChargeAnswer.Approved.class);
    } else if (answer instanceof CancelAnswer.Cancelled) {
      assertThat(gateway().lookUp(reference)).isNotInstanceOf(ChargeAnswer.Approved.class);
    } else {
      assertThat(answer).isInstanceOf(CancelAnswer.NotPossible.class);
    }
  }
}
