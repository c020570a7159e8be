package com.techcorp.messaging;

import com.techcorp.error.UnavailableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Dead letters in memory. */
public final class InboxFake implements Inbox {
  private final Map<String, Map<UUID, DeadLetter>> dead = new LinkedHashMap<>();
  private boolean away;

  public synchronized void away(boolean isAway) {
    away = isAway;
  }

  @Override
  public boolean has(String consumer, UUID eventId) {
    return false;
  }

  @Override
  public int head(String consumer, EventStream stream) {
    return 0;
  }

  @Override
  public synchronized void addDeadLetter(String consumer, Event event, String reason) {
    if (away) {
      throw new UnavailableException("the storage is away");
    }
    dead.computeIfAbsent(consumer, name -> new LinkedHashMap<>())
        .putIfAbsent(event.id(), new DeadLetter(event, reason));
  }

  @Override
  public synchronized List<DeadLetter> dead(String consumer, int limit) {
    return dead.getOrDefault(consumer, Map.of()).values().stream().limit(limit).toList();
  }

  @Override
  public synchronized void removeDeadLetter(String consumer, UUID eventId) {
    dead.getOrDefault(consumer, Map.of()).remove(eventId);
  }
}
