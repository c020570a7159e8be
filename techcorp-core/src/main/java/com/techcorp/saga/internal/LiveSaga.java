package com.techcorp.saga.internal;

import com.techcorp.error.Failure;
import com.techcorp.error.internal.Invariants;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Step;
import java.time.Duration;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A saga in this process's memory. Immutable.
 *
 * @param identity which saga it is
 * @param data its own data
 * @param position where it stands
 * @param progress how far the journal knows of it
 */
record LiveSaga<D>(Identity<D> identity, D data, Position position, Progress progress) {
  /** The identity of a saga. */
  record Identity<D>(SagaDefinition<D> definition, UUID id) {}

  /**
   * The saga's position in its steps.
   *
   * @param step the current step's index
   * @param state where it goes
   * @param attempt how often the current call was tried
   * @param undecided whether the current call may have been sent, by this process or an earlier
   *     owner
   * @param failure why it goes back, or while RUNNING the recorded wish to stop
   * @param lastError the last error, for operators
   */
  record Position(
      int step,
      SagaState state,
      int attempt,
      boolean undecided,
      @Nullable Failure failure,
      @Nullable String lastError) {
    /** Checks the values; only the engine moves a saga, so bad ones are its own fault. */
    Position {
      Invariants.within("steps before the current one", step, 0, Integer.MAX_VALUE);
      Invariants.within("attempts of a call", attempt, 0, Integer.MAX_VALUE);
    }
  }

  /**
   * How far the journal knows of it.
   *
   * @param revision the revision of its last write
   * @param signals how many signals it has read
   * @param stored whether the journal has it
   * @param deadlinePassed whether the current step's time to decide was over when it was read
   * @param age how old it was then
   */
  record Progress(
      long revision, int signals, boolean stored, boolean deadlinePassed, Duration age) {
    static final Progress NONE = new Progress(0, 0, false, false, Duration.ZERO);

    private Progress written() {
      return new Progress(revision + 1, signals, true, deadlinePassed, age);
    }

    private Progress signalsRead(int count) {
      Invariants.within("signals read", count, signals, Integer.MAX_VALUE);
      return new Progress(revision, count, stored, deadlinePassed, age);
    }

    private Progress elsewhere() {
      return deadlinePassed ? new Progress(revision, signals, stored, false, age) : this;
    }
  }

  static <D> LiveSaga<D> fresh(SagaDefinition<D> definition, UUID id, D data) {
    return new LiveSaga<>(
        new Identity<>(definition, id),
        data,
        new Position(0, SagaState.RUNNING, 0, false, null, null),
        Progress.NONE);
  }

  SagaDefinition<D> definition() {
    return identity.definition();
  }

  UUID id() {
    return identity.id();
  }

  int step() {
    return position.step();
  }

  Step<D> current() {
    return definition().steps().get(position.step());
  }

  SagaState state() {
    return position.state();
  }

  int attempt() {
    return position.attempt();
  }

  boolean undecided() {
    return position.undecided();
  }

  @Nullable Failure failure() {
    return position.failure();
  }

  @Nullable String lastError() {
    return position.lastError();
  }

  long revision() {
    return progress.revision();
  }

  int signals() {
    return progress.signals();
  }

  boolean stored() {
    return progress.stored();
  }

  boolean deadlinePassed() {
    return progress.deadlinePassed();
  }

  Duration age() {
    return progress.age();
  }

  LiveSaga<D> data(D changed) {
    return new LiveSaga<>(identity, changed, position, progress);
  }

  /**
   * Returns the saga at another step, whose call was not tried yet and whose time to decide begins.
   */
  LiveSaga<D> at(int index, SagaState direction) {
    Position there = new Position(index, direction, 0, false, failure(), lastError());
    return new LiveSaga<>(identity, data, there, progress.elsewhere());
  }

  LiveSaga<D> tried(int attempts, boolean maybeSent, @Nullable String error) {
    return at(new Position(step(), state(), attempts, maybeSent, failure(), error));
  }

  LiveSaga<D> failing(@Nullable Failure why) {
    return at(new Position(step(), state(), attempt(), undecided(), why, lastError()));
  }

  LiveSaga<D> parked(String error) {
    return at(new Position(step(), SagaState.PARKED, attempt(), undecided(), failure(), error));
  }

  private LiveSaga<D> at(Position moved) {
    return new LiveSaga<>(identity, data, moved, progress);
  }

  LiveSaga<D> signalsRead(int count) {
    return new LiveSaga<>(identity, data, position, progress.signalsRead(count));
  }

  /** Returns the saga as the journal has it once a write with this position is committed. */
  LiveSaga<D> written() {
    return new LiveSaga<>(identity, data, position, progress.written());
  }
}
