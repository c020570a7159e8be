package com.techcorp.messaging;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.techcorp.error.Unavailable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** An outbox in memory. Orders are numbered: a higher number is a younger order. */
public final class OutboxFake implements Outbox {
  private final TreeMap<Event, Event> events =
      new TreeMap<>(Comparator.comparing(Event::orderId).thenComparing(Event::sequence));
  private @Nullable UUID holder;
  private int failures;

  public static UUID order(int number) {
    return new UUID(0, number);
  }

  public synchronized Event add(int order, int sequence, String type) {
    Event event =
        new Event(
            UUID.randomUUID(), order(order), sequence, type, JsonNodeFactory.instance.objectNode());
    events.put(event, event);
    return event;
  }

  public synchronized List<Event> waiting() {
    return List.copyOf(events.values());
  }

  public synchronized void giveLeaseTo(@Nullable UUID other) {
    holder = other;
  }

  public synchronized @Nullable UUID holder() {
    return holder;
  }

  public synchronized void failNext(int calls) {
    failures = calls;
  }

  @Override
  public synchronized boolean hold(UUID relay, Duration lease) {
    mayFail();
    if (holder != null && !holder.equals(relay)) {
      return false;
    }
    holder = lease.isZero() ? null : relay;
    return true;
  }

  @Override
  public synchronized List<Event> oldest(@Nullable UUID after, int limit) {
    mayFail();
    List<Event> page = new ArrayList<>();
    for (Event event : events.values()) {
      if (page.size() < limit && (after == null || event.orderId().compareTo(after) > 0)) {
        page.add(event);
      }
    }
    return page;
  }

  @Override
  public synchronized boolean published(UUID relay, Collection<Event> published) {
    mayFail();
    if (!relay.equals(holder)) {
      return false;
    }
    published.forEach(events::remove);
    return true;
  }

  @Override
  public synchronized Backlog backlog() {
    mayFail();
    return new Backlog(events.size(), Duration.ZERO);
  }

  private void mayFail() {
    if (failures > 0) {
      failures--;
      throw new Unavailable("the storage is away");
    }
  }
}
