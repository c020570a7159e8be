package com.techcorp.messaging.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** The queues that wait for a thread of a consumer. Guarded by its {@link ConsumerLane}. */
final class ReadyQueues {
  private final Deque<QueueInFlight> ready = new ArrayDeque<>();
  private int direct;

  void add(QueueInFlight queue) {
    queue.state = QueueInFlight.State.READY;
    ready.add(queue);
    direct += direct(queue);
  }

  /** Adds a queue that goes on, in front of those that have not begun. */
  void addFirst(QueueInFlight queue) {
    queue.state = QueueInFlight.State.READY;
    ready.addFirst(queue);
    direct += direct(queue);
  }

  boolean isEmpty() {
    return ready.isEmpty();
  }

  int size() {
    return ready.size();
  }

  /** Returns since when the next one waits, monotonic; there must be one. */
  long firstSince() {
    return ready.getFirst().since;
  }

  /** Returns how many of them come from the outbox. */
  int direct() {
    return direct;
  }

  /** Removes those that waited longest; there must be one. */
  List<QueueInFlight> poll(int most) {
    if (most == 1) {
      return List.of(removeFirst());
    }
    List<QueueInFlight> first = new ArrayList<>(Math.min(most, ready.size()));
    while (first.size() < most && !ready.isEmpty()) {
      first.add(removeFirst());
    }
    return first;
  }

  private QueueInFlight removeFirst() {
    QueueInFlight queue = ready.removeFirst();
    direct -= direct(queue);
    return queue;
  }

  /** Removes and returns those from the outbox that began to wait before a monotonic time. */
  List<QueueInFlight> removeLate(long before) {
    List<QueueInFlight> late =
        ready.stream().filter(queue -> !queue.fromBacklog && queue.since - before <= 0).toList();
    ready.removeAll(Set.copyOf(late));
    direct -= late.size();
    return late;
  }

  /** Removes and returns all of them. */
  List<QueueInFlight> removeAll() {
    List<QueueInFlight> all = List.copyOf(ready);
    ready.clear();
    direct = 0;
    return all;
  }

  private static int direct(QueueInFlight queue) {
    return queue.fromBacklog ? 0 : 1;
  }
}
