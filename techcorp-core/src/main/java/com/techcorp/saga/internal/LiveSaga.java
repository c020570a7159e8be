package com.techcorp.saga.internal;

import com.techcorp.error.Failure;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Step;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A saga in this process's memory.
 *
 * @param stored whether the journal has it
 * @param undecided whether the current call may have been sent, by this process or an earlier owner
 * @param failure why it goes back, or while RUNNING the recorded wish to stop
 */
record LiveSaga<D>(
    SagaDefinition<D> definition,
    UUID id,
    D data,
    int step,
    SagaState state,
    int attempt,
    boolean undecided,
    long revision,
    int signals,
    boolean stored,
    boolean deadlinePassed,
    Duration age,
    @Nullable Failure failure,
    @Nullable String lastError) {

  static <D> LiveSaga<D> fresh(SagaDefinition<D> definition, UUID id, D data) {
    return new LiveSaga<>(
        definition,
        id,
        data,
        0,
        SagaState.RUNNING,
        0,
        false,
        0,
        0,
        false,
        false,
        Duration.ZERO,
        null,
        null);
  }

  Step<D> current() {
    return definition.steps().get(step);
  }

  LiveSaga<D> data(D changed) {
    return new LiveSaga<>(
        definition,
        id,
        changed,
        step,
        state,
        attempt,
        undecided,
        revision,
        signals,
        stored,
        deadlinePassed,
        age,
        failure,
        lastError);
  }

  LiveSaga<D> at(int index, SagaState direction) {
    return new LiveSaga<>(
        definition,
        id,
        data,
        index,
        direction,
        0,
        false,
        revision,
        signals,
        stored,
        false,
        age,
        failure,
        lastError);
  }

  LiveSaga<D> tried(int attempts, boolean maybeSent, @Nullable String error) {
    return new LiveSaga<>(
        definition,
        id,
        data,
        step,
        state,
        attempts,
        maybeSent,
        revision,
        signals,
        stored,
        deadlinePassed,
        age,
        failure,
        error);
  }

  LiveSaga<D> failing(@Nullable Failure why) {
    return new LiveSaga<>(
        definition,
        id,
        data,
        step,
        state,
        attempt,
        undecided,
        revision,
        signals,
        stored,
        deadlinePassed,
        age,
        why,
        lastError);
  }

  LiveSaga<D> signalsRead(int count) {
    return new LiveSaga<>(
        definition,
        id,
        data,
        step,
        state,
        attempt,
        undecided,
        revision,
        count,
        stored,
        deadlinePassed,
        age,
        failure,
        lastError);
  }

  LiveSaga<D> parked(String error) {
    return new LiveSaga<>(
        definition,
        id,
        data,
        step,
        SagaState.PARKED,
        attempt,
        undecided,
        revision,
        signals,
        stored,
        deadlinePassed,
        age,
        failure,
        error);
  }

  /** As the journal has it once a write with this position is committed. */
  LiveSaga<D> written() {
    return new LiveSaga<>(
        definition,
        id,
        data,
        step,
        state,
        attempt,
        undecided,
        revision + 1,
        signals,
        true,
        deadlinePassed,
        age,
        failure,
        lastError);
  }
}
