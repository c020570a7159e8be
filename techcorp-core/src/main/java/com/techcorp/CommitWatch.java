package com.techcorp;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.OutboxEffect.Publish;
import com.techcorp.messaging.internal.Relay;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Effect;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
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
  public List<CommitResult> commit(@Nullable Fence fence, List<WriteSet> batch) {
    Relay to = Objects.requireNonNull(relay, "no relay yet");
    List<EventStream> begun = streamsBegunIn(batch);
    try {
      to.expect(begun);
      return commit(to, fence, batch);
    } finally {
      faults.run(() -> to.noLongerExpect(begun));
    }
  }

  private static List<EventStream> streamsBegunIn(List<WriteSet> batch) {
    List<EventStream> streams = new ArrayList<>();
    for (WriteSet writeSet : batch) {
      for (Effect effect : writeSet.effects()) {
        if (effect instanceof Publish event && event.isFirst()) {
          streams.add(event.orderingKey());
        }
      }
    }
    return streams;
  }

  private List<CommitResult> commit(Relay to, @Nullable Fence fence, List<WriteSet> batch) {
    List<CommitResult> results = storage.commit(fence, batch);
    List<Publish> events = new ArrayList<>();
    Instant at = null;
    boolean due = false;
    for (int i = 0; i < batch.size(); i++) {
      if (results.get(i) instanceof CommitResult.Committed committed) {
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
    return results;
  }

  /** Announces a commit; no failure here may make the commit look failed. */
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
  public boolean needsCare(WriteSet writeSet) {
    return storage.needsCare(writeSet);
  }

  private static boolean isDue(SagaEffect.Create create) {
    return create.position().runIn() != null && create.position().runIn().isZero();
  }
}
