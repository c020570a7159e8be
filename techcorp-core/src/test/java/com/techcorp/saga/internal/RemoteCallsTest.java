package com.techcorp.saga.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.concurrent.Threads;
import com.techcorp.health.Finding;
import com.techcorp.saga.CallOptions;
import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.StepResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Where calls are made and answered, and what those that do not come back cost. */
class RemoteCallsTest {
  private static final Duration SOON = Duration.ofMillis(30);
  private static final Duration LONG = Duration.ofMinutes(10);
  private static final UUID SAGA = UUID.randomUUID();
  private static final RemoteCall<String> ANSWERS = (data, context) -> StepResult.done(data);

  private final FaultBoundary faults = new FaultBoundary();
  private final Threads threads = faults.around(new OwnThreads());
  private final StubbornCalls stubborn = new StubbornCalls();
  private final List<RemoteCalls> open = new ArrayList<>();

  @AfterEach
  void end() {
    stubborn.release();
    open.forEach(RemoteCalls::close);
  }

  private static ConditionFactory patiently() {
    return await().atMost(Duration.ofSeconds(60));
  }

  /** So many places for each service. */
  private RemoteCalls calls(int places) {
    return calls(CallOptions.DEFAULT.withMaxRemoteCalls(2 * places));
  }

  private RemoteCalls calls(CallOptions options) {
    RemoteCalls calls =
        new RemoteCalls(options, Set.of("bank", "courier", RemoteStep.STORAGE), threads, faults);
    open.add(calls);
    return calls;
  }

  private static HeardCall make(
      RemoteCalls calls, String service, Duration timeout, RemoteCall<String> call) {
    HeardCall heard = new HeardCall();
    calls.make(request(calls, service, timeout, LONG, call), heard.listener(true));
    return heard;
  }

  private static CallRequest<String> request(
      RemoteCalls calls,
      String service,
      Duration timeout,
      Duration sendWithin,
      RemoteCall<String> call) {
    return new CallRequest<>(
        service,
        call,
        "data",
        new RemoteCall.Context(SAGA, "key", 1, Duration.ZERO, false),
        timeout,
        calls.sendBy(sendWithin),
        false);
  }

  /** It must be sent soon, or not be sent at all. */
  private static HeardCall makeSoon(RemoteCalls calls, RemoteCall<String> call) {
    HeardCall heard = new HeardCall();
    calls.make(request(calls, "bank", LONG, SOON, call), heard.listener(true));
    return heard;
  }

  private static RemoteCall<String> counting(AtomicInteger sent) {
    return (data, context) -> {
      sent.incrementAndGet();
      return StepResult.done(data);
    };
  }

  /** So many calls to the bank whose time-outs have passed and which hold their threads. */
  private void stuck(RemoteCalls calls, int count) throws Exception {
    List<HeardCall> hanging = new ArrayList<>();
    int before = stubborn.under();
    for (int i = 0; i < count; i++) {
      hanging.add(make(calls, "bank", SOON, stubborn));
      int sent = before + i + 1;
      patiently().until(() -> stubborn.under() == sent);
    }
    for (HeardCall call : hanging) {
      assertThat(call.answer()).isInstanceOf(StepResult.Unknown.class);
    }
  }

  /** An answer that is there at once must not be dealt with by whoever places the order. */
  @Test
  void anAnswerIsNeverGivenOnTheThreadThatMakesTheCall() throws Exception {
    RemoteCalls calls = calls(CallOptions.DEFAULT);
    for (int call = 0; call < 2_000; call++) {
      HeardCall heard = make(calls, "bank", LONG, ANSWERS);

      heard.answer();

      assertThat(heard.threads).singleElement().asString().startsWith("techcorp-remote-bank-");
    }
  }

  /** It is interrupted; whether it then says so itself or is given up on comes to the same. */
  @Test
  void aCallWithoutAnAnswerIsUndecidedAfterItsTimeOut() throws Exception {
    CountDownLatch never = new CountDownLatch(1);

    HeardCall heard =
        make(
            calls(1),
            "bank",
            SOON,
            (data, context) -> {
              never.await();
              return StepResult.done(data);
            });

    assertThat(heard.answer()).isInstanceOf(StepResult.Unknown.class);
  }

  @Test
  void theInterruptionOfOneCallDoesNotReachTheNext() throws Exception {
    RemoteCalls one = calls(1);
    for (int call = 0; call < 20; call++) {
      // given: one call is cut off by its time-out
      CountDownLatch never = new CountDownLatch(1);
      RemoteCall<String> hangs =
          (data, context) -> {
            never.await();
            return StepResult.done(data);
          };
      HeardCall cutOff = make(one, "bank", Duration.ofMillis(2), hangs);

      // when
      CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
      RemoteCall<String> looks =
          (data, context) -> {
            interrupted.complete(Thread.currentThread().isInterrupted());
            return StepResult.done(data);
          };
      make(one, "bank", LONG, looks);

      // then
      assertThat(interrupted.get(60, TimeUnit.SECONDS)).isFalse();
      cutOff.late(); // two that have not come back, and the service would count as away
    }
  }

  @Test
  void anInterruptionThatAListenerLeavesDoesNotReachTheNextCall() throws Exception {
    RemoteCalls one = calls(1);
    CountDownLatch left = new CountDownLatch(1);
    one.make(
        request(one, "bank", LONG, LONG, ANSWERS),
        HeardCall.answers(
            result -> {
              Thread.currentThread().interrupt();
              left.countDown();
            }));
    left.await();

    CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
    make(
        one,
        "bank",
        LONG,
        (data, context) -> {
          interrupted.complete(Thread.currentThread().isInterrupted());
          return StepResult.done(data);
        });

    assertThat(interrupted.get(60, TimeUnit.SECONDS)).isFalse();
  }

  @Test
  void whateverACallThrowsIsAnUnknownAnswerWithItsClassAndMessage() throws Exception {
    RemoteCalls calls = calls(1);
    List<Throwable> thrown =
        List.of(
            new IllegalStateException("down"),
            new NoClassDefFoundError("gone/after/a/Deploy"),
            new StackOverflowError(),
            new AssertionError("never"),
            new Throwable("bare"));
    for (Throwable fault : thrown) {
      HeardCall heard =
          make(
              calls,
              "bank",
              LONG,
              (data, context) -> {
                throw RemoteCallsTest.<RuntimeException>sneaky(fault);
              });

      assertThat(heard.answer())
          .isEqualTo(StepResult.unknown(fault.getClass().getName() + ": " + fault.getMessage()));
      assertThat(heard.fault).as("the cause, for the log").isCompletedWithValue(fault);
    }
    assertThat(make(calls, "bank", LONG, ANSWERS).answer()).isEqualTo(StepResult.done("data"));
    assertThat(calls.counters()).containsEntry("calls.threw", 5L);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T sneaky(Throwable fault) throws T {
    throw (T) fault;
  }

  @Test
  void aFatalErrorOfACallIsItsListenersToDealWith() throws Exception {
    OutOfMemoryError fault = new OutOfMemoryError("of a test");

    HeardCall heard =
        make(
            calls(1),
            "bank",
            LONG,
            (data, context) -> {
              throw fault;
            });

    assertThat(heard.answer()).isInstanceOf(StepResult.Unknown.class);
    assertThat(heard.fault.get(60, TimeUnit.SECONDS)).isSameAs(fault);
    assertThat(faults.fatal()).isZero();
  }

  @Test
  void aFatalErrorThatComesTooLateIsPassedToTheNode() throws Exception {
    CompletableFuture<Throwable> passed = new CompletableFuture<>();
    faults.onFatal(passed::complete);
    OutOfMemoryError fault = new OutOfMemoryError("of a test");
    CountDownLatch overdue = new CountDownLatch(1);

    HeardCall heard =
        make(
            calls(1),
            "bank",
            Duration.ofMillis(2),
            (data, context) -> {
              while (overdue.getCount() > 0) {
                Thread.onSpinWait();
              }
              throw fault;
            });
    heard.answer();
    overdue.countDown();

    assertThat(passed.get(60, TimeUnit.SECONDS)).isSameAs(fault);
  }

  @Test
  @SuppressWarnings("NullAway")
  void aCallThatReturnsNothingIsNamedAsSuch() throws Exception {
    HeardCall heard = make(calls(1), "bank", LONG, (data, context) -> null);

    assertThat(heard.answer()).isEqualTo(StepResult.unknown("the call returned null"));
  }

  @Test
  void aListenerThatThrowsCostsNobodyElse() throws Exception {
    RemoteCalls one = calls(1);
    for (int i = 0; i < 5; i++) {
      one.make(
          request(one, "bank", LONG, LONG, ANSWERS),
          HeardCall.answers(
              result -> {
                throw new LinkageError("what follows fails");
              }));
    }

    assertThat(make(one, "bank", LONG, ANSWERS).answer()).isEqualTo(StepResult.done("data"));
    // The thread of the fifth may still be on its way out.
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .untilAsserted(() -> assertThat(faults.escaped()).isEqualTo(5));
  }

  @Test
  void whatMayNotBeSentAnyMoreIsNotSent() throws Exception {
    AtomicInteger sent = new AtomicInteger();

    RemoteCalls calls = calls(1);
    HeardCall heard = new HeardCall();
    calls.make(request(calls, "bank", LONG, LONG, counting(sent)), heard.listener(false));

    assertThat(heard.refusal()).contains("lease");
    assertThat(sent).hasValue(0);
  }

  @Test
  void aCallThatGetsNoPlaceInTimeIsNotSentThenOrLater() throws Exception {
    // given: the only place is taken by a call that has all the time
    RemoteCalls one = calls(1);
    HeardCall running = make(one, "bank", LONG, stubborn);
    patiently().until(() -> stubborn.under() == 1);
    AtomicInteger sent = new AtomicInteger();

    // when
    HeardCall waits = makeSoon(one, counting(sent));

    // then
    assertThat(waits.refusal()).contains("no thread was free");
    stubborn.release();
    running.answer();
    assertThat(make(one, "bank", LONG, ANSWERS).answer()).isEqualTo(StepResult.done("data"));
    assertThat(sent).hasValue(0);
    assertThat(waits.answer).isNotDone();
    assertThat(one.counters()).containsEntry("calls.not-sent", 1L);
  }

  @Test
  void whatWaitsGetsItsPlaceInTurn() throws Exception {
    RemoteCalls one = calls(1);
    make(one, "bank", LONG, stubborn);
    patiently().until(() -> stubborn.under() == 1);
    List<Integer> order = new ArrayList<>();
    List<HeardCall> waiting = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      int number = i;
      waiting.add(
          make(
              one,
              "bank",
              LONG,
              (data, context) -> {
                order.add(number); // one at a time
                return StepResult.done(data);
              }));
    }

    stubborn.release();

    for (HeardCall heard : waiting) {
      heard.answer();
    }
    assertThat(order).hasSize(20).isSorted();
  }

  @Test
  void theThreadOfACallThatOutlivesItsTimeOutIsReplacedAndItIsShown() throws Exception {
    RemoteCalls calls = calls(2);

    stuck(calls, 2);

    assertThat(make(calls, "bank", LONG, ANSWERS).answer()).isEqualTo(StepResult.done("data"));
    assertThat(calls.counters()).containsEntry("calls.timed-out", 2L);
    assertThat(calls.findings())
        .hasSize(2)
        .allSatisfy(
            finding -> {
              assertThat(finding.code()).isEqualTo("CALL_STUCK");
              assertThat(finding.what()).contains("bank", "PT0.03S");
              assertThat(finding.thread()).startsWith("techcorp-remote-bank-");
              assertThat(finding.subject()).isEqualTo(SAGA);
              assertThat(finding.since()).isPositive();
            });
  }

  @Test
  void whatWaitsGetsThePlaceOfACallThatOutlivesItsTimeOut() throws Exception {
    // given: the only place is taken by a call that will not come back
    RemoteCalls one = calls(1);
    HeardCall hangs = make(one, "bank", Duration.ofMillis(300), stubborn);
    patiently().until(() -> stubborn.under() == 1);

    // when
    HeardCall waits = make(one, "bank", LONG, ANSWERS);

    // then
    assertThat(hangs.answer()).isInstanceOf(StepResult.Unknown.class);
    assertThat(waits.answer()).isEqualTo(StepResult.done("data"));
    assertThat(stubborn.under()).isEqualTo(1);
  }

  @Test
  void withMoreStuckThanPlacesNothingIsSentToTheServiceUntilTheyReturn() throws Exception {
    // given: two places, both taken by further calls that hang, and one that waits for a place
    RemoteCalls calls = calls(2);
    stuck(calls, 2);
    HeardCall third = make(calls, "bank", SOON, stubborn);
    patiently().until(() -> stubborn.under() == 3);

    // when
    third.answer();

    // then: it is away, and says so at once to whoever comes
    assertThat(make(calls, "bank", LONG, ANSWERS).refusal()).contains("3 calls to bank");
    assertThat(calls.findings())
        .extracting(Finding::code)
        .containsExactlyInAnyOrder("SERVICE_AWAY", "CALL_STUCK", "CALL_STUCK", "CALL_STUCK");
    // and nobody else notices
    assertThat(make(calls, "courier", LONG, ANSWERS).answer()).isEqualTo(StepResult.done("data"));

    // when: they come back
    stubborn.release();

    // then
    assertThat(third.late()).isEqualTo(StepResult.done("data"));
    patiently().until(() -> calls.findings().isEmpty());
    assertThat(make(calls, "bank", LONG, ANSWERS).answer()).isEqualTo(StepResult.done("data"));
  }

  @Test
  void whatWaitsForAPlaceIsNotKeptWaitingOnceTheServiceIsAway() throws Exception {
    RemoteCalls one = calls(1);
    stuck(one, 1);
    HeardCall second = make(one, "bank", Duration.ofMillis(300), stubborn);
    patiently().until(() -> stubborn.under() == 2);

    HeardCall waits = make(one, "bank", LONG, ANSWERS);

    assertThat(second.answer()).isInstanceOf(StepResult.Unknown.class);
    assertThat(waits.refusal()).contains("nothing is sent");
  }

  /** The timer must be free for the next deadline, whatever the last one leads to. */
  @Test
  void whatFollowsATimeOutDoesNotRunOnTheTimer() throws Exception {
    RemoteCalls calls = calls(2);

    HeardCall overdue = make(calls, "bank", SOON, stubborn);

    overdue.answer();
    assertThat(overdue.threads).singleElement().asString().startsWith("techcorp-follow-up-");
  }

  @Test
  void aHostsExecutorGetsAsManyCallsAsThereArePlaces() throws Exception {
    ExecutorService host = Executors.newCachedThreadPool();
    try {
      RemoteCalls calls = calls(CallOptions.DEFAULT.withMaxRemoteCalls(6).withExecutor(host));
      HeardCall running = make(calls, "bank", LONG, stubborn);
      for (int i = 1; i < 10; i++) {
        make(calls, "bank", LONG, stubborn);
      }

      patiently().until(() -> stubborn.under() == 3);
      assertThat(make(calls, "courier", LONG, ANSWERS).answer()).isEqualTo(StepResult.done("data"));
      assertThat(stubborn.under()).as("of ten, with three places").isEqualTo(3);

      stubborn.release();
      running.answer();
      assertThat(running.threads).singleElement().asString().startsWith("pool-");
    } finally {
      stubborn.release();
      host.shutdown();
    }
  }

  @Test
  void aHostsExecutorThatRefusesOrIsBusyIsOneThatDidNotSend() throws Exception {
    RemoteCalls refused =
        calls(
            CallOptions.DEFAULT
                .withMaxRemoteCalls(2)
                .withExecutor(
                    task -> {
                      throw new RejectedExecutionException("full");
                    }));
    assertThat(make(refused, "bank", LONG, ANSWERS).refusal()).contains("full");
    assertThat(make(refused, "bank", LONG, ANSWERS).refusal()).as("its place is free").isNotNull();

    List<Runnable> kept = new ArrayList<>();
    AtomicInteger sent = new AtomicInteger();
    RemoteCalls busy = calls(CallOptions.DEFAULT.withMaxRemoteCalls(2).withExecutor(kept::add));
    assertThat(makeSoon(busy, counting(sent)).refusal()).contains("no thread was free");
    kept.forEach(Runnable::run);
    assertThat(sent).as("begun with too late").hasValue(0);
  }

  @Test
  void stepsThatOnlyReadTheStorageDoNotNeedTheHostsExecutor() throws Exception {
    RemoteCalls calls = calls(CallOptions.DEFAULT.withMaxRemoteCalls(2).withExecutor(task -> {}));

    HeardCall heard = make(calls, RemoteStep.STORAGE, LONG, ANSWERS);

    assertThat(heard.answer()).isEqualTo(StepResult.done("data"));
    assertThat(heard.threads).singleElement().asString().startsWith("techcorp-remote-storage-");
  }
}
