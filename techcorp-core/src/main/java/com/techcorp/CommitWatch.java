package com.techcorp;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.OutboxEffect.Publish;
import com.techcorp.messaging.internal.Relay;
import com.techcorp.saga.Effect;
import com.techcorp.saga.Fence;
import com.techcorp.saga.SagaEffect;
import com.techcorp.saga.UnitOfWork;
import com.techcorp.saga.Verdict;
import com.techcorp.saga.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sees what was just committed, so that the relay and the engine take it up from here instead of at
 * their next poll.
 */
final class CommitWatch implements UnitOfWork {
  private final UnitOfWork storage;
  private final FaultBoundary faults;
  private volatile @Nullable Relay relay;
  private volatile Runnable madeDue = () -> {};

  CommitWatch(UnitOfWork storage, FaultBoundary faults) {
    this.storage = storage;
    this.faults = faults;
  }

  /** Set before anything is committed. */
  void handOverTo(Relay to) {
    this.relay = to;
  }

  void onMadeDue(Runnable action) {
    this.madeDue = action;
  }

  @Override
  public List<Verdict> commit(@Nullable Fence fence, List<Work> batch) {
    Relay to = Objects.requireNonNull(relay, "no relay yet");
    List<EventStream> begun = streamsBegunIn(batch);
    try {
      to.expect(begun);
      return commit(to, fence, batch);
    } finally {
      faults.run(() -> to.noLongerExpect(begun));
    }
  }

  private static List<EventStream> streamsBegunIn(List<Work> batch) {
    List<EventStream> streams = new ArrayList<>();
    for (Work work : batch) {
      for (Effect effect : work.effects()) {
        if (effect instanceof Publish event && event.isFirst()) {
          streams.add(event.orderingKey());
        }
      }
    }
    return streams;
  }

  private List<Verdict> commit(Relay to, @Nullable Fence fence, List<Work> batch) {
    List<Verdict> verdicts = storage.commit(fence, batch);
    List<Publish> events = new ArrayList<>();
    Instant at = null;
    boolean due = false;
    for (int i = 0; i < batch.size(); i++) {
      if (verdicts.get(i) instanceof Verdict.Committed committed) {
        for (Effect effect : batch.get(i).effects()) {
          if (effect instanceof Publish event) {
            events.add(event);
            at = committed.eventsAt();
          }
          due |= effect instanceof SagaEffect.Create create && isDue(create);
        }
      }
    }
    tell(to, fence, events, at, due);
    return verdicts;
  }

  /** It is committed: whatever happens here must not look as if it were not. */
  private void tell(
      Relay to, @Nullable Fence fence, List<Publish> events, @Nullable Instant at, boolean due) {
    if (!events.isEmpty()) {
      faults.run(() -> to.handOver(fence, events, at));
    }
    if (due) {
      faults.run(madeDue);
    }
  }

  @Override
  public boolean needsCare(Work work) {
    return storage.needsCare(work);
  }

  private static boolean isDue(SagaEffect.Create create) {
    return create.position().runIn() != null && create.position().runIn().isZero();
  }
}
