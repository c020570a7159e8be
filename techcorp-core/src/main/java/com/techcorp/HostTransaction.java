package com.techcorp;

import com.techcorp.error.Failure;
import com.techcorp.error.IllegalTransitionException;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.InboxEffect;
import com.techcorp.messaging.OutboxEffect;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Effect;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A transaction of the host's own in which the library writes too, such as {@code
 * PostgresStorage.within(connection)}. What is written here happens if and when the host commits;
 * the library neither commits nor rolls back. Besides the methods below, give it to {@link
 * com.techcorp.order.OrderSaga#placeWithin} and {@link com.techcorp.saga.SagaEngine#startWithin}.
 *
 * <p>Use it on the transaction's own thread. Every method throws {@link
 * com.techcorp.error.UnavailableException} when the storage cannot be reached: roll back then.
 */
public final class HostTransaction implements UnitOfWork {
  private final UnitOfWork joined;

  /**
   * Around what writes within the transaction.
   *
   * @param joined of the storage's author
   */
  public HostTransaction(UnitOfWork joined) {
    this.joined = Objects.requireNonNull(joined, "joined");
  }

  /**
   * Takes an event for a consumer that must act once, although a bus may deliver an event again:
   *
   * <pre>{@code
   * if (storage.within(connection).receive("ledger", event)) {
   *   … // the consumer's own statements, on the same connection
   * }
   * connection.commit();
   * }</pre>
   *
   * @param consumer the consumer's name, the same on all processes
   * @param event what was delivered
   * @return true for the first time: act, then commit. False if this consumer had the event before
   */
  public boolean receive(String consumer, Event event) {
    Failure refusal = write(event.id(), new InboxEffect.Receive(consumer, event.id()));
    if (refusal == null) {
      return true;
    }
    if (refusal.code().equals(InboxEffect.DUPLICATE)) {
      return false;
    }
    throw new IllegalTransitionException(event + " cannot be received: " + refusal.message());
  }

  /**
   * Publishes an event if and when the host commits, such as {@code
   * OutboxEffect.Publish.unordered(…)} or {@link com.techcorp.catalog.ProductUpdates#updated}. The
   * relay finds it within its poll interval.
   *
   * @param event what to publish
   */
  public void publish(OutboxEffect.Publish event) {
    Failure refusal = write(event.eventId(), event);
    if (refusal != null) {
      throw new IllegalTransitionException(
          "the event " + event.type() + " cannot be published: " + refusal.message());
    }
  }

  private @Nullable Failure write(UUID id, Effect effect) {
    CommitResult result = commit(null, List.of(WriteSet.of(id, effect))).get(0);
    return result instanceof CommitResult.Refused refused ? refused.failure() : null;
  }

  @Override
  public List<CommitResult> commit(@Nullable Fence fence, List<WriteSet> batch) {
    return joined.commit(fence, batch);
  }
}
