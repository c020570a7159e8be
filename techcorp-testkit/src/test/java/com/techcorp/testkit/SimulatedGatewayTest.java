package com.techcorp.testkit;

import static com.techcorp.testkit.SimulatedCharge.approve;
import static com.techcorp.testkit.SimulatedCharge.arriveLate;
import static com.techcorp.testkit.SimulatedCharge.decline;
import static com.techcorp.testkit.SimulatedCharge.failBefore;
import static com.techcorp.testkit.SimulatedCharge.loseAnswer;
import static com.techcorp.testkit.SimulatedCharge.loseRequest;
import static com.techcorp.testkit.SimulatedCharge.slow;
import static com.techcorp.testkit.SimulatedCharge.timeOutAfterCharging;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.techcorp.error.WiringException;
import com.techcorp.payment.Amount;
import com.techcorp.payment.CardToken;
import com.techcorp.payment.PaymentGateway.CancelAnswer;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.PaymentGateway.ChargeRequest;
import com.techcorp.payment.PaymentGateway.RefundAnswer;
import com.techcorp.payment.PaymentGateway.RefundRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SimulatedGatewayTest {
  /** What a busy machine does not reach. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final CardToken CARD = new CardToken("tok_secret");

  private final SimulatedGateway gateway = SimulatedGateway.approving();
  private final UUID order = UUID.randomUUID();

  private ChargeRequest request(String reference) {
    return new ChargeRequest(reference, order, 1_000, "EUR", "credit_card", CARD);
  }

  private ChargeAnswer charge(String reference) throws Exception {
    return gateway.charge(request(reference));
  }

  private RefundAnswer refund(String reference) throws Exception {
    return gateway.refund(new RefundRequest(reference, "a", 1_000, "EUR"));
  }

  @Test
  void usesTheMostParticularScript() throws Exception {
    gateway
        .on()
        .every(decline("every"))
        .card(CARD, decline("card"))
        .order(order, decline("order"))
        .reference("r", decline("reference"))
        .call(4, decline("call"));
    assertThat(charge("r")).isEqualTo(new ChargeAnswer.Declined("reference"));
    assertThat(charge("a")).isEqualTo(new ChargeAnswer.Declined("order"));
    assertThat(gateway.charge(other("b", CARD))).isEqualTo(new ChargeAnswer.Declined("card"));
    assertThat(charge("x")).isEqualTo(new ChargeAnswer.Declined("call"));
    assertThat(gateway.charge(other("c", null))).isEqualTo(new ChargeAnswer.Declined("every"));
    gateway.on().clear();
    assertThat(gateway.charge(other("d", null))).isInstanceOf(ChargeAnswer.Approved.class);
  }

  private static ChargeRequest other(String reference, CardToken card) {
    return new ChargeRequest(reference, UUID.randomUUID(), 1, "EUR", "credit_card", card);
  }

  @Test
  void usesBehavioursUpAndKeepsTheLast() throws Exception {
    gateway.on().order(order, failBefore(), failBefore(), approve());
    assertThat(charge("a")).isInstanceOf(ChargeAnswer.NotSent.class);
    assertThat(charge("a")).isInstanceOf(ChargeAnswer.NotSent.class);
    assertThat(gateway.lookUp("a")).isInstanceOf(ChargeAnswer.NotFound.class);
    assertThat(charge("a")).isInstanceOf(ChargeAnswer.Approved.class);
    assertThat(charge("b")).isInstanceOf(ChargeAnswer.Approved.class);
    assertThat(gateway.calls(SimulatedCall.CHARGE)).isEqualTo(4);
    assertThat(gateway.calls(SimulatedCall.CHARGE, "a")).isEqualTo(3);
  }

  @Test
  void chargesWithoutAnAnswer() throws Exception {
    gateway.on().order(order, timeOutAfterCharging(), loseAnswer());
    assertThatExceptionOfType(TimeoutException.class).isThrownBy(() -> charge("a"));
    assertThat(charge("b")).isInstanceOf(ChargeAnswer.Unknown.class);
    assertThat(gateway.lookUp("a")).isInstanceOf(ChargeAnswer.Approved.class);
    assertThat(gateway.lookUp("b")).isInstanceOf(ChargeAnswer.Approved.class);
    assertThat(gateway.money(order)).isEqualTo(new SimulatedMoney(2_000, 0, 2, 0));
  }

  @Test
  void losesARequest() throws Exception {
    gateway.on().order(order, loseRequest());
    assertThat(charge("a")).isInstanceOf(ChargeAnswer.Unknown.class);
    assertThat(gateway.lookUp("a")).isInstanceOf(ChargeAnswer.NotFound.class);
    assertThat(gateway.money().charges()).isZero();
  }

  @Test
  void chargesLate() throws Exception {
    // given
    gateway.on().order(order, arriveLate());
    assertThat(charge("a")).isInstanceOf(ChargeAnswer.Unknown.class);
    assertThat(gateway.lookUp("a")).isInstanceOf(ChargeAnswer.NotFound.class);
    assertThat(gateway.late()).isEqualTo(1);

    // when
    int released = gateway.releaseLate();

    // then
    assertThat(released).isEqualTo(1);
    assertThat(gateway.lookUp("a")).isInstanceOf(ChargeAnswer.Approved.class);
    assertThat(gateway.money(order)).isEqualTo(new SimulatedMoney(1_000, 0, 1, 0));
    assertThat(gateway.releaseLate()).isZero();
  }

  @Test
  void refusesALateChargeThatWasCancelled() throws Exception {
    gateway.on().order(order, arriveLate());
    charge("a");
    assertThat(gateway.cancel("a")).isInstanceOf(CancelAnswer.Cancelled.class);
    gateway.releaseLate();
    assertThat(gateway.lookUp("a")).isInstanceOf(ChargeAnswer.Declined.class);
    assertThat(gateway.money(order).charges()).isZero();
  }

  @Test
  void foldsRepeatsUnlessToldNotTo() throws Exception {
    // given
    SimulatedGateway each = SimulatedGateway.builder().foldsRepeats(false).build();

    // when
    charge("a");
    charge("a");
    each.charge(request("a"));
    each.charge(request("a"));

    // then
    assertThat(gateway.money(order)).isEqualTo(new SimulatedMoney(1_000, 0, 1, 0));
    assertThat(each.money(order)).isEqualTo(new SimulatedMoney(2_000, 0, 2, 0));
  }

  @Test
  void keepsADeclineForItsReference() throws Exception {
    gateway.on().order(order, decline("no"), approve());
    charge("a");
    assertThat(charge("a")).isEqualTo(new ChargeAnswer.Declined("no"));
  }

  @Test
  void failsLookUpsAndCancelsForAWhile() throws Exception {
    charge("a");
    gateway.failNext(SimulatedCall.LOOK_UP, 2).failNext(SimulatedCall.CANCEL, 1);
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> gateway.lookUp("a"));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> gateway.lookUp("a"));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> gateway.cancel("a"));
    assertThat(gateway.lookUp("a")).isInstanceOf(ChargeAnswer.Approved.class);
    assertThat(gateway.cancel("a")).isInstanceOf(CancelAnswer.AlreadyCharged.class);
    assertThat(gateway.calls(SimulatedCall.LOOK_UP, "a")).isEqualTo(3);
  }

  @Test
  void failsRefundsForAWhileAndLosesTheirAnswers() throws Exception {
    // given
    charge("a");
    gateway.failNext(SimulatedCall.REFUND, 1).loseRefundAnswers(1);

    // when, then
    assertThat(refund("r")).isInstanceOf(RefundAnswer.Failed.class);
    assertThat(gateway.money(order).refunds()).isZero();
    assertThat(refund("r")).isInstanceOf(RefundAnswer.Unknown.class);
    assertThat(refund("r")).isInstanceOf(RefundAnswer.Refunded.class);
    assertThat(gateway.money(order)).isEqualTo(new SimulatedMoney(1_000, 1_000, 1, 1));
    assertThat(gateway.money(order).kept()).isZero();
  }

  @Test
  void takesAnotherAmountAndSaysSo() throws Exception {
    // given
    Amount taken = new Amount(700, "USD");
    gateway.on().order(order, approve().taking(taken));

    // when
    ChargeAnswer answer = charge("a");

    // then
    assertThat(answer).isEqualTo(new ChargeAnswer.Approved("ch_1", taken));
    assertThat(gateway.lookUp("a")).isEqualTo(answer);
    assertThat(gateway.cancel("a")).isEqualTo(new CancelAnswer.AlreadyCharged("ch_1", taken));
    assertThat(gateway.money(order)).isEqualTo(new SimulatedMoney(700, 0, 1, 0));
    assertThat(gateway.refund(new RefundRequest("r", "a", 700, "EUR")))
        .as("in the currency that was asked for")
        .isInstanceOf(RefundAnswer.Failed.class);
    assertThat(gateway.refund(new RefundRequest("s", "a", 700, "USD")))
        .isEqualTo(new RefundAnswer.Refunded("re_2", taken));
    assertThat(gateway.money(order).kept()).isZero();
  }

  @Test
  void voidsAChargeUntilSomeOfItWentBack() throws Exception {
    // given
    SimulatedGateway voiding = SimulatedGateway.builder().voidsCharges(true).build();
    voiding.charge(request("a"));
    voiding.charge(request("b"));
    voiding.refund(new RefundRequest("r", "b", 1, "EUR"));

    // when, then
    assertThat(voiding.cancel("a")).isInstanceOf(CancelAnswer.Cancelled.class);
    assertThat(voiding.cancel("a")).isInstanceOf(CancelAnswer.Cancelled.class);
    assertThat(voiding.lookUp("a")).isInstanceOf(ChargeAnswer.Declined.class);
    assertThat(voiding.charge(request("a"))).isInstanceOf(ChargeAnswer.Declined.class);
    assertThat(voiding.refund(new RefundRequest("s", "a", 1, "EUR")))
        .isInstanceOf(RefundAnswer.Failed.class);
    assertThat(voiding.cancel("b")).isInstanceOf(CancelAnswer.AlreadyCharged.class);
    assertThat(voiding.money(order)).isEqualTo(new SimulatedMoney(1_000, 1, 2, 1));
  }

  @Test
  void forgetsKeysButNotWhatCanBeLookedUp() throws Exception {
    // given
    SimulatedGateway generous = SimulatedGateway.builder().limitsRefunds(false).build();
    RefundRequest refund = new RefundRequest("r", "a", 1_000, "EUR");
    assertThat(generous.lookUpRefund("r")).isEqualTo(new RefundAnswer.NotFound());
    generous.charge(request("a"));
    RefundAnswer first = generous.refund(refund);
    assertThat(generous.lookUpRefund("r")).isEqualTo(first);

    // when
    generous.forgetKeys();

    // then: what is sent again moves money again, as at a real provider
    assertThat(generous.lookUpRefund("r")).isEqualTo(first);
    assertThat(generous.refund(refund)).isNotEqualTo(first);
    generous.charge(request("a"));
    assertThat(generous.money(order)).isEqualTo(new SimulatedMoney(2_000, 2_000, 2, 2));
    assertThat(generous.calls(SimulatedCall.LOOK_UP_REFUND, "r")).isEqualTo(3);
  }

  @Test
  void losesRefundsAndMayNotLookThemUp() throws Exception {
    SimulatedGateway blind = SimulatedGateway.builder().looksRefundsUp(false).build();
    blind.charge(request("a"));
    blind.loseRefunds(1);

    assertThat(blind.refund(new RefundRequest("r", "a", 1_000, "EUR")))
        .isInstanceOf(RefundAnswer.Unknown.class);
    assertThat(blind.money(order).refunds()).isZero();
    assertThat(blind.lookUpRefund("r")).isEqualTo(new RefundAnswer.Unsupported());
  }

  @Test
  void answersWhenReleased() throws Exception {
    // given
    gateway.on().order(order, approve().untilReleased());

    // when
    CompletableFuture<ChargeAnswer> answer =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return charge("a");
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    await().atMost(LIMIT).until(() -> gateway.waiting() == 1);

    // then: it has charged, and says so when it may
    assertThat(gateway.money(order).charges()).isEqualTo(1);
    assertThat(answer).isNotDone();
    assertThat(gateway.releaseWaiting()).isEqualTo(1);
    assertThat(answer).succeedsWithin(LIMIT);
  }

  @Test
  void canBeInterrupted() throws Exception {
    // given
    gateway.on().order(order, slow(Duration.ofHours(1)), approve().untilReleased());

    for (int call = 1; call <= 2; call++) {
      AtomicReference<Throwable> thrown = new AtomicReference<>();
      Thread caller =
          new Thread(
              () -> {
                try {
                  charge("a");
                } catch (Exception e) {
                  thrown.set(e);
                }
              });
      caller.start();
      int begun = call;
      await().atMost(LIMIT).until(() -> gateway.calls(SimulatedCall.CHARGE) == begun);

      // when
      caller.interrupt();
      caller.join(LIMIT.toMillis());

      // then
      assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
    }
    assertThat(gateway.waiting()).isZero();
  }

  @Test
  void declinesTheSameOrdersUnderTheSameSeed() throws Exception {
    // given
    List<ChargeRequest> requests =
        new ArrayList<>(
            Stream.generate(() -> other(UUID.randomUUID().toString(), CARD)).limit(500).toList());

    // when
    List<String> first = declined(42, requests);
    Collections.reverse(requests);
    List<String> reversed = declined(42, requests);
    List<String> otherSeed = declined(43, requests);

    // then
    assertThat(first).hasSizeBetween(20, 90);
    assertThat(reversed).containsExactlyInAnyOrderElementsOf(first);
    assertThat(otherSeed).isNotEmpty().doesNotContainSequence(reversed);
  }

  private static List<String> declined(long seed, List<ChargeRequest> requests) throws Exception {
    SimulatedGateway gateway = SimulatedGateway.builder().declineRate(0.1).seed(seed).build();
    List<String> declined = new ArrayList<>();
    for (ChargeRequest request : requests) {
      if (gateway.charge(request) instanceof ChargeAnswer.Declined) {
        declined.add(request.reference());
      }
    }
    return declined;
  }

  @Test
  void checksItsOptions() {
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> SimulatedGateway.builder().declineRate(1.1));
    assertThatExceptionOfType(WiringException.class)
        .isThrownBy(() -> SimulatedGateway.builder().latency(Duration.ofMillis(-1)));
  }
}
