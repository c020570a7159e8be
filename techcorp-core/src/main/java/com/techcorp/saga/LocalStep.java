package com.techcorp.saga;

import com.techcorp.error.Failure;
import com.techcorp.storage.Effect;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A step whose effects are in the saga's own storage: it joins the transaction of its neighbours.
 * Immutable; each method returns a changed copy.
 *
 * @param <D> the saga's data
 */
public final class LocalStep<D> implements Step<D> {
  private final String name;
  private final Function<D, List<? extends Effect>> forward;
  private final BiFunction<D, Failure, List<? extends Effect>> compensation;
  private final Function<D, Optional<Failure>> known;
  private final boolean orNotAtAll;

  private LocalStep(
      String name,
      Function<D, List<? extends Effect>> forward,
      BiFunction<D, Failure, List<? extends Effect>> compensation,
      Function<D, Optional<Failure>> known,
      boolean orNotAtAll) {
    this.name = Objects.requireNonNull(name, "name");
    this.forward = Objects.requireNonNull(forward, "forward");
    this.compensation = Objects.requireNonNull(compensation, "compensation");
    this.known = Objects.requireNonNull(known, "known");
    this.orNotAtAll = orNotAtAll;
  }

  /**
   * Returns a step that writes these effects, and that nothing undoes.
   *
   * @param name its name, unique in the definition
   * @param forward what it writes; must be pure
   * @param <D> the saga's data
   * @return the step
   */
  public static <D> LocalStep<D> named(String name, Function<D, List<? extends Effect>> forward) {
    return new LocalStep<>(
        name, forward, (data, failure) -> List.of(), data -> Optional.empty(), false);
  }

  /**
   * Sets the effects that undo this step, written when a later one fails. Default: nothing.
   *
   * @param undo the effects that undo; must be pure
   * @return a copy that compensates so
   */
  public LocalStep<D> compensatedBy(BiFunction<D, Failure, List<? extends Effect>> undo) {
    return new LocalStep<>(name, forward, undo, known, orNotAtAll);
  }

  /**
   * Sets a check for known refusals: on a refusal, the effects are not sent to the storage, and the
   * saga compensates as if a guard had refused them. The first step of a saga that begins is not
   * asked. Default: nothing is known.
   *
   * @param refusal gives why the step would be refused, or empty: the guards decide; must be fast
   * @return a copy that is refused so
   */
  public LocalStep<D> unless(Function<D, Optional<Failure>> refusal) {
    return new LocalStep<>(name, forward, compensation, refusal, orNotAtAll);
  }

  /**
   * Refuses the saga as a whole, writing nothing, if a guard refuses this step before anything of
   * the saga is committed. Default: what came before the step is written and compensated, so that
   * the refusal is recorded.
   *
   * @return a copy that refuses its saga so
   */
  public LocalStep<D> orNotAtAll() {
    return new LocalStep<>(name, forward, compensation, known, true);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public <E> LocalStep<E> within(Function<E, D> view, BiFunction<E, D, E> update) {
    return new LocalStep<>(
        name,
        data -> forward.apply(view.apply(data)),
        (data, failure) -> compensation.apply(view.apply(data), failure),
        data -> known.apply(view.apply(data)),
        orNotAtAll);
  }

  /**
   * Returns the effects of the step.
   *
   * @param data the saga's data
   * @return its effects
   */
  public List<? extends Effect> forward(D data) {
    return forward.apply(data);
  }

  /**
   * Returns why the step is refused without asking the storage.
   *
   * @param data the saga's data
   * @return the refusal, or empty
   */
  public Optional<Failure> knownRefusal(D data) {
    return known.apply(data);
  }

  /**
   * Returns whether its refusal at the beginning refuses the saga as a whole.
   *
   * @return true if so
   */
  public boolean refusesAll() {
    return orNotAtAll;
  }

  /**
   * Returns the effects that undo the step.
   *
   * @param data the saga's data
   * @param failure why the saga goes back
   * @return the effects that undo
   */
  public List<? extends Effect> compensation(D data, Failure failure) {
    return compensation.apply(data, failure);
  }
}
