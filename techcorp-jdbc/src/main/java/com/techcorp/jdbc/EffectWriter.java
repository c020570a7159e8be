package com.techcorp.jdbc;

import com.techcorp.error.Failure;
import com.techcorp.storage.Effect;
import com.techcorp.storage.Fence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Writes one port's effects, for a whole batch at once (SPI for a host's own local steps). Register
 * with {@link PostgresStorage.Builder#writer}.
 *
 * <p>{@link #write} is what normally runs: set-based statements in which a guard that does not hold
 * raises an error, such as a constraint, or {@code select ${saga}.expect(touched, wanted, 'what')}.
 * After such an error the batch is decided row by row: {@link #guard} locks and reads, then says
 * which effects are refused, and {@link #write} runs again with the others.
 *
 * @param <E> the effects
 */
public interface EffectWriter<E extends Effect> {
  /**
   * Returns a writer of effects that are never refused, in one line: one statement writes all
   * effects of a batch, and each of its {@code ?} is an array with one column of them. Say what it
   * holds:
   *
   * <pre>{@code
   * EffectWriter.of(
   *     AddPoints.class,
   *     "insert into loyalty.points (customer_id, points) select * from unnest(?::uuid[], ?::int8[])",
   *     AddPoints::customerId,
   *     AddPoints::points)
   * }</pre>
   *
   * <p>Effects come in the order of their first column, so that a statement which updates rows by
   * it locks them in one order. A constraint that does not hold parks the saga: an effect that
   * business may refuse needs a writer with a {@link #guard} of its own.
   *
   * @param type the effects
   * @param sql one statement, without semicolon
   * @param columns what stands at each {@code ?}, in a text form that PostgreSQL can read
   * @param <E> the effects
   * @return the writer
   */
  @SafeVarargs
  static <E extends Effect> EffectWriter<E> of(
      Class<E> type, String sql, Function<E, ? extends @Nullable Object>... columns) {
    List<Function<E, ? extends @Nullable Object>> all = new ArrayList<>();
    for (Function<E, ? extends @Nullable Object> column : columns) {
      all.add(column);
    }
    return new EffectWriter<>() {
      @Override
      public Class<E> type() {
        return type;
      }

      @Override
      public void write(List<E> effects, @Nullable Fence fence, Statements to) {
        List<E> sorted = new ArrayList<>(effects);
        sorted.sort(Comparator.comparing(effect -> String.valueOf(all.get(0).apply(effect))));
        List<Object> parameters = new ArrayList<>();
        for (Function<E, ? extends @Nullable Object> column : all) {
          parameters.add(Statements.texts(sorted, effect -> text(column.apply(effect))));
        }
        to.add(sql, parameters.toArray());
      }

      private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
      }

      @Override
      public Guard<E> guard(List<E> effects, @Nullable Fence fence, Statements to) {
        return effect -> null;
      }
    };
  }

  /**
   * Returns the type of effects that this writes.
   *
   * @return their common type
   */
  Class<E> type();

  /**
   * Returns the place in the lock order: 10 idempotency keys, 20 sagas, 30 orders, 40 payments, 50
   * messages, 90 stock: what all want comes last, to be held for the shortest time. A host's own
   * comes after: default 100. A rank below 90 keeps this write's time out of the waits for stock.
   *
   * @return the rank; lower ranks lock first
   */
  default int rank() {
    return 100;
  }

  /**
   * Adds the statements that write these effects; rows are locked in the order of their keys.
   *
   * @param effects all of the batch, in arrival order
   * @param fence the lease under which the engine writes, or null
   * @param to where to add
   * @throws GuardFailedException if it is plain without asking the database that some guard does
   *     not hold
   */
  void write(List<E> effects, @Nullable Fence fence, Statements to);

  /**
   * Adds the statements that lock (in the order of their keys) and read what the guards need.
   *
   * @param effects all of the batch
   * @param fence the lease under which the engine writes, or null
   * @param to where to add
   * @return decides once they were read
   */
  Guard<E> guard(List<E> effects, @Nullable Fence fence, Statements to);

  /**
   * Decides effect by effect, in arrival order; what it admits counts for those that follow.
   *
   * @param <E> the effects
   */
  interface Guard<E extends Effect> {
    /**
     * Admits an effect, for now, or refuses it.
     *
     * @param effect the effect
     * @return why it is refused, or null
     */
    @Nullable Failure admit(E effect);

    /** The work of the effects admitted since the last call is kept as a whole. */
    default void keep() {}

    /** The work of the effects admitted since the last call is refused: forget them. */
    default void undo() {}
  }

  /** A guard does not hold; the batch is to be decided row by row. */
  final class GuardFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates the exception with the guard's name.
     *
     * @param guard for the log
     */
    public GuardFailedException(String guard) {
      super(guard, null, false, false);
    }
  }
}
