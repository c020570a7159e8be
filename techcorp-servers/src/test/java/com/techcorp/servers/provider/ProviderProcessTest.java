package com.techcorp.servers.provider;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.management.UnixOperatingSystemMXBean;
import com.techcorp.payment.Amount;
import com.techcorp.payment.CardToken;
import com.techcorp.payment.PaymentGateway.CancelAnswer;
import com.techcorp.payment.PaymentGateway.ChargeAnswer;
import com.techcorp.payment.PaymentGateway.ChargeRequest;
import com.techcorp.payment.PaymentGateway.RefundAnswer;
import com.techcorp.payment.PaymentGateway.RefundRequest;
import com.techcorp.testkit.SimulatedCall;
import com.techcorp.testkit.SimulatedCharge;
import com.techcorp.testkit.SimulatedGateway;
import com.techcorp.testkit.SimulatedMoney;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ProviderProcessTest {
  /** What a busy machine does not reach. */
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private static final long AMOUNT = 1_000;
  private static final CardToken CARD = new CardToken("tok_very_secret");

  private final UUID order = UUID.randomUUID();
  private final String reference = "ref-" + order;
  private ProviderProcess provider;

  @AfterEach
  void stop() {
    provider.close();
  }

  private void start() {
    start(true);
  }

  private void start(boolean folds) {
    provider = ProviderProcess.start(SimulatedGateway.builder().foldsRepeats(folds));
  }

  private ChargeRequest request() {
    return request(order, reference);
  }

  private static ChargeRequest request(UUID order, String reference) {
    return new ChargeRequest(reference, order, AMOUNT, "EUR", "credit_card", CARD);
  }

  private CompletableFuture<ChargeAnswer> charging() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return provider.gateway().charge(request());
          } catch (IOException e) {
            throw new IllegalStateException(e);
          }
        });
  }

  @Test
  void keepsNoConnectionForEachOfManyGateways() throws Exception {
    // given
    start();
    provider.gateway().lookUp(reference);
    long before = openFiles();

    // when: as many as a long test makes
    for (int i = 0; i < 300; i++) {
      provider.gateway().lookUp(reference);
      try (ProviderGateway own = ProviderGateway.at(provider.uri())) {
        own.lookUp(reference);
      }
    }

    // then
    assertThat(openFiles() - before).isLessThan(100);
  }

  private static long openFiles() {
    return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class)
        .getOpenFileDescriptorCount();
  }

  @Test
  void forgetsNoMoneyWhenItIsKilled() throws Exception {
    // given
    start();
    ChargeAnswer charged = provider.gateway().charge(request());
    RefundRequest refund = new RefundRequest("refund", reference, 400, "EUR");
    RefundAnswer refunded = provider.gateway().refund(refund);
    provider.gateway().cancel("never arrived");
    provider.on().order(new UUID(0, 1), SimulatedCharge.decline("no_funds"));
    provider.gateway().charge(request(new UUID(0, 1), "declined"));

    // when
    provider.kill();
    provider.restart();

    // then
    assertThat(provider.money(order)).isEqualTo(new SimulatedMoney(AMOUNT, 400, 1, 1));
    assertThat(provider.gateway().lookUp(reference)).isEqualTo(charged);
    assertThat(provider.gateway().charge(request())).isEqualTo(charged);
    assertThat(provider.gateway().refund(refund)).isEqualTo(refunded);
    assertThat(provider.gateway().lookUp("declined"))
        .isEqualTo(new ChargeAnswer.Declined("no_funds"));
    assertThat(provider.gateway().charge(request(new UUID(0, 2), "never arrived")))
        .isInstanceOf(ChargeAnswer.Declined.class);
    assertThat(provider.moneyByOrder())
        .containsEntry(order, new SimulatedMoney(AMOUNT, 400, 1, 1))
        .containsEntry(new UUID(0, 1), SimulatedMoney.NONE);
    assertThat(provider.money()).isEqualTo(new SimulatedMoney(AMOUNT, 400, 1, 1));
  }

  @Test
  void isKilledAgainAndAgainUnderLoad() throws Exception {
    // given
    start();
    ProviderGateway gateway = provider.gateway();
    ExecutorService clients = Executors.newFixedThreadPool(8);
    List<UUID> approved = new ArrayList<>();

    // when
    for (int round = 0; round < 3; round++) {
      List<Future<UUID>> asked = new ArrayList<>();
      for (int i = 0; i < 400; i++) {
        asked.add(clients.submit(() -> chargeSomebody(gateway)));
      }
      asked.get(50).get();
      provider.kill();
      for (Future<UUID> one : asked) {
        UUID order = one.get();
        if (order != null) {
          approved.add(order);
        }
      }
      provider.restart();
    }
    clients.shutdown();

    // then: what was answered stands; more than that may have been charged
    assertThat(approved).hasSizeGreaterThanOrEqualTo(3 * 40);
    assertThat(provider.moneyByOrder()).containsKeys(approved.toArray(new UUID[0]));
    assertThat(provider.moneyByOrder().values())
        .allSatisfy(money -> assertThat(money).isEqualTo(new SimulatedMoney(AMOUNT, 0, 1, 0)));
  }

  /** Null if there was no answer. */
  private static UUID chargeSomebody(ProviderGateway gateway) {
    UUID id = UUID.randomUUID();
    try {
      ChargeAnswer answer = gateway.charge(request(id, id.toString()));
      return answer instanceof ChargeAnswer.Approved ? id : null;
    } catch (IOException broken) {
      return null;
    }
  }

  @Test
  void countsDoubleChargesOverAllReferences() throws Exception {
    // given
    start(false);

    // when
    provider.gateway().charge(request());
    provider.gateway().charge(request());
    provider.gateway().charge(request(order, "another"));
    provider.restart();

    // then
    assertThat(provider.money(order)).isEqualTo(new SimulatedMoney(3 * AMOUNT, 0, 3, 0));
  }

  @Test
  void saysThatNothingWasSentWhenItIsNotThere() throws Exception {
    start();
    provider.kill();
    assertThat(provider.gateway().charge(request())).isInstanceOf(ChargeAnswer.NotSent.class);
    assertThat(provider.gateway().refund(new RefundRequest("r", reference, 1, "EUR")))
        .isInstanceOf(RefundAnswer.Failed.class);
    assertThatThrownBy(() -> provider.gateway().lookUp(reference)).isInstanceOf(IOException.class);
    assertThatThrownBy(() -> provider.gateway().cancel(reference)).isInstanceOf(IOException.class);
  }

  @Test
  void losesAnswersAsScripted() throws Exception {
    // given
    start();
    provider.on().call(1, SimulatedCharge.loseAnswer()).call(2, SimulatedCharge.failBefore());

    // when, then
    assertThatThrownBy(() -> provider.gateway().charge(request())).isInstanceOf(IOException.class);
    assertThat(provider.gateway().charge(request())).isInstanceOf(ChargeAnswer.NotSent.class);
    assertThat(provider.money(order).charges()).isEqualTo(1);
    assertThat(provider.calls(SimulatedCall.CHARGE)).isEqualTo(2);
    assertThat(provider.calls(SimulatedCall.CHARGE, reference)).isEqualTo(2);

    // and given
    provider.failNext(SimulatedCall.LOOK_UP, 1).loseRefundAnswers(1);
    assertThatThrownBy(() -> provider.gateway().lookUp(reference)).isInstanceOf(IOException.class);
    RefundRequest refund = new RefundRequest("r", reference, 1, "EUR");
    assertThatThrownBy(() -> provider.gateway().refund(refund)).isInstanceOf(IOException.class);
    assertThat(provider.gateway().refund(refund)).isInstanceOf(RefundAnswer.Refunded.class);
    assertThat(provider.money(order).refunds()).isEqualTo(1);
  }

  @Test
  void forgetsKeysForGoodAndStillKnowsItsRefunds() throws Exception {
    // given
    provider = ProviderProcess.start(SimulatedGateway.builder().limitsRefunds(false));
    ProviderGateway gateway = provider.gateway();
    gateway.charge(request());
    RefundRequest refund = new RefundRequest("r", reference, 1, "EUR");
    provider.loseRefunds(1);
    assertThatThrownBy(() -> gateway.refund(refund)).isInstanceOf(IOException.class);
    assertThat(gateway.lookUpRefund("r")).isEqualTo(new RefundAnswer.NotFound());
    RefundAnswer first = gateway.refund(refund);

    // when
    provider.forgetKeys().restart();

    // then
    assertThat(gateway.lookUpRefund("r")).isEqualTo(first);
    assertThat(gateway.refund(refund)).isNotEqualTo(first);
    assertThat(provider.money(order).refunds()).isEqualTo(2);
  }

  @Test
  void keepsWhatItTookAndVoidedWhenItIsKilled() throws Exception {
    // given
    provider = ProviderProcess.start(SimulatedGateway.builder().voidsCharges(true));
    Amount taken = new Amount(7, "USD");
    provider.on().every(SimulatedCharge.approve().taking(taken));
    ProviderGateway gateway = provider.gateway();
    ChargeAnswer charged = gateway.charge(request());
    gateway.charge(request(new UUID(0, 1), "voided"));
    assertThat(gateway.cancel("voided")).isInstanceOf(CancelAnswer.Cancelled.class);

    // when
    provider.kill();
    provider.restart();

    // then
    assertThat(charged).extracting(a -> ((ChargeAnswer.Approved) a).amount()).isEqualTo(taken);
    assertThat(gateway.lookUp(reference)).isEqualTo(charged);
    assertThat(gateway.lookUp("voided")).isInstanceOf(ChargeAnswer.Declined.class);
    assertThat(provider.money(new UUID(0, 1))).isEqualTo(new SimulatedMoney(0, 0, 1, 0));
    assertThat(gateway.refund(new RefundRequest("r", reference, 7, "USD")))
        .extracting(a -> ((RefundAnswer.Refunded) a).amount())
        .isEqualTo(taken);
    assertThat(provider.money(order).kept()).isZero();
  }

  @Test
  void letsRequestsArriveLate() throws Exception {
    // given
    start();
    provider.on().order(order, SimulatedCharge.arriveLate());
    assertThatThrownBy(() -> provider.gateway().charge(request())).isInstanceOf(IOException.class);
    assertThat(provider.gateway().lookUp(reference)).isInstanceOf(ChargeAnswer.NotFound.class);
    assertThat(provider.late()).isEqualTo(1);

    // when
    assertThat(provider.releaseLate()).isEqualTo(1);

    // then
    assertThat(provider.money(order).charges()).isEqualTo(1);
    assertThat(provider.gateway().cancel(reference))
        .isInstanceOf(CancelAnswer.AlreadyCharged.class);
  }

  @Test
  void holdsAnswersUntilTheyAreReleased() throws Exception {
    // given
    start();
    provider.on().every(SimulatedCharge.approve().untilReleased());
    CompletableFuture<ChargeAnswer> answer = charging();
    await().atMost(LIMIT).until(() -> provider.waiting() == 1);
    assertThat(answer).isNotDone();
    assertThat(provider.money(order).charges()).isEqualTo(1);

    // when
    assertThat(provider.releaseWaiting()).isEqualTo(1);

    // then
    assertThat(answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .isInstanceOf(ChargeAnswer.Approved.class);
  }

  @Test
  void anAnswerHeldByAKilledProviderNeverComes() {
    // given
    start();
    provider.on().every(SimulatedCharge.approve().untilReleased());
    CompletableFuture<ChargeAnswer> answer = charging();
    await().atMost(LIMIT).until(() -> provider.waiting() == 1);

    // when
    provider.restart();

    // then
    assertThatExceptionOfType(ExecutionException.class)
        .isThrownBy(() -> answer.get(LIMIT.toSeconds(), TimeUnit.SECONDS))
        .withRootCauseInstanceOf(IOException.class);
    assertThat(provider.money(order).charges()).isEqualTo(1);
  }

  @Test
  void aFrozenProviderDoesNotAnswerInTime() throws Exception {
    // given
    start();
    provider.pause();
    ProviderGateway impatient = provider.gateway().timeout(Duration.ofMillis(200));

    // when, then
    assertThatThrownBy(() -> impatient.charge(request())).isInstanceOf(IOException.class);
    provider.resume();
    await().atMost(LIMIT).until(() -> provider.money(order).charges() == 1);
  }

  @Test
  void declinesByRateAsTheSimulatorInThisProcessDoes() throws Exception {
    // given
    SimulatedGateway here = SimulatedGateway.builder().declineRate(0.5).seed(7).build();
    provider = ProviderProcess.start(SimulatedGateway.builder().declineRate(0.5).seed(7));

    // when, then
    for (int i = 0; i < 20; i++) {
      ChargeRequest one = request(new UUID(0, i), "ref-" + i);
      assertThat(provider.gateway().charge(one).getClass()).isEqualTo(here.charge(one).getClass());
    }
  }

  @Test
  void neitherWritesNorPrintsTokens() throws Exception {
    // given
    start();
    provider.on().card(CARD, SimulatedCharge.arriveLate(), SimulatedCharge.decline("no_funds"));
    assertThatThrownBy(() -> provider.gateway().charge(request()))
        .hasMessageNotContaining(CARD.value());

    // when
    provider.gateway().charge(request());
    provider.releaseLate();

    // then
    assertThat(Files.readString(provider.ledger()))
        .contains(reference)
        .doesNotContain(CARD.value());
  }

  @Test
  void readsALedgerThatEndsInMidLine() throws Exception {
    // given
    start();
    ChargeAnswer charged = provider.gateway().charge(request());
    provider.kill();
    Path ledger = provider.ledger();
    Files.writeString(ledger, "{\"kind\":\"CHARGED\",\"refer", StandardOpenOption.APPEND);

    // when
    provider.restart();
    provider.gateway().charge(request(new UUID(0, 1), "next"));
    provider.restart();

    // then
    assertThat(provider.gateway().lookUp(reference)).isEqualTo(charged);
    assertThat(provider.money()).isEqualTo(new SimulatedMoney(2 * AMOUNT, 0, 2, 0));
  }

  @Test
  void takesCallsOfManyClientsAtOnce() throws Exception {
    // given
    start();
    int calls = 4_000;
    ProviderGateway gateway = provider.gateway();
    ExecutorService clients = Executors.newFixedThreadPool(32);
    List<Future<ChargeAnswer>> answers = new ArrayList<>();

    // when
    long begun = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      ChargeRequest one = request(new UUID(1, i), "ref-" + i);
      answers.add(clients.submit(() -> gateway.charge(one)));
    }
    for (Future<ChargeAnswer> answer : answers) {
      assertThat(answer.get()).isInstanceOf(ChargeAnswer.Approved.class);
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    clients.shutdown();

    // then: the figure is for people
    System.out.printf("%d charges in %.2f s: %.0f a second%n", calls, seconds, calls / seconds);
    assertThat(provider.money().charges()).isEqualTo(calls);
  }
}
