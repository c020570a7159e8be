package com.techcorp.testkit;

import com.techcorp.error.Failure;
import com.techcorp.error.WiringException;
import com.techcorp.inventory.spi.HoldRequestEffect;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.messaging.InboxEffect;
import com.techcorp.messaging.OutboxEffect;
import com.techcorp.order.spi.KeyEffect;
import com.techcorp.order.spi.OrderEffect;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Effect;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
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
      throw new WiringException("effects of " + type.getName() + " have a handler already");
    }
  }

  @Override
  public List<CommitResult> commit(@Nullable Fence fence, List<WriteSet> batch) {
    requireDistinct(batch);
    return database.transaction(
        () -> {
          tables.nodes().requireLease(fence);
          List<CommitResult> results = new ArrayList<>(batch.size());
          for (WriteSet writeSet : batch) {
            results.add(write(writeSet, fence));
          }
          return List.copyOf(results);
        });
  }

  /** A database's set-based statements could not tell two write sets of one id apart. */
  private static void requireDistinct(List<WriteSet> batch) {
    Set<UUID> ids = new HashSet<>();
    for (WriteSet writeSet : batch) {
      if (!ids.add(writeSet.id())) {
        throw new IllegalArgumentException("work " + writeSet.id() + " is twice in the batch");
      }
    }
  }

  private CommitResult write(WriteSet writeSet, @Nullable Fence fence) {
    int before = database.savepoint();
    for (int i = 0; i < writeSet.effects().size(); i++) {
      Failure refused = write(writeSet.effects().get(i), fence);
      if (refused != null) {
        database.rollbackTo(before);
        return new CommitResult.Refused(i, refused);
      }
    }
    return new CommitResult.Committed(database.now());
  }

  private @Nullable Failure write(Effect effect, @Nullable Fence fence) {
    if (effect instanceof OrderEffect order) {
      return tables.orders().apply(order);
    } else if (effect instanceof KeyEffect key) {
      return tables.keys().apply(key);
    } else if (effect instanceof StockEffect stock) {
      return tables.stock().apply(stock, fence);
    } else if (effect instanceof HoldRequestEffect request) {
      return tables.requests().apply(request);
    } else if (effect instanceof PaymentEffect payment) {
      return tables.payments().apply(payment);
    } else if (effect instanceof SagaEffect saga) {
      return tables.journal().apply(saga, fence);
    } else if (effect instanceof OutboxEffect outbox) {
      tables.messaging().outbox().apply(outbox, fence);
      return null;
    } else if (effect instanceof InboxEffect inbox) {
      return tables.messaging().inbox().apply(inbox);
    }
    Writer writer = writers.get(effect.getClass());
    if (writer == null) {
      throw new WiringException(
          "nobody writes effects of "
              + effect.getClass().getName()
              + ": give MemoryStorage.handle a handler");
    }
    return writer.write(effect, fence);
  }
}
