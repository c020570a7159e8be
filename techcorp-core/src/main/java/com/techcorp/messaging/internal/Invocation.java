package com.techcorp.messaging.internal;

import com.techcorp.messaging.Event;
import com.techcorp.messaging.internal.QueueInFlight.Call;
import java.util.ArrayList;
import java.util.List;

/**
 * One call of a consumer's handler on the current thread: with the first event of a queue, or with
 * a batch of the first events of several queues. Guarded by its {@link ConsumerQueues}.
 */
final class Invocation {
  final List<Call> calls;
  final Thread thread = Thread.currentThread();
  final long began;

  /** Whether it is a trial of a consumer that is paused. */
  final boolean trial;

  /** Whether it was interrupted and its events moved to the backlog. */
  boolean overdue;

  private Invocation(int events, long began, boolean trial) {
    this.calls = new ArrayList<>(events);
    this.began = began;
    this.trial = trial;
  }

  /** Begins with the first event of each queue. */
  static Invocation of(List<QueueInFlight> queues, long began, boolean trial) {
    Invocation invocation = new Invocation(queues.size(), began, trial);
    for (QueueInFlight queue : queues) {
      Call call = new Call(queue, queue.first());
      queue.state = QueueInFlight.State.CALLING;
      queue.call = call;
      invocation.calls.add(call);
    }
    return invocation;
  }

  List<Event> events() {
    if (calls.size() == 1) {
      return List.of(calls.get(0).delivery.event());
    }
    return calls.stream().map(call -> call.delivery.event()).toList();
  }

  /** Returns whether it did not end after as long again as it might take. */
  boolean isGivenUp() {
    return calls.get(0).givenUp;
  }

  /** Returns the event that stands for all of them in a message. */
  Event first() {
    return calls.get(0).delivery.event();
  }
}
