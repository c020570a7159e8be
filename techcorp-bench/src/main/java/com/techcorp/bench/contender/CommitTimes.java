package com.techcorp.bench.contender;

import com.techcorp.Storage;
import com.techcorp.inventory.spi.StockLedger;
import com.techcorp.inventory.spi.StockListener;
import com.techcorp.messaging.Inbox;
import com.techcorp.messaging.OutboxEffect;
import com.techcorp.messaging.spi.ConsumerBacklog;
import com.techcorp.messaging.spi.Outbox;
import com.techcorp.notification.spi.DeliveryLog;
import com.techcorp.order.spi.IdempotencyKeys;
import com.techcorp.order.spi.OrderStore;
import com.techcorp.payment.spi.PaymentLedger;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.spi.SagaJournal;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import com.techcorp.storage.NodeRegistry;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** A storage that notes when each event was committed. */
public final class CommitTimes implements Storage {
  private final Storage storage;
  private final Map<UUID, Long> committed = new ConcurrentHashMap<>();

  public CommitTimes(Storage storage) {
    this.storage = storage;
  }

  /** When each event was committed, by {@link System#nanoTime}. */
  public Map<UUID, Long> all() {
    return Map.copyOf(committed);
  }

  @Override
  public UnitOfWork unitOfWork() {
    return timed(storage.unitOfWork());
  }

  @Override
  public UnitOfWork countingUnitOfWork(StockListener listener) {
    return timed(storage.countingUnitOfWork(listener));
  }

  private UnitOfWork timed(UnitOfWork unitOfWork) {
    return (fence, batch) -> commit(unitOfWork, fence, batch);
  }

  private List<CommitResult> commit(
      UnitOfWork unitOfWork, @Nullable Fence fence, List<WriteSet> batch) {
    List<CommitResult> results = unitOfWork.commit(fence, batch);
    long now = System.nanoTime();
    for (int i = 0; i < batch.size(); i++) {
      if (results.get(i) instanceof CommitResult.Committed) {
        batch.get(i).effects().stream()
            .filter(OutboxEffect.Publish.class::isInstance)
            .map(OutboxEffect.Publish.class::cast)
            .forEach(event -> committed.put(event.eventId(), now));
      }
    }
    return results;
  }

  @Override
  public void checkReady(EngineOptions engine) {
    storage.checkReady(engine);
  }

  @Override
  public SagaJournal journal() {
    return storage.journal();
  }

  @Override
  public NodeRegistry nodes() {
    return storage.nodes();
  }

  @Override
  public OrderStore orders() {
    return storage.orders();
  }

  @Override
  public IdempotencyKeys keys() {
    return storage.keys();
  }

  @Override
  public StockLedger stock() {
    return storage.stock();
  }

  @Override
  public PaymentLedger payments() {
    return storage.payments();
  }

  @Override
  public Outbox outbox() {
    return storage.outbox();
  }

  @Override
  public Inbox inbox() {
    return storage.inbox();
  }

  @Override
  public ConsumerBacklog consumerBacklog() {
    return storage.consumerBacklog();
  }

  @Override
  public DeliveryLog deliveries() {
    return storage.deliveries();
  }
}
