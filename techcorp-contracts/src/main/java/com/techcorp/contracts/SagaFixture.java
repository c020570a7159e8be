package com.techcorp.contracts;

import com.techcorp.error.Failure;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.saga.spi.SagaJournal.Claimable;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Sagas of a definition that nobody else has, so that other tests' sagas are not claimed. */
final class SagaFixture {
  static final int VERSION = 3;

  final String definition = "contract-" + StorageContract.newId();

  /** A claimed saga has so long to move. */
  static final Duration CLAIMED_FOR = Duration.ofSeconds(35);

  List<Claimable> runnable() {
    return List.of(new Claimable(definition, VERSION, CLAIMED_FOR));
  }

  SagaEffect.Create create(UUID id, SagaPosition position) {
    return new SagaEffect.Create(id, definition, VERSION, true, position);
  }

  /** Owned by the node that writes it. */
  static SagaPosition running(String step) {
    return position(step, SagaState.RUNNING, null, null, null);
  }

  /** Owned, and has so long to decide. */
  static SagaPosition runningWithin(String step, Duration decideWithin) {
    return position(step, SagaState.RUNNING, null, decideWithin, null);
  }

  /** Owned by nobody, and due. */
  static SagaPosition due(String step, Duration in) {
    return position(step, SagaState.RUNNING, in, null, null);
  }

  /** Owned, and its owner has so long to move it. */
  static SagaPosition movingWithin(String step, Duration moveWithin) {
    return new SagaPosition(step, SagaState.RUNNING, 0, false, null, null, "{}", null, null)
        .movingWithin(moveWithin);
  }

  static SagaPosition parked(String step, @Nullable Failure failure) {
    return position(step, SagaState.PARKED, null, null, failure);
  }

  /** On its way back. */
  static SagaPosition parkedGoingBack(String step, Failure failure) {
    return position(step, SagaState.COMPENSATING, null, null, failure).parked("no way back");
  }

  static SagaPosition position(
      String step,
      SagaState state,
      @Nullable Duration runIn,
      @Nullable Duration decideWithin,
      @Nullable Failure failure) {
    return new SagaPosition(
        step, state, 0, false, runIn, decideWithin, "{\"step\":\"" + step + "\"}", failure, null);
  }
}
