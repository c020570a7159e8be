package com.techcorp;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.messaging.OutboxEffect.Publish;
import com.techcorp.saga.Effect;
import com.techcorp.saga.Fence;
import com.techcorp.saga.SagaEffect;
import com.techcorp.saga.UnitOfWork;
import com.techcorp.saga.Verdict;
import com.techcorp.saga.Work;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sees what was just committed, so that the relay and the engine take it up from here instead of at
 * their next poll.
 */
final class CommitWatch implements UnitOfWork {
  private final UnitOfWork storage;
  private final FaultBoundary faults;
  private volatile HandOver published = (fence, events, at) -> {};
  private volatile Runnable madeDue = () -> {};

  CommitWatch(UnitOfWork storage, FaultBoundary faults) {
    this.storage = storage;
    this.faults = faults;
  }

  /** Takes what was just committed. */
  @FunctionalInterface
  interface HandOver {
    void take(@Nullable Fence fence, List<Publish> events, @Nullable Instant at);
  }

  void onPublished(HandOver action) {
    this.published = action;
  }

  void onMadeDue(Runnable action) {
    this.madeDue = action;
  }

  @Override
  public List<Verdict> commit(@Nullable Fence fence, List<Work> batch) {
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
    tell(fence, events, at, due);
    return verdicts;
  }

  /** It is committed: whatever happens here must not look as if it were not. */
  private void tell(
      @Nullable Fence fence, List<Publish> events, @Nullable Instant at, boolean due) {
    if (!events.isEmpty()) {
      faults.run(() -> published.take(fence, events, at));
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
