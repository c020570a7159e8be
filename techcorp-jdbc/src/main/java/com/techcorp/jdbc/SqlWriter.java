package com.techcorp.jdbc;

import com.techcorp.storage.Effect;
import com.techcorp.storage.Fence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One statement for all effects of a batch; each column of them is an array. */
final class SqlWriter<E extends Effect> implements EffectWriter<E> {
  private final Class<E> type;
  private final String sql;
  private final List<Function<E, ? extends @Nullable Object>> columns;

  SqlWriter(Class<E> type, String sql, List<Function<E, ? extends @Nullable Object>> columns) {
    this.type = type;
    this.sql = sql;
    this.columns = List.copyOf(columns);
  }

  @Override
  public Class<E> type() {
    return type;
  }

  @Override
  public void write(List<E> effects, @Nullable Fence fence, Statements to) {
    List<E> sorted = new ArrayList<>(effects);
    sorted.sort(Comparator.comparing(effect -> String.valueOf(columns.get(0).apply(effect))));
    List<Object> parameters = new ArrayList<>();
    for (Function<E, ? extends @Nullable Object> column : columns) {
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
}
