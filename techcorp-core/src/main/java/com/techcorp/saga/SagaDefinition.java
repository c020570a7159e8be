package com.techcorp.saga;

import com.techcorp.error.WiringException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A saga as business prose: its steps from first to last. Immutable.
 *
 * <p>Steps run forward in order; local neighbours share one transaction. When one is refused, those
 * that were done are compensated in reverse. Change the version when you change what a stored step
 * name or the data means, and keep registering the old version until its sagas are done.
 *
 * @param <D> the saga's data: a record that its {@link SagaDataFormat} can write and read
 */
public final class SagaDefinition<D> {
  private final String name;
  private final int version;
  private final Class<D> dataType;
  private final List<Step<D>> steps;
  private final boolean irrevocable;
  private final @Nullable Function<Collection<UUID>, Map<UUID, SagaOutcome>> history;
  private final Function<D, ? extends Collection<String>> secrets;
  private final SagaDataFormat dataFormat;

  private SagaDefinition(Builder<D> builder) {
    this.name = builder.name;
    this.version = builder.version;
    this.dataType = builder.dataType;
    this.steps = List.copyOf(builder.steps);
    this.irrevocable = builder.irrevocable;
    this.history = builder.history;
    this.secrets = builder.secrets;
    this.dataFormat = builder.dataFormat;
  }

  /**
   * Returns a builder for a saga of this name.
   *
   * @param name its name, stored with live sagas
   * @param dataType the class of its data
   * @param <D> the saga's data
   * @return a builder
   */
  public static <D> Builder<D> named(String name, Class<D> dataType) {
    return new Builder<>(name, dataType);
  }

  /**
   * Returns the name stored with live sagas.
   *
   * @return the name
   */
  public String name() {
    return name;
  }

  /**
   * Returns the version stored with live sagas.
   *
   * @return the version
   */
  public int version() {
    return version;
  }

  /**
   * Returns the class of the data.
   *
   * @return the class
   */
  public Class<D> dataType() {
    return dataType;
  }

  /**
   * Returns the steps, first to last.
   *
   * @return the steps
   */
  public List<Step<D>> steps() {
    return steps;
  }

  /**
   * Returns whether it must come to its end.
   *
   * @return true after {@link Builder#irrevocable}
   */
  public boolean isIrrevocable() {
    return irrevocable;
  }

  /**
   * Returns the reader of outcomes of finished sagas, if they are kept elsewhere.
   *
   * @return looks them up by id, or null: in the storage's own history of sagas
   */
  public @Nullable Function<Collection<UUID>, Map<UUID, SagaOutcome>> history() {
    return history;
  }

  /**
   * Returns the secrets in the data, which no text may show.
   *
   * @param data a saga's data
   * @return the secrets in it; empty if there are none
   */
  public Collection<String> secrets(D data) {
    return secrets.apply(data);
  }

  /**
   * How the data is stored.
   *
   * @return writes and reads it
   */
  public SagaDataFormat dataFormat() {
    return dataFormat;
  }

  /**
   * Returns the place of a step.
   *
   * @param step a step's name
   * @return its index, or -1
   */
  public int indexOf(String step) {
    for (int i = 0; i < steps.size(); i++) {
      if (steps.get(i).name().equals(step)) {
        return i;
      }
    }
    return -1;
  }

  /**
   * Collects the steps and options of a definition. Not thread-safe.
   *
   * @param <D> the saga's data
   */
  public static final class Builder<D> {
    private final String name;
    private final Class<D> dataType;
    private final List<Step<D>> steps = new ArrayList<>();
    private int version = 1;
    private boolean irrevocable;
    private @Nullable Function<Collection<UUID>, Map<UUID, SagaOutcome>> history;
    private Function<D, ? extends Collection<String>> secrets = data -> List.of();
    private SagaDataFormat dataFormat = PlainDataFormat.INSTANCE;

    private Builder(String name, Class<D> dataType) {
      this.name = Objects.requireNonNull(name, "name");
      this.dataType = Objects.requireNonNull(dataType, "dataType");
    }

    /**
     * Sets the version of the definition. Default: 1.
     *
     * @param number at least 1
     * @return this
     */
    public Builder<D> version(int number) {
      this.version = number;
      return this;
    }

    /**
     * Adds the next step.
     *
     * @param step the step
     * @return this
     */
    public Builder<D> step(Step<D> step) {
      steps.add(Objects.requireNonNull(step, "step"));
      return this;
    }

    /**
     * Makes the saga irrevocable, such as a refund that is owed: an operator can retry it, but
     * neither cancel, compensate nor force complete it. Default: they can.
     *
     * @return this
     */
    public Builder<D> irrevocable() {
      this.irrevocable = true;
      return this;
    }

    /**
     * Sets the reader of outcomes that are kept elsewhere, such as in an order's row; finished
     * sagas then leave no line in the storage's history of sagas. Default: they do.
     *
     * @param look finds the outcomes of those among the given sagas that have ended
     * @return this
     */
    public Builder<D> historyKeptBy(Function<Collection<UUID>, Map<UUID, SagaOutcome>> look) {
      this.history = Objects.requireNonNull(look, "look");
      return this;
    }

    /**
     * Sets the secrets in the data, such as a card token: the engine removes them, in whatever case
     * or encoding they are quoted, from every reason and exception of the saga's steps before it is
     * stored or logged. Default: nothing.
     *
     * @param of gives the secrets in a saga's data; must be pure
     * @return this
     */
    public Builder<D> secrets(Function<D, ? extends Collection<String>> of) {
      this.secrets = Objects.requireNonNull(of, "of");
      return this;
    }

    /**
     * How the data is stored. Default: {@link PlainDataFormat}. It must read what live sagas of
     * this version have stored.
     *
     * @param format writes and reads the data
     * @return this
     */
    public Builder<D> dataFormat(SagaDataFormat format) {
      this.dataFormat = Objects.requireNonNull(format, "format");
      return this;
    }

    /**
     * Builds the definition from the steps so far.
     *
     * @return the definition
     * @throws WiringException if it has no step, a name twice, or a version below 1
     */
    public SagaDefinition<D> build() {
      if (steps.isEmpty()) {
        throw new WiringException("saga " + name + " has no step: add one with step(…)");
      }
      if (version < 1) {
        throw new WiringException("saga " + name + ": version must be at least 1, was " + version);
      }
      Set<String> names = new HashSet<>();
      for (Step<D> step : steps) {
        if (!names.add(step.name())) {
          throw new WiringException("saga " + name + " has two steps named " + step.name());
        }
      }
      return new SagaDefinition<>(this);
    }
  }
}
