package com.techcorp.saga;

import java.util.List;
import java.util.Objects;
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

  private LocalStep(
      String name,
      Function<D, List<? extends Effect>> forward,
      BiFunction<D, Failure, List<? extends Effect>> compensation) {
    this.name = Objects.requireNonNull(name, "name");
    this.forward = Objects.requireNonNull(forward, "forward");
    this.compensation = Objects.requireNonNull(compensation, "compensation");
  }

  static <D> LocalStep<D> of(String name, Function<D, List<? extends Effect>> forward) {
    return new LocalStep<>(name, forward, (data, failure) -> List.of());
  }

  /**
   * What undoes this step, written when a later one fails. Default: nothing.
   *
   * @param undo the effects that undo; must be pure
   * @return a copy that compensates so
   */
  public LocalStep<D> compensatedBy(BiFunction<D, Failure, List<? extends Effect>> undo) {
    return new LocalStep<>(name, forward, undo);
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
        (data, failure) -> compensation.apply(view.apply(data), failure));
  }

  /**
   * What the step writes.
   *
   * @param data the saga's data
   * @return its effects
   */
  public List<? extends Effect> forward(D data) {
    return forward.apply(data);
  }

  /**
   * What undoes the step.
   *
   * @param data the saga's data
   * @param failure why the saga goes back
   * @return the effects that undo
   */
  public List<? extends Effect> compensation(D data, Failure failure) {
    return compensation.apply(data, failure);
  }
}
