package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.Storage;
import com.techcorp.TechCorp;
import com.techcorp.error.Failure;
import com.techcorp.order.CancelReason;
import com.techcorp.order.OrderOutcome;
import com.techcorp.order.OrderView;
import com.techcorp.payment.TransactionStatus;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.LocalStep;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaFilter;
import com.techcorp.saga.SagaInstance;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Signal;
import com.techcorp.saga.StepResult;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.storage.Effect;
import com.techcorp.storage.WriteSet;
import com.techcorp.testkit.SimulatedCharge;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * What was asked of a saga and acknowledged is acted on, whatever became of the saga meanwhile: it
 * was parked, could not be read, or was asked for something else at the same moment.
 */
public abstract class HeededSignalsContract extends OrderScenario {
  private static final Duration LONG = Duration.ofMinutes(8);

  private final List<String> log = new CopyOnWriteArrayList<>();

  /** For subclasses. */
  protected HeededSignalsContract() {}

  private static OrderOutcome cancelledByRequest(UUID id) {
    return new OrderOutcome.Cancelled(id, new CancelReason.CancelledByRequest());
  }

  private SagaInstance saga(UUID id) {
    return storage().journal().find(id).orElseThrow();
  }

  @Test
  @DisplayName(
      "R11: a parked saga with a wish to stop asks what became of its call before it goes back")
  void aParkedSagaAsksBeforeItCompensates() {
    // given: a call of the host's whose outcome is unknown, and a customer who gave up meanwhile
    AtomicBoolean answers = new AtomicBoolean();
    orderOptions =
        orderOptions.withStepAfter(
            "reserve",
            RemoteStep.<OrderView>named("hotel", (order, call) -> StepResult.unknown("answer lost"))
                .asking(
                    (order, call) -> {
                      log.add("asked");
                      return answers.get()
                          ? StepResult.done(order)
                          : StepResult.unknown("the hotel does not answer");
                    })
                .compensatedBy(
                    (order, why) -> {
                      log.add("compensated");
                      return List.of();
                    })
                .retrying(RetryPolicy.every(Duration.ofSeconds(1), 4)));
    UUID product = stocked(5);
    UUID id = place(product, 2).orderId();
    eventually(() -> assertThat(saga(id).position().undecided()).isTrue());
    shop().orders().cancel(customer, id, "changed my mind");
    eventually(
        Duration.ofSeconds(1),
        () -> assertThat(saga(id).position().state()).isEqualTo(SagaState.PARKED));
    assertThat(saga(id).position())
        .returns(false, SagaPosition::compensating)
        .returns(true, SagaPosition::undecided)
        .satisfies(
            at -> assertThat(at.failure()).extracting(Failure::code).isEqualTo(Failure.CANCELLED));
    assertThat(shop().admin().explain(id).text()).contains("Next: remote step hotel, asking first");
    assertThat(log).isNotEmpty().containsOnly("asked");
    log.clear();

    // when
    answers.set(true);
    shop().admin().retry(id, "olga", "the hotel is back");

    // then
    assertThat(outcome(id)).isEqualTo(cancelledByRequest(id));
    assertThat(log).containsExactly("asked", "compensated");
    assertStock(product, 5, 0);
  }

  /** A process of a build that has other data: it cannot read the saga, and leaves it as it is. */
  private TechCorp unableToRead(UUID id) {
    SagaPosition stored = saga(id).position();
    UnaryOperator<Storage> wired = storageWire;
    storageWire =
        WiredStorage.journal(journal -> unreadable(journal, id))
                .andThen(
                    WiredStorage.writing(
                        inner ->
                            (fence, batch) -> inner.commit(fence, readable(batch, stored.data()))))
                .andThen(wired)
            ::apply;
    TechCorp unable = another();
    storageWire = storage -> storage;
    return unable;
  }

  private static SagaJournal unreadable(SagaJournal journal, UUID id) {
    return WiredStorage.proxy(
        SagaJournal.class,
        journal,
        (method, call) ->
            method.equals("claimDue")
                ? ((List<?>) call.make())
                    .stream()
                        .map(SagaInstance.class::cast)
                        .map(
                            saga ->
                                saga.id().equals(id)
                                    ? saga.withPosition(saga.position().withData("[]"))
                                    : saga)
                        .toList()
                : call.make());
  }

  private static List<WriteSet> readable(List<WriteSet> batch, String data) {
    return batch.stream()
        .map(
            set ->
                new WriteSet(set.id(), set.effects().stream().map(e -> readable(e, data)).toList()))
        .toList();
  }

  private static Effect readable(Effect effect, String data) {
    return effect instanceof SagaEffect.Advance moved && moved.position().data().equals("[]")
        ? new SagaEffect.Advance(
            moved.id(),
            moved.revision(),
            moved.signals(),
            moved.handled(),
            moved.position().withData(data))
        : effect;
  }

  /** An undecided order that was cancelled while no process was there. */
  private UUID cancelledMeanwhile() {
    orderOptions =
        orderOptions
            .withPaymentTimeout(Duration.ofSeconds(10))
            .withPaymentRetry(RetryPolicy.every(LONG, 10));
    gateway.on().every(SimulatedCharge.loseAnswer());
    UUID id = place(stocked(5), 2).orderId();
    awaitPayment(id, TransactionStatus.UNKNOWN);
    eventually(() -> assertThat(saga(id).owner()).isNull());
    shop().close();
    assertThat(
            storage()
                .journal()
                .signal(id, new Signal(Signal.Kind.CANCEL, "changed my mind", "customer")))
        .isTrue();
    return id;
  }

  private void assertCancelledOnceReadable(UUID id) {
    TechCorp able = another();
    able.admin().retry(id, "olga", "the build was rolled back");
    eventually(
        () -> assertThat(able.orders().outcome(id)).isCompletedWithValue(cancelledByRequest(id)));
    eventually(() -> assertThat(gateway.money(id).kept()).isZero());
  }

  @Test
  @DisplayName("R30: a cancellation outlasts a process that cannot read the saga")
  void aCancellationOutlastsAProcessThatCannotReadTheSaga() {
    // given
    UUID id = cancelledMeanwhile();

    // when
    TechCorp unable = unableToRead(id);
    eventually(() -> assertThat(saga(id).position().state()).isEqualTo(SagaState.PARKED));
    unable.close();

    // then
    assertThat(saga(id))
        .returns(1, SagaInstance::signals)
        .returns(0, SagaInstance::handled)
        .returns(false, saga -> saga.position().compensating());
    assertCancelledOnceReadable(id);
  }

  @Test
  @DisplayName("R30: a signal that arrives while an unreadable saga is parked does not strand it")
  void aSignalThatArrivesWhileAnUnreadableSagaIsParkedDoesNotStrandIt() {
    // given
    UUID id = cancelledMeanwhile();
    AtomicBoolean sent = new AtomicBoolean();
    storageWire =
        WiredStorage.writing(
            inner ->
                (fence, batch) -> {
                  if (parks(batch) && sent.compareAndSet(false, true)) {
                    storage()
                        .journal()
                        .signal(id, new Signal(Signal.Kind.RETRY, "the provider is back", "olga"));
                  }
                  return inner.commit(fence, batch);
                });

    // when
    TechCorp unable = unableToRead(id);
    eventually(() -> assertThat(saga(id).position().state()).isEqualTo(SagaState.PARKED));

    // then
    assertThat(saga(id))
        .returns(2, SagaInstance::signals)
        .returns(0, SagaInstance::handled)
        .returns(null, SagaInstance::owner);
    unable.close();
    assertCancelledOnceReadable(id);
  }

  private static boolean parks(List<WriteSet> batch) {
    return batch.stream()
        .flatMap(work -> work.effects().stream())
        .anyMatch(
            effect ->
                effect instanceof SagaEffect.Advance advance
                    && advance.position().state() == SagaState.PARKED);
  }

  @Test
  void aSecondSignalWhileTheFirstIsActedOnDoesNotStopTheSaga() {
    // given: an order that waits, and goes back by a step that takes its time
    AtomicInteger compensated = new AtomicInteger();
    orderOptions =
        orderOptions
            .withStepAfter(
                "reserve",
                LocalStep.<OrderView>named("gift", order -> List.of())
                    .compensatedBy(
                        (order, why) -> {
                          if (compensated.incrementAndGet() == 1) {
                            shop()
                                .admin()
                                .cancel(order.orderId(), "olga", "cancelled by phone, too");
                          }
                          return List.of();
                        }))
            .withStepAfter(
                "gift",
                RemoteStep.<OrderView>named(
                        "hotel", (order, call) -> StepResult.retry("not open yet"))
                    .retrying(RetryPolicy.every(LONG, 10)));
    UUID product = stocked(5);
    UUID id = place(product, 2).orderId();
    eventually(() -> assertThat(saga(id).nextRunAt()).isNotNull());

    // when
    shop().orders().cancel(customer, id, "changed my mind");

    // then
    assertThat(outcome(id)).isEqualTo(cancelledByRequest(id));
    assertThat(compensated).as("once for each write that was tried").hasValue(2);
    assertThat(shop().admin().list(SagaFilter.all(10))).isEmpty();
    assertStock(product, 5, 0);
  }
}
