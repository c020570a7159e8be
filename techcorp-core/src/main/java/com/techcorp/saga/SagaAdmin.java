package com.techcorp.saga;

import com.techcorp.health.Finding;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Lets operators inspect, retry and stop sagas. Actions are durable signals: they may be given on
 * any process, the saga's owner acts on them, and each is kept with its reason. Thread-safe.
 *
 * <p>Each action throws {@link com.techcorp.error.NotFoundException} for a saga that is not live,
 * and {@link com.techcorp.error.InvalidInputException} for an empty reason or actor. Sagas that
 * must come to their end (refunds, holds that expire) can be retried, and forced where the step
 * records what was done by hand (a refund); the other actions throw {@link
 * com.techcorp.error.IllegalTransitionException}.
 */
public interface SagaAdmin {
  /**
   * Lists the live sagas that match a filter.
   *
   * @param filter which
   * @return the sagas, those that changed longest ago first
   */
  List<SagaInstance> list(SagaFilter filter);

  /**
   * Tells where a saga stands, why it waits, who owns it until when, what comes next, and where the
   * process that is asked is with it, on which thread.
   *
   * @param id the saga
   * @return the explanation
   */
  Explanation explain(UUID id);

  /**
   * Tries the current step now, with a fresh retry budget.
   *
   * @param id the saga
   * @param actor the operator
   * @param reason why
   */
  void retry(UUID id, String actor, String reason);

  /**
   * Stops the saga; an answer in flight is awaited, what was done is compensated.
   *
   * @param id the saga
   * @param actor the operator
   * @param reason why
   */
  void cancel(UUID id, String actor, String reason);

  /**
   * Goes back from here, giving up an undecided call where its step allows that.
   *
   * @param id the saga
   * @param actor the operator
   * @param reason why
   */
  void compensate(UUID id, String actor, String reason);

  /**
   * Takes the current call as done by hand and goes on. The guards of what follows still apply: an
   * order is not confirmed without stock and payment.
   *
   * @param id the saga
   * @param actor the operator
   * @param reason why
   */
  void forceComplete(UUID id, String actor, String reason);

  /**
   * The full state of a saga, for operators.
   *
   * @param saga as the journal holds it, its data left out
   * @param text the same in sentences
   * @param signals what was asked of it, with reasons, oldest first
   * @param findings what is wrong with the engine of the process that is asked, and concerns this
   *     saga or all
   * @param counters what happened in that engine since its start, by name
   */
  record Explanation(
      SagaInstance saga,
      String text,
      List<Signal> signals,
      List<Finding> findings,
      Map<String, Long> counters) {
    /** Makes unmodifiable copies of the collections. */
    public Explanation {
      signals = List.copyOf(signals);
      findings = List.copyOf(findings);
      counters = Map.copyOf(counters);
    }
  }
}
