package com.techcorp.messaging.internal;

import com.techcorp.messaging.EventStream;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.ObjIntConsumer;

/**
 * Streams whose first events this process is committing. These come from memory, so a pass over the
 * outbox that finds them first steps over them: else they would be published from both. A commit
 * that does not come back keeps its streams from the passes for {@link RelayWatch#PATIENCE}.
 * Thread-safe.
 */
final class ExpectedStreams {
  /** Less than the sequence of any event. */
  private static final int NONE = -1;

  private final Map<EventStream, Expected> streams = new ConcurrentHashMap<>();
  private final LongSupplier nanoTime;

  private static final class Expected {
    private final long since;

    /** The last event of it that a pass has stepped over. */
    private volatile int steppedOver = NONE;

    Expected(long since) {
      this.since = since;
    }
  }

  ExpectedStreams(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** Marks streams before their commit. */
  void add(Collection<EventStream> committing) {
    long now = nanoTime.getAsLong();
    committing.forEach(stream -> streams.put(stream, new Expected(now)));
  }

  /**
   * Removes streams after their commit, whatever its result: their committed events are under way
   * by now.
   *
   * @param onSteppedOver called with each stream that a pass has stepped over, and its last event
   *     there
   */
  void remove(Collection<EventStream> committed, ObjIntConsumer<EventStream> onSteppedOver) {
    for (EventStream stream : committed) {
      Expected expected = streams.remove(stream);
      if (expected != null && expected.steppedOver != NONE) {
        onSteppedOver.accept(stream, expected.steppedOver);
      }
    }
  }

  /**
   * Returns whether a pass is to step over the stream.
   *
   * @param last its last event that the pass found
   */
  boolean stepOver(EventStream stream, int last) {
    Expected expected = streams.get(stream);
    if (expected == null || nanoTime.getAsLong() - expected.since > RelayWatch.PATIENCE.toNanos()) {
      return false;
    }
    expected.steppedOver = last;
    // Otherwise it was removed before it was marked, and no one would be notified.
    return streams.get(stream) == expected;
  }
}
