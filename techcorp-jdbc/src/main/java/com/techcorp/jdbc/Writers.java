package com.techcorp.jdbc;

import com.techcorp.jdbc.EffectWriter.Guard;
import com.techcorp.saga.Effect;
import com.techcorp.saga.Failure;
import com.techcorp.saga.Fence;
import com.techcorp.saga.UnitOfWork.UnstorableData;
import com.techcorp.saga.Verdict;
import com.techcorp.saga.Work;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All effect writers in the lock order; sorts a batch's effects to their writers. */
final class Writers {
  private final List<EffectWriter<?>> inLockOrder;

  /** A writer's guard over a batch. */
  record Bound<E extends Effect>(Class<E> type, Guard<E> guard) {}

  Writers(List<EffectWriter<?>> writers) {
    this.inLockOrder =
        writers.stream().sorted(Comparator.comparingInt(EffectWriter::rank)).toList();
  }

  void write(List<Work> batch, @Nullable Fence fence, Statements to) {
    checkKnown(batch);
    for (EffectWriter<?> writer : inLockOrder) {
      write(writer, batch, fence, to);
    }
  }

  List<Bound<?>> guards(List<Work> batch, @Nullable Fence fence, Statements to) {
    checkKnown(batch);
    List<Bound<?>> guards = new ArrayList<>();
    for (EffectWriter<?> writer : inLockOrder) {
      guards.add(guard(writer, batch, fence, to));
    }
    return guards;
  }

  /** Decides one work after the other, as a whole each; gives those that stand. */
  static List<Work> decide(List<Work> batch, List<Bound<?>> guards, List<Verdict> verdicts) {
    List<Work> accepted = new ArrayList<>();
    for (Work work : batch) {
      Verdict verdict = decide(work, guards);
      verdicts.add(verdict);
      if (verdict instanceof Verdict.Committed) {
        accepted.add(work);
      }
    }
    return accepted;
  }

  private static Verdict decide(Work work, List<Bound<?>> guards) {
    List<Effect> effects = work.effects();
    for (int i = 0; i < effects.size(); i++) {
      Failure failure = admit(guards, effects.get(i));
      if (failure != null) {
        guards.forEach(bound -> bound.guard().undo());
        return new Verdict.Refused(i, failure);
      }
    }
    guards.forEach(bound -> bound.guard().keep());
    return new Verdict.Committed();
  }

  private static UnstorableData noWriter(Effect effect) {
    return new UnstorableData(
        "no writer for "
            + effect.getClass().getName()
            + ": register one with PostgresStorage.on(dataSource).writer(…)",
        null);
  }

  private static @Nullable Failure admit(List<Bound<?>> guards, Effect effect) {
    for (Bound<?> bound : guards) {
      if (bound.type().isInstance(effect)) {
        return admit(bound, effect);
      }
    }
    throw noWriter(effect);
  }

  private static <E extends Effect> @Nullable Failure admit(Bound<E> bound, Effect effect) {
    return bound.guard().admit(bound.type().cast(effect));
  }

  private static <E extends Effect> void write(
      EffectWriter<E> writer, List<Work> batch, @Nullable Fence fence, Statements to) {
    List<E> own = effectsOf(writer, batch);
    if (!own.isEmpty()) {
      writer.write(own, fence, to);
    }
  }

  private static <E extends Effect> Bound<E> guard(
      EffectWriter<E> writer, List<Work> batch, @Nullable Fence fence, Statements to) {
    List<E> own = effectsOf(writer, batch);
    Guard<E> guard = own.isEmpty() ? effect -> null : writer.guard(own, fence, to);
    return new Bound<>(writer.type(), guard);
  }

  private static <E extends Effect> List<E> effectsOf(EffectWriter<E> writer, List<Work> batch) {
    List<E> own = new ArrayList<>();
    for (Work work : batch) {
      for (Effect effect : work.effects()) {
        if (writer.type().isInstance(effect)) {
          own.add(writer.type().cast(effect));
        }
      }
    }
    return own;
  }

  private void checkKnown(List<Work> batch) {
    for (Work work : batch) {
      for (Effect effect : work.effects()) {
        if (inLockOrder.stream().noneMatch(writer -> writer.type().isInstance(effect))) {
          throw noWriter(effect);
        }
      }
    }
  }
}
