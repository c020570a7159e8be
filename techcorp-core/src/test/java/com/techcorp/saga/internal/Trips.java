package com.techcorp.saga.internal;

import com.techcorp.error.Failure;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.LocalStep;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.SagaOutcome;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.Signal;
import com.techcorp.saga.StepResult;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** A trip: book a seat (local), pay (remote), issue the ticket (local). */
final class Trips {
  static final UUID ID = UUID.fromString("00000000-0000-7000-8000-000000000001");
  static final Failure NO = Failure.of("DECLINED", "no");
  static final Trip UNPAID = new Trip("12A", false);
  static final Trip PAID = new Trip("12A", true);
  static final Transitions TRANSITIONS = new Transitions(new JournalEntries(Duration.ofSeconds(5)));

  private Trips() {}

  record Trip(String seat, boolean paid) {}

  record Wrote(String what) implements Effect {}

  static List<Effect> wrote(String what) {
    return List.of(new Wrote(what));
  }

  static LocalStep<Trip> book() {
    return LocalStep.<Trip>named("book", trip -> wrote("booked"))
        .compensatedBy((trip, why) -> wrote("unbooked " + why.code()));
  }

  static RemoteStep<Trip> pay() {
    return RemoteStep.<Trip>named("pay", (trip, call) -> StepResult.done(trip))
        .before(trip -> wrote("intent"))
        .whenUndecided(trip -> wrote("undecided"))
        .whenNotSent((trip, why) -> wrote("not sent"))
        .compensatedBy((trip, why) -> wrote("refund"))
        .retrying(RetryPolicy.every(Duration.ofSeconds(1), 3));
  }

  /** What was paid is refunded by a call. */
  static RemoteStep<Trip> refundable() {
    return pay().undoneBy((trip, call) -> StepResult.done(trip));
  }

  /** It is given up after half an hour. */
  static RemoteStep<Trip> bounded() {
    return pay()
        .abandonedBy((trip, why) -> wrote("abandoned " + why.code()))
        .decideWithin(trip -> Duration.ofMinutes(30));
  }

  static SagaDefinition<Trip> trip(RemoteStep<Trip> pay) {
    return SagaDefinition.named("trip", Trip.class)
        .step(book())
        .step(pay)
        .step(LocalStep.named("issue", trip -> wrote("issued")))
        .historyKeptBy(ids -> Map.<UUID, SagaOutcome>of())
        .build();
  }

  static LiveSaga<Trip> fresh(RemoteStep<Trip> pay) {
    return LiveSaga.fresh(trip(pay), ID, UNPAID);
  }

  /** The seat is booked, the payment about to be called. */
  static LiveSaga<Trip> paying(RemoteStep<Trip> pay) {
    return TRANSITIONS.begin(fresh(pay)).next();
  }

  /** It is going back, and about to call what undoes the payment. */
  static LiveSaga<Trip> refunding(RemoteStep<Trip> pay) {
    return paying(pay).data(PAID).at(1, SagaState.COMPENSATING).failing(NO);
  }

  static LiveSaga<Trip> deadlinePassed(LiveSaga<Trip> saga) {
    LiveSaga.Progress late =
        new LiveSaga.Progress(
            saga.revision(), saga.signals(), saga.stored(), true, Duration.ofHours(1));
    return new LiveSaga<>(saga.identity(), saga.data(), saga.position(), late);
  }

  static List<Signal> signal(Signal.Kind kind) {
    return List.of(new Signal(kind, "why", "ada"));
  }

  /** What the steps wrote, without the journal's own entry. */
  static List<String> business(Transition<Trip> transition) {
    return transition.effects().stream()
        .filter(Wrote.class::isInstance)
        .map(effect -> ((Wrote) effect).what())
        .toList();
  }

  static SagaPosition journalled(Transition<Trip> transition) {
    Effect last = transition.effects().get(transition.effects().size() - 1);
    return last instanceof SagaEffect.Create create
        ? create.position()
        : ((SagaEffect.Advance) last).position();
  }
}
