package com.techcorp.saga.spi;

import com.techcorp.error.Failure;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.spi.JournalState.Live;
import com.techcorp.saga.spi.SagaEffect.Advance;
import com.techcorp.saga.spi.SagaEffect.Archive;
import com.techcorp.saga.spi.SagaEffect.Create;
import com.techcorp.saga.spi.SagaEffect.Finish;
import com.techcorp.storage.Decision;
import com.techcorp.storage.Fence;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a {@link SagaEffect} does to a saga, or that it is refused. Pure functions: a
 * storage loads the state, asks, and stores what follows.
 */
public final class JournalRules {
  private JournalRules() {}

  /**
   * Decides whether a saga effect is accepted, and the journal's state afterwards.
   *
   * @param effect what is asked
   * @param now what is known of the saga
   * @param fence the lease under which it is written, or null: then no node owns the saga
   * @return what is known of the saga afterwards, or the refusal that the effect's type documents
   */
  public static Decision<JournalState> decide(
      SagaEffect effect, JournalState now, @Nullable Fence fence) {
    if (effect instanceof Create create) {
      return create(create, now, fence);
    } else if (effect instanceof Advance advance) {
      Failure refused = refusal(advance.id(), now, fence, advance.revision(), advance.signals());
      return refused == null
          ? Decision.accept(
              now.with(live(advance.position(), fence, advance.revision() + 1, advance.signals())))
          : new Decision.Refused<>(refused);
    } else if (effect instanceof Finish finish) {
      Failure refused = refusal(finish.id(), now, fence, finish.revision(), finish.signals());
      return refused == null ? Decision.accept(now.with(null)) : new Decision.Refused<>(refused);
    }
    return archive((Archive) effect, now);
  }

  private static Decision<JournalState> create(
      Create create, JournalState now, @Nullable Fence fence) {
    if (now.live() != null) {
      return Decision.refuse(SagaEffect.STALE, "saga " + create.id() + " exists already");
    }
    return create.archived() && now.ended()
        ? Decision.refuse(SagaEffect.STALE, "saga " + create.id() + " has ended")
        : Decision.accept(now.with(live(create.position(), fence, 1, 0)));
  }

  private static Decision<JournalState> archive(Archive archive, JournalState now) {
    return now.ended()
        ? Decision.refuse(SagaEffect.STALE, "saga " + archive.id() + " has ended")
        : Decision.accept(new JournalState(now.live(), true));
  }

  /** The compare-and-set: what this process knows of the saga is all there is to know. */
  private static @Nullable Failure refusal(
      UUID id, JournalState now, @Nullable Fence fence, long revision, int signals) {
    Live live = now.live();
    if (live == null
        || fence == null
        || !fence.equals(live.owner())
        || live.revision() != revision) {
      return Failure.of(
          SagaEffect.STALE, "saga " + id + " has moved on since it was read, or has another owner");
    }
    return live.signals() == signals
        ? null
        : Failure.of(
            SagaEffect.SIGNALLED, "saga " + id + " was sent a signal that its owner has not read");
  }

  private static Live live(
      SagaPosition position, @Nullable Fence fence, long revision, int signals) {
    return new Live(position.owned() ? fence : null, revision, signals);
  }
}
