package com.techcorp.jdbc.internal.batch;

import com.techcorp.error.Failure;
import com.techcorp.error.Reasons;
import com.techcorp.error.TechCorpException;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.jdbc.EffectWriter;
import com.techcorp.jdbc.EffectWriter.Guard;
import com.techcorp.jdbc.EffectWriter.GuardFailedException;
import com.techcorp.jdbc.Statements;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Effect;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork.UnstorableDataException;
import com.techcorp.storage.WriteSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** All effect writers in the lock order; sorts a batch's effects to their writers. */
public final class Writers {
  private final List<EffectWriter<?>> inLockOrder;
  private final Map<Class<?>, Integer> placeOf = new ConcurrentHashMap<>();

  /** A writer's guard over a batch. */
  record Bound<E extends Effect>(Class<E> type, Guard<E> guard) {}

  /** A batch's effects for one writer, in arrival order. */
  private record Share<E extends Effect>(EffectWriter<E> writer, List<E> effects) {
    static <E extends Effect> Share<E> none(EffectWriter<E> writer) {
      return new Share<>(writer, new ArrayList<>());
    }

    void add(Effect effect) {
      effects.add(writer.type().cast(effect));
    }

    void write(@Nullable Fence fence, Statements to) {
      if (!effects.isEmpty()) {
        hosted(
            writer.type(),
            () -> {
              writer.write(effects, fence, to);
              return true;
            });
      }
    }

    Bound<E> guard(@Nullable Fence fence, Statements to) {
      Guard<E> guard =
          effects.isEmpty()
              ? effect -> null
              : hosted(writer.type(), () -> writer.guard(effects, fence, to));
      return new Bound<>(writer.type(), guard);
    }
  }

  public Writers(List<EffectWriter<?>> writers) {
    this.inLockOrder =
        writers.stream().sorted(Comparator.comparingInt(EffectWriter::rank)).toList();
  }

  public void write(List<WriteSet> batch, @Nullable Fence fence, Statements to) {
    for (Share<?> share : shares(batch)) {
      share.write(fence, to);
    }
  }

  /** Returns a guard for each writer, in lock order. */
  List<Bound<?>> guards(List<WriteSet> batch, @Nullable Fence fence, Statements to) {
    List<Bound<?>> guards = new ArrayList<>();
    for (Share<?> share : shares(batch)) {
      guards.add(share.guard(fence, to));
    }
    return guards;
  }

  /** Returns the products whose stock a batch changes. */
  static Set<UUID> stockOf(List<WriteSet> batch) {
    List<StockEffect> stock = new ArrayList<>();
    for (WriteSet writeSet : batch) {
      for (Effect effect : writeSet.effects()) {
        if (effect instanceof StockEffect change) {
          stock.add(change);
        }
      }
    }
    return StockProducts.of(stock);
  }

  /** Decides one write set after the other, as a whole each; gives those that stand. */
  public List<WriteSet> decide(
      List<WriteSet> batch, List<Bound<?>> guards, List<CommitResult> results) {
    List<WriteSet> accepted = new ArrayList<>();
    for (WriteSet writeSet : batch) {
      CommitResult result = decide(writeSet, guards);
      results.add(result);
      if (result instanceof CommitResult.Committed) {
        accepted.add(writeSet);
      }
    }
    return accepted;
  }

  private CommitResult decide(WriteSet writeSet, List<Bound<?>> guards) {
    List<Effect> effects = writeSet.effects();
    for (int i = 0; i < effects.size(); i++) {
      Effect effect = effects.get(i);
      Bound<?> bound = guards.get(placeOf(effect));
      Failure failure = admitted(bound, effect).orElse(null);
      if (failure != null) {
        guards.forEach(other -> other.guard().undo());
        return failure.code().equals(CommitResult.Busy.LOCKED)
            ? new CommitResult.Busy(i, failure)
            : new CommitResult.Refused(i, failure);
      }
    }
    guards.forEach(bound -> bound.guard().keep());
    return new CommitResult.Committed();
  }

  /**
   * A writer may be the host's, and what it throws is the fault of some work of its own: nothing
   * was sent of the batch yet, so the others can go without it.
   */
  private static <T> T hosted(Class<?> effects, Supplier<T> code) {
    try {
      return code.get();
    } catch (GuardFailedException | TechCorpException e) {
      throw e;
    } catch (Throwable e) {
      throw new UnstorableDataException(
          "the writer of " + effects.getName() + " failed: " + Reasons.of(e), e);
    }
  }

  private static <E extends Effect> Optional<Failure> admitted(Bound<E> bound, Effect effect) {
    E own = bound.type().cast(effect);
    return hosted(bound.type(), () -> Optional.ofNullable(bound.guard().admit(own)));
  }

  private List<Share<?>> shares(List<WriteSet> batch) {
    List<Share<?>> shares = new ArrayList<>(inLockOrder.size());
    for (EffectWriter<?> writer : inLockOrder) {
      shares.add(Share.none(writer));
    }
    for (WriteSet writeSet : batch) {
      for (Effect effect : writeSet.effects()) {
        shares.get(placeOf(effect)).add(effect);
      }
    }
    return shares;
  }

  private int placeOf(Effect effect) {
    Integer known = placeOf.get(effect.getClass()); // computeIfAbsent may lock where it finds one
    return known == null
        ? placeOf.computeIfAbsent(effect.getClass(), this::placeOf)
        : known.intValue();
  }

  private int placeOf(Class<?> effect) {
    for (int i = 0; i < inLockOrder.size(); i++) {
      if (inLockOrder.get(i).type().isAssignableFrom(effect)) {
        return i;
      }
    }
    throw new UnstorableDataException(
        "no writer for "
            + effect.getName()
            + ": register one with PostgresStorage.on(dataSource).writer(…)",
        null);
  }
}
