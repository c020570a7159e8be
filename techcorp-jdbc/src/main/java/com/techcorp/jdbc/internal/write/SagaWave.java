package com.techcorp.jdbc.internal.write;

import com.techcorp.jdbc.internal.batch.UuidOrder;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.saga.spi.SagaEffect.Advance;
import com.techcorp.saga.spi.SagaEffect.Archive;
import com.techcorp.saga.spi.SagaEffect.Create;
import com.techcorp.saga.spi.SagaEffect.Finish;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Changes of live sagas that one statement of each kind can apply: each saga at most once. */
record SagaWave(List<Create> creates, List<Advance> advances, List<Finish> finishes) {
  /** Splits effects into waves. Normally there is one wave. */
  static List<SagaWave> of(List<SagaEffect> effects) {
    List<List<SagaEffect>> waves = new ArrayList<>();
    Map<UUID, Integer> seen = new HashMap<>();
    for (SagaEffect effect : effects) {
      if (!(effect instanceof Archive)) {
        int wave = seen.merge(effect.id(), 1, Integer::sum);
        if (wave > waves.size()) {
          waves.add(new ArrayList<>());
        }
        waves.get(wave - 1).add(effect);
      }
    }
    return waves.stream()
        .map(
            wave ->
                new SagaWave(
                    sorted(Create.class, wave),
                    sorted(Advance.class, wave),
                    sorted(Finish.class, wave)))
        .toList();
  }

  /** Returns what is to be kept of sagas that end, sorted by their ids. */
  static List<Archive> archives(List<SagaEffect> effects) {
    return sorted(Archive.class, effects);
  }

  private static <T extends SagaEffect> List<T> sorted(Class<T> type, List<SagaEffect> effects) {
    List<T> found = new ArrayList<>();
    effects.forEach(
        effect -> {
          if (type.isInstance(effect)) {
            found.add(type.cast(effect));
          }
        });
    found.sort(Comparator.comparing(SagaEffect::id, UuidOrder.BY_BYTES));
    return found;
  }
}
