package com.techcorp.saga.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.error.Failure;
import com.techcorp.error.UnavailableException;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.StepResult;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Effect;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What a process was told after it lost its lease is written without a fence, and not forgotten.
 */
class LateAnswersTest {
  record Told(String answer) implements Effect {}

  private final SteppedTimer timer = new SteppedTimer();
  private final Storage storage = new Storage();
  private final LateAnswers late = new LateAnswers(storage, timer, 2, new FaultBoundary());

  private final RemoteStep<String> step =
      RemoteStep.<String>named("pay", (data, call) -> StepResult.done(data))
          .reportedBy((data, answer) -> List.of(new Told(data + ": " + name(answer))));
  private final SagaDefinition<String> definition =
      SagaDefinition.named("late", String.class).step(step).build();

  private static String name(StepResult<String> answer) {
    return answer instanceof StepResult.Done ? "done" : "rejected";
  }

  @AfterEach
  void stop() {
    timer.shutdownNow();
  }

  private void told(String data, StepResult<String> answer) {
    late.report(
        new ExecutionState.Answer<>(
            LiveSaga.fresh(definition, UUID.randomUUID(), data), step, answer));
  }

  @Test
  void aDefiniteAnswerIsWrittenWithoutAFence() {
    told("a", StepResult.done("a"));
    told("b", StepResult.rejected(Failure.of("DECLINED", "no")));

    assertThat(storage.written).as("not on the thread that reports").isEmpty();
    timer.runAll();
    assertThat(storage.written).containsExactly(new Told("a: done"), new Told("b: rejected"));
    assertThat(storage.fences).containsOnlyNulls();
  }

  @Test
  void whatIsNotDefiniteIsNotReported() {
    told("a", StepResult.unknown("no answer"));
    told("a", StepResult.retry("not sent"));

    timer.runAll();
    assertThat(storage.commits).isZero();
  }

  @Test
  void aStepWithoutAReportDropsTheAnswer() {
    RemoteStep<String> silent = RemoteStep.named("ask", (data, call) -> StepResult.done(data));

    late.report(
        new ExecutionState.Answer<>(
            LiveSaga.fresh(definition, UUID.randomUUID(), "a"), silent, StepResult.done("a")));

    timer.runAll();
    assertThat(storage.commits).isZero();
  }

  @Test
  void manyAreWrittenInBatches() {
    for (int i = 0; i < 5; i++) {
      told("order " + i, StepResult.done(""));
    }

    timer.runAll();
    assertThat(storage.written).hasSize(5);
    assertThat(storage.commits).isEqualTo(3);
  }

  @Test
  void aStorageThatIsAwayIsTriedAgainAndAgainWithLongerWaits() {
    storage.failing = 4;
    told("a", StepResult.done("a"));

    timer.runAll();

    assertThat(storage.written).containsExactly(new Told("a: done"));
    assertThat(timer.waits).hasSizeGreaterThanOrEqualTo(5);
    assertThat(timer.waits.get(4)).isGreaterThan(timer.waits.get(1));
    assertThat(timer.waits.subList(1, 5)).noneMatch(Duration::isZero);
  }

  @Test
  void itIsGivenUpInTheEndAndWhatComesLaterIsNotHurt() {
    storage.failing = LateAnswers.PATIENCE.attempts();
    told("lost", StepResult.done(""));
    timer.runAll();
    assertThat(storage.written).isEmpty();
    assertThat(timer.waits.stream().reduce(Duration.ZERO, Duration::plus))
        .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(13));

    told("kept", StepResult.done(""));

    timer.runAll();
    assertThat(storage.written).containsExactly(new Told("kept: done"));
  }

  @Test
  void whatTheStorageRefusesDoesNotHurtItsNeighbours() {
    storage.poison = "bad";
    told("bad", StepResult.done(""));
    told("good", StepResult.done(""));

    timer.runAll();

    assertThat(storage.written).containsExactly(new Told("good: done"));
    assertThat(storage.commits).as("the batch, then each alone").isEqualTo(3);
  }

  @Test
  void whatAnEarlierAttemptWroteIsNotWrittenTwice() {
    storage.refusal = SagaEffect.STALE;
    told("a", StepResult.done("a"));

    timer.runAll();

    assertThat(storage.commits).isEqualTo(1);
  }

  @Test
  void whatWaitsWhenTheEngineClosesGetsALastAttempt() {
    told("before", StepResult.done(""));
    late.close();

    told("after", StepResult.done(""));

    assertThat(storage.written).containsExactly(new Told("before: done"), new Told("after: done"));
  }

  @Test
  void aReportThatFailsIsSwallowedAndLogged() {
    RemoteStep<String> broken =
        RemoteStep.<String>named("ask", (data, call) -> StepResult.done(data))
            .reportedBy(
                (data, answer) -> {
                  throw new IllegalStateException("a defect of the host's");
                });

    late.report(
        new ExecutionState.Answer<>(
            LiveSaga.fresh(definition, UUID.randomUUID(), "a"), broken, StepResult.done("a")));

    timer.runAll();
    assertThat(storage.commits).isZero();
  }

  @Test
  void aStepInsideAnotherReportsItsOwnPart() {
    record Order(String part) {}
    RemoteStep<Order> outer = step.within(Order::part, (order, part) -> new Order(part));

    assertThat(outer.report(new Order("inner"), StepResult.done(new Order("inner"))))
        .isEqualTo(List.of(new Told("inner: done")));
  }

  /** Runs what it was given when the test says so, and remembers the waits. */
  private static final class SteppedTimer extends ScheduledThreadPoolExecutor {
    private final Queue<Runnable> tasks = new ArrayDeque<>();
    private final List<Duration> waits = new ArrayList<>();

    SteppedTimer() {
      super(1);
    }

    @Override
    public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
      tasks.add(task);
      waits.add(Duration.of(delay, unit.toChronoUnit()));
      return super.schedule(() -> {}, 0, unit);
    }

    void runAll() {
      for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
        task.run();
      }
    }
  }

  private static final class Storage implements UnitOfWork {
    private final List<Effect> written = new ArrayList<>();
    private final List<@Nullable Fence> fences = new ArrayList<>();
    private int commits;
    private int failing;
    private @Nullable String poison;
    private @Nullable String refusal;

    @Override
    public List<CommitResult> commit(@Nullable Fence fence, List<WriteSet> batch) {
      commits++;
      if (failing > 0) {
        failing--;
        throw new UnavailableException("away");
      }
      String bad = poison;
      if (bad != null && batch.toString().contains(bad)) {
        throw new UnstorableDataException("refused", null);
      }
      fences.add(fence);
      batch.forEach(work -> written.addAll(work.effects()));
      String code = refusal;
      return batch.stream()
          .<CommitResult>map(
              work ->
                  code == null
                      ? new CommitResult.Committed()
                      : new CommitResult.Refused(0, Failure.of(code, "refused")))
          .toList();
    }
  }
}
