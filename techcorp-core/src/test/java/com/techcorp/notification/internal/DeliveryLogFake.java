package com.techcorp.notification.internal;

import com.techcorp.error.UnavailableException;
import com.techcorp.messaging.EventStream;
import com.techcorp.notification.Delivery;
import com.techcorp.notification.DeliveryStatus;
import com.techcorp.notification.spi.DeliveryLog;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A delivery log in memory, with a clock that tests move. */
final class DeliveryLogFake implements DeliveryLog {
  private final Map<UUID, Delivery> deliveries = new LinkedHashMap<>();
  private Instant now = Instant.parse("2024-01-15T10:00:00Z");
  private @Nullable DeliveryStatus crashOn;

  void later(Duration duration) {
    now = now.plus(duration);
  }

  /** The next move to this state does not happen: as if the process had ended before it. */
  void crashBeforeMovingTo(DeliveryStatus status) {
    crashOn = status;
  }

  Delivery only() {
    if (deliveries.size() != 1) {
      throw new AssertionError("expected one delivery, there are " + deliveries.values());
    }
    return deliveries.values().iterator().next();
  }

  boolean isEmpty() {
    return deliveries.isEmpty();
  }

  @Override
  public Delivery queue(Draft draft) {
    for (Delivery old : deliveries.values()) {
      if (old.eventId().equals(draft.eventId())
          && old.channel().equals(draft.channel())
          && old.recipient().equals(draft.recipient())) {
        return old;
      }
    }
    Delivery fresh =
        new Delivery(
            draft.id(),
            draft.eventId(),
            draft.stream(),
            draft.userId(),
            draft.channel(),
            draft.recipient(),
            draft.template(),
            Delivery.Progress.queued(now));
    deliveries.put(fresh.id(), fresh);
    return fresh;
  }

  @Override
  public boolean move(
      UUID id, Set<DeliveryStatus> from, DeliveryStatus to, @Nullable String error) {
    if (to == crashOn) {
      crashOn = null;
      throw new UnavailableException("the storage is away");
    }
    Delivery was = deliveries.get(id);
    if (was == null || !from.contains(was.status())) {
      return false;
    }
    deliveries.put(id, was.moved(to, error, now));
    return true;
  }

  @Override
  public Optional<Delivery> find(UUID id) {
    return Optional.ofNullable(deliveries.get(id));
  }

  @Override
  public List<Delivery> about(EventStream stream) {
    return deliveries.values().stream().filter(d -> d.stream().equals(stream)).toList();
  }

  @Override
  public int abandonSending(Duration olderThan) {
    int abandoned = 0;
    for (Delivery delivery : List.copyOf(deliveries.values())) {
      if (delivery.status() == DeliveryStatus.SENDING
          && delivery.updatedAt().isBefore(now.minus(olderThan))) {
        move(delivery.id(), Set.of(DeliveryStatus.SENDING), DeliveryStatus.AMBIGUOUS, "abandoned");
        abandoned++;
      }
    }
    return abandoned;
  }
}
