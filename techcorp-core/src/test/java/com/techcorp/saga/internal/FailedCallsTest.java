package com.techcorp.saga.internal;

import static com.techcorp.saga.internal.CallTestBed.ANSWERS;
import static com.techcorp.saga.internal.CallTestBed.LONG;
import static com.techcorp.saga.internal.CallTestBed.make;
import static com.techcorp.saga.internal.CallTestBed.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.saga.StepResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that throw or return nothing, and listeners that throw. */
class FailedCallsTest {
  private final CallTestBed bed = new CallTestBed();
  private final FaultBoundary faults = bed.faults();

  @AfterEach
  void end() {
    bed.close();
  }

  @Test
  void whateverACallThrowsIsAnUnknownAnswerWithItsClassAndMessage() throws Exception {
    RemoteCalls calls = bed.calls(1);
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
                throw FailedCallsTest.<RuntimeException>sneaky(fault);
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
            bed.calls(1),
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
            bed.calls(1),
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
    HeardCall heard = make(bed.calls(1), "bank", LONG, (data, context) -> null);

    assertThat(heard.answer()).isEqualTo(StepResult.unknown("the call returned null"));
  }

  @Test
  void aListenerThatThrowsCostsNobodyElse() throws Exception {
    RemoteCalls one = bed.calls(1);
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
}
