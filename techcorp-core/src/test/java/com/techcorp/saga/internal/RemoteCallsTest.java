package com.techcorp.saga.internal;

import static com.techcorp.saga.internal.CallTestBed.ANSWERS;
import static com.techcorp.saga.internal.CallTestBed.LONG;
import static com.techcorp.saga.internal.CallTestBed.SOON;
import static com.techcorp.saga.internal.CallTestBed.counting;
import static com.techcorp.saga.internal.CallTestBed.make;
import static com.techcorp.saga.internal.CallTestBed.request;
import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.saga.CallOptions;
import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.StepResult;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On which thread calls are made and answered, and when they are not sent. */
class RemoteCallsTest {
  private final CallTestBed bed = new CallTestBed();
  private final StubbornCalls stubborn = bed.stubborn();

  @AfterEach
  void end() {
    bed.close();
  }

  /** An answer that is there at once must not be dealt with by whoever places the order. */
  @Test
  void anAnswerIsNeverGivenOnTheThreadThatMakesTheCall() throws Exception {
    RemoteCalls calls = bed.calls(CallOptions.DEFAULT);
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
            bed.calls(1),
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
    RemoteCalls one = bed.calls(1);
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
    RemoteCalls one = bed.calls(1);
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
  void whatMayNotBeSentAnyMoreIsNotSent() throws Exception {
    AtomicInteger sent = new AtomicInteger();

    RemoteCalls calls = bed.calls(1);
    HeardCall heard = new HeardCall();
    calls.make(request(calls, "bank", LONG, LONG, counting(sent)), heard.listener(false));

    assertThat(heard.refusal()).contains("lease");
    assertThat(sent).hasValue(0);
  }

  /** The timer must be free for the next deadline, whatever the last one leads to. */
  @Test
  void whatFollowsATimeOutDoesNotRunOnTheTimer() throws Exception {
    RemoteCalls calls = bed.calls(2);

    HeardCall overdue = make(calls, "bank", SOON, stubborn);

    overdue.answer();
    assertThat(overdue.threads).singleElement().asString().startsWith("techcorp-follow-up-");
  }
}
