package com.techcorp.saga;

import com.techcorp.error.Failure;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.storage.Effect;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.function.Consumer;
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
  private @Nullable String service;
  private RemoteCall<D> call;
  private @Nullable RemoteCall<D> inquiry;
  private @Nullable RemoteCall<D> undo;
  private @Nullable RemoteCall<D> byHand;
  private Predicate<D> applies = data -> true;
  private Function<D, List<? extends Effect>> before = data -> List.of();
  private Function<D, List<? extends Effect>> undecided = data -> List.of();
  private BiFunction<D, Failure, List<? extends Effect>> compensation = (data, why) -> List.of();
  private BiFunction<D, Failure, List<? extends Effect>> notSent = (data, why) -> List.of();
  private @Nullable BiFunction<D, RemoteCall.Context, D> note;
  private @Nullable BiFunction<D, Failure, List<? extends Effect>> abandonment;
  private @Nullable BiFunction<D, StepResult<D>, List<? extends Effect>> report;
  private RetryPolicy retry = RetryPolicy.DEFAULT;
  private boolean parksWhenExhausted;
  private @Nullable Function<D, @Nullable Duration> decideWithin;
  private Duration callTimeout = Duration.ofSeconds(30);

  private RemoteStep(String name, RemoteCall<D> call) {
    this.name = Objects.requireNonNull(name, "name");
    this.call = Objects.requireNonNull(call, "call");
  }

  static <D> RemoteStep<D> of(String name, RemoteCall<D> call) {
    return new RemoteStep<>(name, call);
  }

  /**
   * Leaves the step out of sagas that do not need it: it is neither called nor undone there, and
   * the local steps around it share one transaction. Default: every saga has the step.
   *
   * @param needed given the saga's data; must be pure, and say the same throughout one saga's life
   * @return a changed copy
   */
  public RemoteStep<D> onlyIf(Predicate<D> needed) {
    return with(s -> s.applies = needed);
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
    return with(s -> s.service = Objects.requireNonNull(name, "name"));
  }

  /**
   * What is written, durably, before the first call. Default: nothing.
   *
   * @param effects the effects; must be pure
   * @return a changed copy
   */
  public RemoteStep<D> before(Function<D, List<? extends Effect>> effects) {
    return with(s -> s.before = effects);
  }

  /**
   * What the saga notes, durably, right before each forward call: when it was sent, say. If the
   * note changes the data, that costs a commit for each call. Default: nothing.
   *
   * @param noted given the data and the attempt, the data with the note; must be pure
   * @return a changed copy
   */
  public RemoteStep<D> noting(BiFunction<D, RemoteCall.Context, D> noted) {
    return with(s -> s.note = noted);
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
    return with(s -> s.inquiry = ask);
  }

  /**
   * What is written whenever the call's fate is not known. Default: nothing.
   *
   * @param effects the effects; must be pure and may be written again
   * @return a changed copy
   */
  public RemoteStep<D> whenUndecided(Function<D, List<? extends Effect>> effects) {
    return with(s -> s.undecided = effects);
  }

  /**
   * Undoes the step by a write in the saga's own storage. Default: nothing.
   *
   * @param effects the effects that undo (or that start the saga which does); must be pure
   * @return a changed copy
   */
  public RemoteStep<D> compensatedBy(BiFunction<D, Failure, List<? extends Effect>> effects) {
    return with(s -> s.compensation = effects);
  }

  /**
   * Undoes the step by another call. It has the step's retry budget; when that is spent the saga is
   * parked, for a compensation is never given up in silence.
   *
   * @param call undoes; idempotent by its key
   * @return a changed copy
   */
  public RemoteStep<D> undoneBy(RemoteCall<D> call) {
    return with(s -> s.undo = call);
  }

  /**
   * What stands in for the call when an operator says that it was done by hand ({@link
   * SagaAdmin#forceComplete}): checks what can be checked, and records it. Default: the call counts
   * as done and nothing is written for it.
   *
   * @param call verifies and records; {@link StepResult.Done} goes on, {@link StepResult.Rejected}
   *     goes back, anything else leaves the saga where it is
   * @return a changed copy
   */
  public RemoteStep<D> forcedBy(RemoteCall<D> call) {
    return with(s -> s.byHand = call);
  }

  /**
   * What is written when the saga stops waiting for an undecided call: its time ran out, or it was
   * cancelled. Without it an undecided step is never given up.
   *
   * @param effects the effects, which must see to it that a late success is undone
   * @return a changed copy
   */
  public RemoteStep<D> abandonedBy(BiFunction<D, Failure, List<? extends Effect>> effects) {
    return with(s -> s.abandonment = effects);
  }

  /**
   * What is written when the saga goes back from a call that surely never had an effect. Default:
   * nothing.
   *
   * @param effects the effects; must be pure
   * @return a changed copy
   */
  public RemoteStep<D> whenNotSent(BiFunction<D, Failure, List<? extends Effect>> effects) {
    return with(s -> s.notSent = effects);
  }

  /**
   * What is written when a definite answer ({@link StepResult.Done} or {@link StepResult.Rejected})
   * of the call or of the look at it came too late: this process lost its lease, the saga was taken
   * over, or the call had been given up as unanswered. The effects are written without a fence, so
   * they must not move anything that a saga owns: an append-only row that the saga's owner reads,
   * or a new saga. They may be written although the answer itself was written too, and again after
   * a crash of the storage. Default: the answer is dropped, for the owner asks by itself.
   *
   * @param effects given the data as it was sent and the answer; must be pure
   * @return a changed copy
   */
  public RemoteStep<D> reportedBy(BiFunction<D, StepResult<D>, List<? extends Effect>> effects) {
    return with(s -> s.report = effects);
  }

  /**
   * The step's retries. Default: {@link RetryPolicy#DEFAULT}.
   *
   * @param policy waits and budget
   * @return a changed copy
   */
  public RemoteStep<D> retrying(RetryPolicy policy) {
    return with(s -> s.retry = policy);
  }

  /**
   * When the budget is spent the saga is parked for an operator. Default: a call that surely had no
   * effect fails the saga with {@link Failure#RETRIES_EXHAUSTED}; an undecided one parks it.
   *
   * @return a changed copy
   */
  public RemoteStep<D> thenPark() {
    return with(s -> s.parksWhenExhausted = true);
  }

  /**
   * How long the step may stay undecided, from the commit before its first call; then it is
   * abandoned. Default: no limit.
   *
   * @param limit of one saga; null for none
   * @return a changed copy
   */
  public RemoteStep<D> decideWithin(Function<D, @Nullable Duration> limit) {
    return with(s -> s.decideWithin = limit);
  }

  /**
   * After which a call counts as unanswered; its thread is interrupted. As long a call may wait for
   * a thread; then it was not sent, and is tried again later. Default: 30 s.
   *
   * @param timeout positive
   * @return a changed copy
   */
  public RemoteStep<D> callTimeout(Duration timeout) {
    return with(s -> s.callTimeout = timeout);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public <E> RemoteStep<E> within(Function<E, D> view, BiFunction<E, D, E> update) {
    RemoteStep<E> outer = new RemoteStep<>(name, lift(call, view, update));
    outer.service = service;
    RemoteCall<D> ask = inquiry;
    RemoteCall<D> back = undo;
    RemoteCall<D> forced = byHand;
    BiFunction<D, RemoteCall.Context, D> noted = note;
    BiFunction<D, Failure, List<? extends Effect>> abandon = abandonment;
    BiFunction<D, StepResult<D>, List<? extends Effect>> late = report;
    Function<D, @Nullable Duration> limit = decideWithin;
    outer.inquiry = ask == null ? null : lift(ask, view, update);
    outer.undo = back == null ? null : lift(back, view, update);
    outer.byHand = forced == null ? null : lift(forced, view, update);
    outer.applies = data -> applies.test(view.apply(data));
    outer.note =
        noted == null
            ? null
            : (data, context) -> update.apply(data, noted.apply(view.apply(data), context));
    outer.before = data -> before.apply(view.apply(data));
    outer.undecided = data -> undecided.apply(view.apply(data));
    outer.compensation = (data, why) -> compensation.apply(view.apply(data), why);
    outer.notSent = (data, why) -> notSent.apply(view.apply(data), why);
    outer.abandonment = abandon == null ? null : (d, why) -> abandon.apply(view.apply(d), why);
    outer.report =
        late == null ? null : (d, answer) -> late.apply(view.apply(d), mapped(answer, view));
    outer.retry = retry;
    outer.parksWhenExhausted = parksWhenExhausted;
    outer.decideWithin = limit == null ? null : data -> limit.apply(view.apply(data));
    outer.callTimeout = callTimeout;
    return outer;
  }

  private static <D, E> RemoteCall<E> lift(
      RemoteCall<D> call, Function<E, D> view, BiFunction<E, D, E> update) {
    return (data, context) -> {
      StepResult<D> result = call.call(view.apply(data), context);
      return mapped(result, part -> update.apply(data, part));
    };
  }

  private static <D, E> StepResult<E> mapped(StepResult<D> result, Function<D, E> data) {
    if (result instanceof StepResult.Done<D> done) {
      return new StepResult.Done<>(data.apply(done.data()), done.effects());
    }
    if (result instanceof StepResult.Rejected<D> rejected) {
      return new StepResult.Rejected<>(rejected.failure(), rejected.effects());
    }
    if (result instanceof StepResult.Retry<D> retry) {
      return new StepResult.Retry<>(retry.reason(), retry.effects());
    }
    if (result instanceof StepResult.Parked<D> parked) {
      return new StepResult.Parked<>(parked.reason(), parked.effects());
    }
    StepResult.Unknown<D> unknown = (StepResult.Unknown<D>) result;
    return new StepResult.Unknown<>(unknown.reason(), unknown.effects());
  }

  private RemoteStep<D> with(Consumer<RemoteStep<D>> change) {
    RemoteStep<D> copy = within(data -> data, (data, part) -> part);
    copy.call = call;
    copy.note = note;
    copy.inquiry = inquiry;
    copy.undo = undo;
    copy.byHand = byHand;
    change.accept(copy);
    return copy;
  }

  /**
   * The forward call.
   *
   * @return the call
   */
  public RemoteCall<D> call() {
    return call;
  }

  /**
   * What the step calls.
   *
   * @return the name given to {@link #calling}, or null: it is a service of its own
   */
  public @Nullable String service() {
    return service;
  }

  /**
   * The look at what became of a call.
   *
   * @return the inquiry, or null: repeat the call
   */
  public @Nullable RemoteCall<D> inquiry() {
    return inquiry;
  }

  /**
   * The call that undoes.
   *
   * @return the call, or null
   */
  public @Nullable RemoteCall<D> undo() {
    return undo;
  }

  /**
   * What stands in for a call that was done by hand.
   *
   * @return the call, or null: it counts as done
   */
  public @Nullable RemoteCall<D> byHand() {
    return byHand;
  }

  /**
   * Whether a saga has this step.
   *
   * @param data the saga's data
   * @return false if it is left out ({@link #onlyIf})
   */
  public boolean appliesTo(D data) {
    return applies.test(data);
  }

  /**
   * Whether something is noted before each forward call.
   *
   * @return true after {@link #noting}
   */
  public boolean notes() {
    return note != null;
  }

  /**
   * The data with the note of a forward call.
   *
   * @param data the saga's data
   * @param context the attempt that is about to be made
   * @return the data as it is to be before the call
   */
  public D noted(D data, RemoteCall.Context context) {
    return note == null ? data : note.apply(data, context);
  }

  /**
   * What is written before the call.
   *
   * @param data the saga's data
   * @return the effects
   */
  public List<? extends Effect> beforeCall(D data) {
    return before.apply(data);
  }

  /**
   * What is written while the call is undecided.
   *
   * @param data the saga's data
   * @return the effects
   */
  public List<? extends Effect> undecided(D data) {
    return undecided.apply(data);
  }

  /**
   * What undoes the step in the saga's own storage.
   *
   * @param data the saga's data
   * @param failure why the saga goes back
   * @return the effects
   */
  public List<? extends Effect> compensation(D data, Failure failure) {
    return compensation.apply(data, failure);
  }

  /**
   * What is written when the call was never sent and the saga goes back.
   *
   * @param data the saga's data
   * @param failure why the saga goes back
   * @return the effects
   */
  public List<? extends Effect> notSent(D data, Failure failure) {
    return notSent.apply(data, failure);
  }

  /**
   * Whether an undecided call may be given up.
   *
   * @return true if {@link #abandonedBy} was given
   */
  public boolean abandonable() {
    return abandonment != null;
  }

  /**
   * What is written when the call is given up.
   *
   * @param data the saga's data
   * @param failure why
   * @return the effects
   */
  public List<? extends Effect> abandonment(D data, Failure failure) {
    return abandonment == null ? List.of() : abandonment.apply(data, failure);
  }

  /**
   * What is written of an answer that came too late.
   *
   * @param data the saga's data when the call was sent
   * @param answer the definite answer
   * @return the effects; empty if the answer may be dropped
   */
  public List<? extends Effect> report(D data, StepResult<D> answer) {
    return report == null ? List.of() : report.apply(data, answer);
  }

  /**
   * The retries.
   *
   * @return waits and budget
   */
  public RetryPolicy retryPolicy() {
    return retry;
  }

  /**
   * Whether a spent budget parks the saga.
   *
   * @return true after {@link #thenPark}
   */
  public boolean parksWhenExhausted() {
    return parksWhenExhausted;
  }

  /**
   * How long one saga's step may stay undecided.
   *
   * @param data the saga's data
   * @return the limit, or null for none
   */
  public @Nullable Duration decisionLimit(D data) {
    return decideWithin == null ? null : decideWithin.apply(data);
  }

  /**
   * After which a call counts as unanswered.
   *
   * @return the time-out
   */
  public Duration timeout() {
    return callTimeout;
  }
}
