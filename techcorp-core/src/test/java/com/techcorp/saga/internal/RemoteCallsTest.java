package com.techcorp.saga.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.concurrent.OwnThreads;
import com.techcorp.saga.CallOptions;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.StepResult;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** On which threads calls are made and answered. */
class RemoteCallsTest {
  private static final RemoteCall.Context CONTEXT =
      new RemoteCall.Context(UUID.randomUUID(), "key", 1, Duration.ZERO);

  private final OwnThreads threads = new OwnThreads();
  private final ScheduledExecutorService timer = threads.timer("test-timer", 1);
  private final RemoteCalls calls = new RemoteCalls(EngineOptions.DEFAULT, threads, timer);

  @AfterEach
  void end() {
    calls.close();
    timer.shutdownNow();
  }

  /** An answer that is there at once must not be dealt with by whoever places the order. */
  @Test
  void anAnswerIsNeverGivenOnTheThreadThatMakesTheCall() throws Exception {
    for (int call = 0; call < 2_000; call++) {
      CompletableFuture<String> thread = new CompletableFuture<>();

      calls.make(
          (data, context) -> StepResult.done(data),
          "data",
          CONTEXT,
          Duration.ofSeconds(10),
          result -> thread.complete(Thread.currentThread().getName()),
          late -> {});

      assertThat(thread.get(10, TimeUnit.SECONDS)).startsWith("techcorp-remote-");
    }
  }

  /** It is interrupted; whether it then says so itself or is given up on comes to the same. */
  @Test
  void aCallWithoutAnAnswerIsUndecidedAfterItsTimeOut() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    CompletableFuture<StepResult<String>> answer = new CompletableFuture<>();

    calls.make(
        (data, context) -> {
          never.await();
          return StepResult.done(data);
        },
        "data",
        CONTEXT,
        Duration.ofMillis(20),
        answer::complete,
        late -> {});

    assertThat(answer.get(10, TimeUnit.SECONDS)).isInstanceOf(StepResult.Unknown.class);
  }

  @Test
  void theInterruptionOfOneCallDoesNotReachTheNext() throws Exception {
    EngineOptions oneThread =
        EngineOptions.DEFAULT.withCalls(CallOptions.DEFAULT.withMaxRemoteCalls(1));
    try (RemoteCalls one = new RemoteCalls(oneThread, threads, timer)) {
      for (int call = 0; call < 20; call++) {
        // given: one call is cut off by its time-out
        CompletableFuture<StepResult<String>> cut = new CompletableFuture<>();
        CountDownLatch never = new CountDownLatch(1);
        RemoteCall<String> hangs =
            (data, context) -> {
              never.await();
              return StepResult.done(data);
            };
        one.make(hangs, "data", CONTEXT, Duration.ofMillis(2), cut::complete, late -> {});
        cut.get(10, TimeUnit.SECONDS);

        // when
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        RemoteCall<String> looks =
            (data, context) -> {
              interrupted.complete(Thread.currentThread().isInterrupted());
              return StepResult.done(data);
            };
        one.make(looks, "data", CONTEXT, Duration.ofSeconds(10), result -> {}, late -> {});

        // then
        assertThat(interrupted.get(10, TimeUnit.SECONDS)).isFalse();
      }
    }
  }
}
