package com.techcorp.saga;

import com.techcorp.retry.RetryPolicy;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The conditions and limits of the calls of a {@link RemoteStep}.
 *
 * @param applies whether a saga has the step
 * @param retry waits and budget
 * @param parksWhenExhausted whether a spent budget parks the saga
 * @param decideWithin how long it may stay undecided; null: without limit
 * @param callTimeout after which a call counts as unanswered
 */
record LimitsOfStep<D>(
    Predicate<D> applies,
    RetryPolicy retry,
    boolean parksWhenExhausted,
    @Nullable Function<D, @Nullable Duration> decideWithin,
    Duration callTimeout) {
  static <D> LimitsOfStep<D> usual() {
    return new LimitsOfStep<>(
        data -> true, RetryPolicy.DEFAULT, false, null, Duration.ofSeconds(30));
  }

  <E> LimitsOfStep<E> seenFrom(StepView<E, D> view) {
    Function<D, @Nullable Duration> limit = decideWithin;
    return new LimitsOfStep<>(
        data -> applies.test(view.part(data)),
        retry,
        parksWhenExhausted,
        limit == null ? null : data -> limit.apply(view.part(data)),
        callTimeout);
  }

  LimitsOfStep<D> onlyIf(Predicate<D> needed) {
    return new LimitsOfStep<>(needed, retry, parksWhenExhausted, decideWithin, callTimeout);
  }

  LimitsOfStep<D> retrying(RetryPolicy policy) {
    return new LimitsOfStep<>(applies, policy, parksWhenExhausted, decideWithin, callTimeout);
  }

  LimitsOfStep<D> thenPark() {
    return new LimitsOfStep<>(applies, retry, true, decideWithin, callTimeout);
  }

  LimitsOfStep<D> decideWithin(Function<D, @Nullable Duration> limit) {
    return new LimitsOfStep<>(applies, retry, parksWhenExhausted, limit, callTimeout);
  }

  LimitsOfStep<D> callTimeout(Duration timeout) {
    return new LimitsOfStep<>(applies, retry, parksWhenExhausted, decideWithin, timeout);
  }
}
