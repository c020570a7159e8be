package com.techcorp;

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
  private volatile HandOver published = (fence, events, at) -> {};
  private volatile Runnable madeDue = () -> {};

  CommitWatch(UnitOfWork storage) {
    this.storage = storage;
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
    if (!events.isEmpty()) {
      published.take(fence, events, at);
    }
    if (due) {
      madeDue.run();
    }
    return verdicts;
  }

  @Override
  public boolean needsCare(Work work) {
    return storage.needsCare(work);
  }

  private static boolean isDue(SagaEffect.Create create) {
    return create.position().runIn() != null && create.position().runIn().isZero();
  }
}
