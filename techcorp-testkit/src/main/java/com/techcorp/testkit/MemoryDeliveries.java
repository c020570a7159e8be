package com.techcorp.testkit;

import com.techcorp.messaging.EventStream;
import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.spi.DeliveryLog;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps deliveries in memory. */
final class MemoryDeliveries implements DeliveryLog {
  private final MemoryDatabase database;
  private final MemoryTable<UUID, Delivery> deliveries;
  private final MemoryTable<Once, UUID> once;

  private record Once(UUID eventId, String channel, String recipient) {}

  MemoryDeliveries(MemoryDatabase database) {
    this.database = database;
    this.deliveries = new MemoryTable<>(database);
    this.once = new MemoryTable<>(database);
  }

  @Override
  public Delivery queue(Draft draft) {
    return database.transaction(
        () -> {
          Once unique = new Once(draft.eventId(), draft.channel(), draft.recipient());
          UUID there = once.get(unique);
          Delivery known = there == null ? null : deliveries.get(there);
          if (known != null) {
            return known;
          }
          Delivery queued = queued(draft);
          once.put(unique, queued.id());
          deliveries.put(queued.id(), queued);
          return queued;
        });
  }

  private Delivery queued(Draft draft) {
    return new Delivery(
        draft.id(),
        draft.eventId(),
        draft.stream(),
        draft.userId(),
        draft.channel(),
        draft.recipient(),
        draft.template(),
        Delivery.Progress.queued(database.now()));
  }

  @Override
  public boolean move(
      UUID id, Set<DeliveryStatus> from, DeliveryStatus to, @Nullable String error) {
    return database.transaction(
        () -> {
          Delivery delivery = deliveries.get(id);
          if (delivery == null || !from.contains(delivery.status())) {
            return false;
          }
          put(delivery, to, error);
          return true;
        });
  }

  private void put(Delivery delivery, DeliveryStatus to, @Nullable String error) {
    deliveries.put(delivery.id(), delivery.moved(to, error, database.now()));
  }

  @Override
  public Optional<Delivery> find(UUID id) {
    return database.transaction(() -> Optional.ofNullable(deliveries.get(id)));
  }

  @Override
  public List<Delivery> about(EventStream stream) {
    return database.transaction(
        () -> deliveries.rows().filter(delivery -> delivery.stream().equals(stream)).toList());
  }

  @Override
  public int abandonSending(Duration olderThan) {
    return database.transaction(
        () -> {
          Instant since = database.now().minus(olderThan);
          List<Delivery> gone =
              deliveries
                  .rows()
                  .filter(delivery -> delivery.status() == DeliveryStatus.SENDING)
                  .filter(delivery -> delivery.updatedAt().isBefore(since))
                  .toList();
          gone.forEach(
              delivery -> put(delivery, DeliveryStatus.AMBIGUOUS, "the sender gave no answer"));
          return gone.size();
        });
  }
}
