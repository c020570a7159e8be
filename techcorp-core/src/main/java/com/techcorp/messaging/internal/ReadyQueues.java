package com.techcorp.messaging.internal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

  /** Returns how many of them come from the outbox. */
  int direct() {
    return direct;
  }

  /** Removes the one that waited longest; null if none waits. */
  @Nullable QueueInFlight poll() {
    QueueInFlight queue = ready.poll();
    direct -= queue == null ? 0 : direct(queue);
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

  void clear() {
    ready.clear();
    direct = 0;
  }

  private static int direct(QueueInFlight queue) {
    return queue.fromBacklog ? 0 : 1;
  }
}
