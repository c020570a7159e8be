package com.techcorp.saga;

import com.techcorp.error.Failure;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.storage.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A step that leaves the process. What must be durable before the call is written {@link #before}
 * it; no transaction is open while it runs. Immutable; each method returns a changed copy.
 *
 * @param <D> the saga's data
 */
public final class RemoteStep<D> implements Step<D> {
  /**
   * The {@linkplain #calling service} of steps that only read the engine's own storage: they run on
   * the engine's own threads, also where the host gives an executor.
   */
  public static final String STORAGE = "storage";

  private final String name;
  private final @Nullable String service;
  private final CallsOfStep<D> calls;
  private final EffectsOfStep<D> effects;
  private final LimitsOfStep<D> limits;

  private RemoteStep(
      String name,
      @Nullable String service,
      CallsOfStep<D> calls,
      EffectsOfStep<D> effects,
      LimitsOfStep<D> limits) {
    this.name = name;
    this.service = service;
    this.calls = calls;
    this.effects = effects;
    this.limits = limits;
  }

  /**
   * Returns a step that makes this call, with default limits.
   *
   * @param name its name, unique in the definition
   * @param call the call, idempotent by its key
   * @param <D> the saga's data
   * @return the step
   */
  public static <D> RemoteStep<D> named(String name, RemoteCall<D> call) {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(call, "call");
    CallsOfStep<D> calls = new CallsOfStep<>(call, null, null, null, null);
    return new RemoteStep<>(name, null, calls, EffectsOfStep.none(), LimitsOfStep.usual());
  }

  /**
   * Leaves the step out of sagas that do not need it: it is neither called nor undone there, and
   * the local steps around it share one transaction. Default: every saga has the step.
   *
   * @param needed given the saga's data; must be pure, and say the same throughout one saga's life
   * @return a changed copy
   */
  public RemoteStep<D> onlyIf(Predicate<D> needed) {
    return with(limits.onlyIf(needed));
  }

  /**
   * Names what the step calls. All steps that call the same service, of whatever saga, share its
   * bulkhead: a bounded number of calls at once, which the calls to other services cannot use up
   * and which is all that a service that hangs can hold ({@link CallOptions}). Default: each step
   * of a definition is a service of its own.
   *
   * @param name such as {@code payments}; shown to operators
   * @return a changed copy
   */
  public RemoteStep<D> calling(String name) {
    return new RemoteStep<>(
        this.name, Objects.requireNonNull(name, "name"), calls, effects, limits);
  }

  /**
   * Sets the effects to write, durably, before the first call. Default: nothing.
   *
   * @param effects the effects; must be pure
   * @return a changed copy
   */
  public RemoteStep<D> before(Function<D, List<? extends Effect>> effects) {
    return with(this.effects.before(effects));
  }

  /**
   * Sets the data to write, durably, right before each forward call, such as its time. If the note
   * changes the data, that costs a commit for each call. Default: nothing.
   *
   * @param noted given the data and the attempt, the data with the note; must be pure
   * @return a changed copy
   */
  public RemoteStep<D> noting(BiFunction<D, RemoteCall.Context, D> noted) {
    return with(calls.noting(noted));
  }

  /**
   * How to find out what became of a call that may have been sent. {@link StepResult.Retry} from it
   * means "it never arrived: send it again, with the same key", which the engine does at once.
   * Default: the call itself is repeated.
   *
   * @param ask looks, and changes nothing
   * @return a changed copy
   */
  public RemoteStep<D> asking(RemoteCall<D> ask) {
    return with(calls.asking(ask));
  }

  /**
   * Sets the effects to write whenever the call's result is unknown. Default: nothing.
   *
   * @param effects the effects; must be pure and may be written again
   * @return a changed copy
   */
  public RemoteStep<D> whenUndecided(Function<D, List<? extends Effect>> effects) {
    return with(this.effects.whenUndecided(effects));
  }

  /**
   * Undoes the step by a write in the saga's own storage. Default: nothing.
   *
   * @param effects the effects that undo (or that start the saga which does); must be pure
   * @return a changed copy
   */
  public RemoteStep<D> compensatedBy(BiFunction<D, Failure, List<? extends Effect>> effects) {
    return with(this.effects.compensatedBy(effects));
  }

  /**
   * Undoes the step by another call. It has the step's retry budget; when that is spent the saga is
   * parked, for a compensation is never given up in silence.
   *
   * @param call undoes; idempotent by its key
   * @return a changed copy
   */
  public RemoteStep<D> undoneBy(RemoteCall<D> call) {
    return with(calls.undoneBy(call));
  }

  /**
   * Sets the call that verifies and records the work when an operator reports it as done by hand
   * ({@link SagaAdmin#forceComplete}). Default: the call counts as done and nothing is written for
   * it.
   *
   * @param call verifies and records; {@link StepResult.Done} goes on, {@link StepResult.Rejected}
   *     goes back, anything else leaves the saga where it is
   * @return a changed copy
   */
  public RemoteStep<D> forcedBy(RemoteCall<D> call) {
    return with(calls.forcedBy(call));
  }

  /**
   * Sets the effects to write when the saga stops waiting for an undecided call: its time ran out,
   * or it was cancelled. Without it an undecided step is never given up.
   *
   * @param effects the effects, which must see to it that a late success is undone
   * @return a changed copy
   */
  public RemoteStep<D> abandonedBy(BiFunction<D, Failure, List<? extends Effect>> effects) {
    return with(this.effects.abandonedBy(effects));
  }

  /**
   * Sets the effects to write when the saga compensates from a call that certainly had no effect.
   * Default: nothing.
   *
   * @param effects the effects; must be pure
   * @return a changed copy
   */
  public RemoteStep<D> whenNotSent(BiFunction<D, Failure, List<? extends Effect>> effects) {
    return with(this.effects.whenNotSent(effects));
  }

  /**
   * Sets the effects to write when a definite answer ({@link StepResult.Done} or {@link
   * StepResult.Rejected}) of the call or of its look-up came too late: this process lost its lease,
   * the saga was taken over, or the call had been given up as unanswered. The effects are written
   * without a fence, so they must not move anything that a saga owns: an append-only row that the
   * saga's owner reads, or a new saga. They may be written although the answer itself was written
   * too, and again after a crash of the storage. Default: the answer is dropped, because the owner
   * asks again.
   *
   * @param effects given the data as it was sent and the answer; must be pure
   * @return a changed copy
   */
  public RemoteStep<D> reportedBy(BiFunction<D, StepResult<D>, List<? extends Effect>> effects) {
    return with(this.effects.reportedBy(effects));
  }

  /**
   * Sets the retry policy of the step's calls. Default: {@link RetryPolicy#DEFAULT}.
   *
   * @param policy waits and budget
   * @return a changed copy
   */
  public RemoteStep<D> retrying(RetryPolicy policy) {
    return with(limits.retrying(policy));
  }

  /**
   * Parks the saga for an operator when the retry budget is spent. Default: a call that surely had
   * no effect fails the saga with {@link Failure#RETRIES_EXHAUSTED}; an undecided one parks it.
   *
   * @return a changed copy
   */
  public RemoteStep<D> thenPark() {
    return with(limits.thenPark());
  }

  /**
   * Sets how long the step may stay undecided, from the commit before its first call; then it is
   * abandoned. Default: no limit.
   *
   * @param limit of one saga; null for none
   * @return a changed copy
   */
  public RemoteStep<D> decideWithin(Function<D, @Nullable Duration> limit) {
    return with(limits.decideWithin(limit));
  }

  /**
   * Sets the time after which a call counts as unanswered and its thread is interrupted. As long a
   * call may wait for a thread; then it was not sent, and is tried again later. Default: 30 s.
   *
   * @param timeout positive
   * @return a changed copy
   */
  public RemoteStep<D> callTimeout(Duration timeout) {
    return with(limits.callTimeout(timeout));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public <E> RemoteStep<E> within(Function<E, D> view, BiFunction<E, D, E> update) {
    StepView<E, D> seen = new StepView<>(view, update);
    return new RemoteStep<>(
        name, service, calls.seenFrom(seen), effects.seenFrom(seen), limits.seenFrom(seen));
  }

  private RemoteStep<D> with(CallsOfStep<D> changed) {
    return new RemoteStep<>(name, service, changed, effects, limits);
  }

  private RemoteStep<D> with(EffectsOfStep<D> changed) {
    return new RemoteStep<>(name, service, calls, changed, limits);
  }

  private RemoteStep<D> with(LimitsOfStep<D> changed) {
    return new RemoteStep<>(name, service, calls, effects, changed);
  }

  /**
   * Returns the step's forward call.
   *
   * @return the call
   */
  public RemoteCall<D> call() {
    return calls.call();
  }

  /**
   * Returns the service that the step calls.
   *
   * @return the name given to {@link #calling}, or null: it is a service of its own
   */
  public @Nullable String service() {
    return service;
  }

  /**
   * Returns the look at what became of a call.
   *
   * @return the inquiry, or null: repeat the call
   */
  public @Nullable RemoteCall<D> inquiry() {
    return calls.inquiry();
  }

  /**
   * Returns the call that undoes.
   *
   * @return the call, or null
   */
  public @Nullable RemoteCall<D> undo() {
    return calls.undo();
  }

  /**
   * Returns the call that verifies work done by hand.
   *
   * @return the call, or null: it counts as done
   */
  public @Nullable RemoteCall<D> byHand() {
    return calls.byHand();
  }

  /**
   * Returns whether a saga has this step.
   *
   * @param data the saga's data
   * @return false if it is left out ({@link #onlyIf})
   */
  public boolean appliesTo(D data) {
    return limits.applies().test(data);
  }

  /**
   * Returns whether something is noted before each forward call.
   *
   * @return true after {@link #noting}
   */
  public boolean notes() {
    return calls.note() != null;
  }

  /**
   * Returns the data with the note of a forward call.
   *
   * @param data the saga's data
   * @param context the attempt that is about to be made
   * @return the data as it is to be before the call
   */
  public D noted(D data, RemoteCall.Context context) {
    BiFunction<D, RemoteCall.Context, D> note = calls.note();
    return note == null ? data : note.apply(data, context);
  }

  /**
   * Returns the effects to write before the call.
   *
   * @param data the saga's data
   * @return the effects
   */
  public List<? extends Effect> beforeCall(D data) {
    return effects.before().apply(data);
  }

  /**
   * Returns the effects to write while the call is undecided.
   *
   * @param data the saga's data
   * @return the effects
   */
  public List<? extends Effect> undecided(D data) {
    return effects.undecided().apply(data);
  }

  /**
   * Returns the effects that undo the step in the saga's own storage.
   *
   * @param data the saga's data
   * @param failure why the saga goes back
   * @return the effects
   */
  public List<? extends Effect> compensation(D data, Failure failure) {
    return effects.compensation().apply(data, failure);
  }

  /**
   * Returns the effects to write when the call was never sent and the saga compensates.
   *
   * @param data the saga's data
   * @param failure why the saga goes back
   * @return the effects
   */
  public List<? extends Effect> notSent(D data, Failure failure) {
    return effects.notSent().apply(data, failure);
  }

  /**
   * Returns whether an undecided call may be given up.
   *
   * @return true if {@link #abandonedBy} was given
   */
  public boolean abandonable() {
    return effects.abandonment() != null;
  }

  /**
   * Returns the effects to write when the call is given up.
   *
   * @param data the saga's data
   * @param failure why
   * @return the effects
   */
  public List<? extends Effect> abandonment(D data, Failure failure) {
    BiFunction<D, Failure, List<? extends Effect>> abandonment = effects.abandonment();
    return abandonment == null ? List.of() : abandonment.apply(data, failure);
  }

  /**
   * Returns the effects to write for an answer that came too late.
   *
   * @param data the saga's data when the call was sent
   * @param answer the definite answer
   * @return the effects; empty if the answer may be dropped
   */
  public List<? extends Effect> report(D data, StepResult<D> answer) {
    BiFunction<D, StepResult<D>, List<? extends Effect>> report = effects.report();
    return report == null ? List.of() : report.apply(data, answer);
  }

  /**
   * Returns the retry policy of the step's calls.
   *
   * @return waits and budget
   */
  public RetryPolicy retryPolicy() {
    return limits.retry();
  }

  /**
   * Returns whether a spent budget parks the saga.
   *
   * @return true after {@link #thenPark}
   */
  public boolean parksWhenExhausted() {
    return limits.parksWhenExhausted();
  }

  /**
   * Returns how long one saga's step may stay undecided.
   *
   * @param data the saga's data
   * @return the limit, or null for none
   */
  public @Nullable Duration decisionLimit(D data) {
    Function<D, @Nullable Duration> decideWithin = limits.decideWithin();
    return decideWithin == null ? null : decideWithin.apply(data);
  }

  /**
   * Returns the time after which a call counts as unanswered.
   *
   * @return the time-out
   */
  public Duration timeout() {
    return limits.callTimeout();
  }
}
