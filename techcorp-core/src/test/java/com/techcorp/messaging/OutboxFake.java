package com.techcorp.messaging;

import com.techcorp.error.UnavailableException;
import com.techcorp.messaging.OutboxEffect.Publish;
import com.techcorp.messaging.spi.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An outbox in memory. Orders are numbered: a higher number is a younger order. Nodes are never
 * registered: what a test gives to one stays with it.
 */
public final class OutboxFake implements Outbox {
  private final TreeMap<Event, Event> events =
      new TreeMap<>(
          Comparator.comparing((Event event) -> event.stream().id())
              .thenComparing(Event::sequence));
  private final Map<Event, Integer> holders = new HashMap<>();
  private int reads;
  private int failures;

  public static EventStream order(int number) {
    return new EventStream("order", new UUID(0, number));
  }

  /** An event that nobody holds. */
  public synchronized Event add(int order, int sequence, String type) {
    Event event = publish(order, sequence, type).at(Instant.EPOCH);
    events.put(event, event);
    return event;
  }

  /** An event that a node holds. */
  public synchronized Publish add(int order, int sequence, String type, int node) {
    Publish publish = publish(order, sequence, type);
    Event event = publish.at(Instant.EPOCH);
    events.put(event, event);
    holders.put(event, node);
    return publish;
  }

  private static Publish publish(int order, int sequence, String type) {
    return new Publish(UUID.randomUUID(), order(order), sequence, type, "{}");
  }

  public synchronized List<Event> waiting() {
    return List.copyOf(events.values());
  }

  /** All that the node holds: events of a test have no age. */
  @Override
  public synchronized int release(int node, Duration olderThan) {
    List<Event> held =
        holders.entrySet().stream()
            .filter(e -> e.getValue() == node)
            .map(Map.Entry::getKey)
            .toList();
    held.forEach(holders::remove);
    return held.size();
  }

  /** How often a page was read. */
  public synchronized int reads() {
    return reads;
  }

  public synchronized void failNext(int calls) {
    failures = calls;
  }

  @Override
  public synchronized int claim(int node, int limit) {
    mayFail();
    int claimed = 0;
    for (Event event : events.values()) {
      if (claimed < limit && !holders.containsKey(event)) {
        holders.put(event, node);
        claimed++;
      }
    }
    return claimed;
  }

  @Override
  public synchronized List<Event> held(int node, @Nullable EventStream after, int limit) {
    mayFail();
    reads++;
    List<Event> page = new ArrayList<>();
    for (Event event : events.values()) {
      if (page.size() < limit
          && Integer.valueOf(node).equals(holders.get(event))
          && (after == null || event.stream().id().compareTo(after.id()) > 0)) {
        page.add(event);
      }
    }
    return page;
  }

  @Override
  public synchronized void remove(Collection<Event> published) {
    mayFail();
    published.forEach(events::remove);
  }

  @Override
  public synchronized Backlog backlog() {
    mayFail();
    return new Backlog(events.size(), Duration.ZERO);
  }

  private void mayFail() {
    if (failures > 0) {
      failures--;
      throw new UnavailableException("the storage is away");
    }
  }
}
