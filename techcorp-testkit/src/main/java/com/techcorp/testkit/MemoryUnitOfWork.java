package com.techcorp.testkit;

import com.techcorp.error.WiringError;
import com.techcorp.inventory.RequestEffect;
import com.techcorp.inventory.StockEffect;
import com.techcorp.messaging.InboxEffect;
import com.techcorp.messaging.OutboxEffect;
import com.techcorp.order.KeyEffect;
import com.techcorp.order.OrderEffect;
import com.techcorp.payment.PaymentEffect;
import com.techcorp.saga.Effect;
import com.techcorp.saga.Failure;
import com.techcorp.saga.Fence;
import com.techcorp.saga.SagaEffect;
import com.techcorp.saga.UnitOfWork;
import com.techcorp.saga.Verdict;
import com.techcorp.saga.Work;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes works one after the other under the one lock; a refused one is taken back at once, so the
 * next sees only what stays.
 */
final class MemoryUnitOfWork implements UnitOfWork {
  private final MemoryDatabase database;
  private final MemoryTables tables;
  private final Map<Class<? extends Effect>, Writer> writers = new ConcurrentHashMap<>();

  /** Writes the effects of one kind, or says why not. */
  @FunctionalInterface
  private interface Writer {
    @Nullable Failure write(Effect effect, @Nullable Fence fence);
  }

  MemoryUnitOfWork(MemoryDatabase database, MemoryTables tables) {
    this.database = database;
    this.tables = tables;
  }

  <E extends Effect> void handle(Class<E> type, MemoryHandler<E> handler) {
    if (writers.putIfAbsent(
            type, (effect, fence) -> handler.write(type.cast(effect), database).orElse(null))
        != null) {
      throw new WiringError("effects of " + type.getName() + " have a handler already");
    }
  }

  @Override
  public List<Verdict> commit(@Nullable Fence fence, List<Work> batch) {
    requireDistinct(batch);
    return database.transaction(
        () -> {
          tables.nodes().requireLease(fence);
          List<Verdict> verdicts = new ArrayList<>(batch.size());
          for (Work work : batch) {
            verdicts.add(write(work, fence));
          }
          return List.copyOf(verdicts);
        });
  }

  /** A database's set-based statements could not tell two works of one id apart. */
  private static void requireDistinct(List<Work> batch) {
    Set<UUID> ids = new HashSet<>();
    for (Work work : batch) {
      if (!ids.add(work.id())) {
        throw new IllegalArgumentException("work " + work.id() + " is twice in the batch");
      }
    }
  }

  private Verdict write(Work work, @Nullable Fence fence) {
    int before = database.savepoint();
    for (int i = 0; i < work.effects().size(); i++) {
      Failure refused = write(work.effects().get(i), fence);
      if (refused != null) {
        database.rollbackTo(before);
        return new Verdict.Refused(i, refused);
      }
    }
    return new Verdict.Committed(database.now());
  }

  private @Nullable Failure write(Effect effect, @Nullable Fence fence) {
    if (effect instanceof OrderEffect order) {
      return tables.orders().apply(order);
    } else if (effect instanceof KeyEffect key) {
      return tables.keys().apply(key);
    } else if (effect instanceof StockEffect stock) {
      return tables.stock().apply(stock);
    } else if (effect instanceof RequestEffect request) {
      return tables.requests().apply(request);
    } else if (effect instanceof PaymentEffect payment) {
      return tables.payments().apply(payment);
    } else if (effect instanceof SagaEffect saga) {
      return tables.journal().apply(saga, fence);
    } else if (effect instanceof OutboxEffect outbox) {
      tables.outbox().apply(outbox, fence);
      return null;
    } else if (effect instanceof InboxEffect inbox) {
      return tables.inbox().apply(inbox);
    }
    Writer writer = writers.get(effect.getClass());
    if (writer == null) {
      throw new WiringError(
          "nobody writes effects of "
              + effect.getClass().getName()
              + ": give MemoryStorage.handle a handler");
    }
    return writer.write(effect, fence);
  }
}
