package com.techcorp.messaging;

import com.techcorp.error.Failure;
import com.techcorp.error.WiringException;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Effect;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A consumer that has each stream's events in sequence and each once, whatever the bus does:
 * retries and several processes on one queue reorder and repeat. Its inbox holds an event back with
 * {@link OutOfSequenceException} until the one before it is taken; the bus offers it again, by its
 * own waits, and in the end keeps it as a dead letter. Thread-safe.
 *
 * <p>It takes every type of a stream's events, since they count without a gap only together, and
 * steps over those that it does not want. If a consumer missed the beginning of a stream (because
 * it is new), have the events sent again first.
 */
public final class StreamConsumer {
  private final String consumer;
  private final Set<String> wanted;
  private final Inbox inbox;
  private final UnitOfWork unitOfWork;
  private final Handler handler;

  private StreamConsumer(
      String consumer, Set<String> wanted, Inbox inbox, UnitOfWork unitOfWork, Handler handler) {
    this.consumer = consumer;
    this.wanted = Set.copyOf(wanted);
    this.inbox = inbox;
    this.unitOfWork = unitOfWork;
    this.handler = handler;
  }

  /**
   * Returns a subscription for {@link com.techcorp.messaging.EventBus#subscribe}.
   *
   * @param consumer its name, across processes and restarts
   * @param types all types of the streams' events, such as {@code OrderEventType.routingKeys()}
   * @param wanted those that the handler gets
   * @param inbox knows how far it is with each stream
   * @param unitOfWork of the same storage: takes what is not wanted
   * @param handler what it does
   * @return the subscription
   * @throws WiringException if a type is wanted that is none of all types
   */
  public static Subscription subscription(
      String consumer,
      Set<String> types,
      Set<String> wanted,
      Inbox inbox,
      UnitOfWork unitOfWork,
      Handler handler) {
    Set<String> unknown = new HashSet<>(wanted);
    unknown.removeAll(types);
    if (!unknown.isEmpty()) {
      throw new WiringException(
          "consumer "
              + consumer
              + ": its streams have no events of the types "
              + unknown
              + ", only "
              + types);
    }
    StreamConsumer ordered = new StreamConsumer(consumer, wanted, inbox, unitOfWork, handler);
    return new Subscription(consumer, types, ordered::handle);
  }

  /** Handles the events of an ordered consumer, each in its turn. */
  @FunctionalInterface
  public interface Handler {
    /**
     * Writes the effect, and in the same transaction takes the event.
     *
     * @param event the event
     * @param turn takes it; must have been used when this returns
     * @throws Exception nothing may be written then; the event is offered again
     */
    void handle(Event event, Turn turn) throws Exception;
  }

  /** Takes one event, once, in the transaction of its effect. Not thread-safe. */
  public static final class Turn {
    private final InboxEffect.Advance advance;
    private boolean taken;

    private Turn(InboxEffect.Advance advance) {
      this.advance = advance;
    }

    /**
     * Takes the event and writes effects, both or neither: in a transaction of the storage's own,
     * or in the host's, to whose own statements it belongs then, such as {@code
     * turn.take(storage.within(connection))}. Leave what it throws alone: the transaction must not
     * be committed.
     *
     * @param transaction where to write
     * @param effects what else to write; may be none
     * @return why an effect was refused, in which case nothing was written, or null
     * @throws OutOfSequenceException if it is not this event's turn after all
     * @throws com.techcorp.error.UnavailableException if the storage cannot be reached
     */
    public @Nullable Failure take(UnitOfWork transaction, Effect... effects) {
      List<Effect> all = new ArrayList<>(effects.length + 1);
      all.add(advance);
      all.addAll(List.of(effects));
      CommitResult result =
          transaction.commit(null, List.of(new WriteSet(advance.stream().id(), all))).get(0);
      if (!(result instanceof CommitResult.Refused refused)) {
        taken = true;
        return null;
      }
      if (refused.effect() > 0) {
        return refused.failure();
      }
      if (refused.failure().code().equals(InboxEffect.DUPLICATE)) {
        throw new AlreadyTakenException();
      }
      String head = refused.failure().details().getOrDefault(InboxEffect.HEAD, "0");
      throw early(advance, Integer.parseInt(head));
    }
  }

  /** Another process was faster: the host's transaction must not be committed. */
  private static final class AlreadyTakenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    AlreadyTakenException() {
      super("another process took this event meanwhile; it counts as done", null, false, false);
    }
  }

  private static OutOfSequenceException early(InboxEffect.Advance advance, int head) {
    return new OutOfSequenceException(
        advance.consumer(), advance.stream(), advance.sequence(), head + 1);
  }

  private void handle(Event event) throws Exception {
    if (!event.isOrdered()) {
      throw new IllegalArgumentException(
          event.type() + " belongs to a stream without order: subscribe to it directly");
    }
    InboxEffect.Advance advance =
        new InboxEffect.Advance(consumer, event.stream(), event.sequence());
    int head = inbox.head(consumer, event.stream());
    if (event.sequence() <= head) {
      return;
    }
    if (event.sequence() > head + 1) {
      throw early(advance, head);
    }
    Turn turn = new Turn(advance);
    try {
      if (wanted.contains(event.type())) {
        handler.handle(event, turn);
      } else {
        turn.take(unitOfWork);
      }
    } catch (AlreadyTakenException e) {
      return;
    }
    if (!turn.taken) {
      throw new IllegalStateException(
          "the handler of " + consumer + " returned without taking its turn: nothing may be kept");
    }
  }
}
