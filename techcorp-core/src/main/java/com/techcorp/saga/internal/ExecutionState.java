package com.techcorp.saga.internal;

import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.StepResult;
import com.techcorp.storage.Fence;
import org.jspecify.annotations.Nullable;

/**
 * The state of a {@link SagaExecution}, with what it must not lose: the lease under which this
 * process owns the saga, and a call's answer that is not written yet. An answer goes away in two
 * ways only: a commit writes it, or the code that replaces the state reports it. Immutable.
 *
 * @param <D> the saga's data
 */
sealed interface ExecutionState<D> {
  /** The lease of the saga's last write; null before the first one. */
  @Nullable Fence fence();

  /** Returns the answer of a call that no commit has written yet; null if there is none. */
  @Nullable Answer<D> unwritten();

  /** The answer of a call. Has no text form: the saga's data may hold secrets. */
  record Answer<D>(LiveSaga<D> saga, RemoteStep<D> step, StepResult<D> result) {
    @Override
    public String toString() {
      return "the answer of " + step.name() + " to saga " + saga.id();
    }
  }

  /** The state with which a saga begins that is not durable yet. */
  static <D> Deciding<D> fresh() {
    return new Deciding<>(null, null, 0);
  }

  /** The state with which a saga goes on that this process claimed. */
  static <D> Deciding<D> claimed(Fence fence) {
    return new Deciding<>(fence, null, 0);
  }

  /**
   * The execution decides what to do next, or pauses before it does.
   *
   * @param failures how many commits in a row did not write what it decided
   */
  record Deciding<D>(@Nullable Fence fence, @Nullable Answer<D> unwritten, int failures)
      implements ExecutionState<D> {
    Committing<D> commits() {
      return new Committing<>(fence, unwritten, failures);
    }

    Calling<D> calls() {
      if (fence == null) {
        throw new IllegalStateException("a call before the saga's first write");
      }
      return new Calling<>(fence, unwritten);
    }

    /** The caller reports the answer. */
    Deciding<D> withoutAnswer() {
      return new Deciding<>(fence, null, failures);
    }

    /** Returns the state in which the decision is tried again. */
    Deciding<D> failedAgain() {
      return new Deciding<>(fence, unwritten, failures + 1);
    }
  }

  /** The decision is being committed. */
  record Committing<D>(@Nullable Fence fence, @Nullable Answer<D> unwritten, int failures)
      implements ExecutionState<D> {
    /** The commit wrote everything, the answer too. */
    Deciding<D> written(Fence under) {
      return new Deciding<>(under, null, 0);
    }

    Deciding<D> notWritten() {
      return new Deciding<>(fence, unwritten, failures);
    }
  }

  /** Its step's call was asked for and has not come to anything yet. */
  record Calling<D>(Fence fence, @Nullable Answer<D> unwritten) implements ExecutionState<D> {
    /** The answer must reach the journal, or a report. */
    Deciding<D> answered(Answer<D> answer) {
      return new Deciding<>(fence, answer, 0);
    }

    /** The call was not made, or its answer can be had again. */
    Deciding<D> returned() {
      return new Deciding<>(fence, unwritten, 0);
    }
  }

  /** The saga has ended, waits in the journal, or belongs to another process. */
  record Left<D>(@Nullable Fence fence) implements ExecutionState<D> {
    static <D> ExecutionState<D> after(ExecutionState<D> before) {
      return before instanceof Left ? before : new Left<>(before.fence());
    }

    @Override
    public @Nullable Answer<D> unwritten() {
      return null;
    }
  }
}
