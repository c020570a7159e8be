package com.techcorp.messaging.internal;

import com.techcorp.messaging.spi.ConsumerBacklog;
import com.techcorp.messaging.spi.ConsumerBacklog.Handled;
import com.techcorp.messaging.spi.ConsumerBacklog.Move;
import com.techcorp.messaging.spi.ConsumerBacklog.Queue;
import com.techcorp.messaging.spi.ConsumerBacklog.Retry;
import java.util.function.Consumer;

/** A write to a consumer's backlog and the callback for its result. */
sealed interface BacklogOp {
  /** The kinds of writes, in the order of a batch. */
  enum Kind {
    MOVE,
    HANDLED,
    RETRY,
    DEAD_LETTER,
    LOOK
  }

  Kind kind();

  Queue queue();

  /** Returns whether nothing waits for this write. */
  default boolean canWait() {
    return false;
  }

  void done();

  void refused();

  /** Events move to a backlog. */
  record MoveEvents(Move move, Runnable kept, Runnable notKept) implements BacklogOp {
    @Override
    public Kind kind() {
      return Kind.MOVE;
    }

    @Override
    public Queue queue() {
      return move.queue();
    }

    @Override
    public boolean canWait() {
      return !move.delay().isZero() || move.whilePaused();
    }

    @Override
    public void done() {
      kept.run();
    }

    @Override
    public void refused() {
      notKept.run();
    }
  }

  /** Removes handled events from a backlog. */
  record RemoveHandled(Handled handled, Runnable gone) implements BacklogOp {
    @Override
    public Kind kind() {
      return Kind.HANDLED;
    }

    @Override
    public Queue queue() {
      return handled.queue();
    }

    @Override
    public void done() {
      gone.run();
    }

    /** Hands the events over again. */
    @Override
    public void refused() {
      gone.run();
    }
  }

  /** A queue's first event waits for its next attempt. */
  record Delay(Retry retry, Runnable written) implements BacklogOp {
    @Override
    public Kind kind() {
      return Kind.RETRY;
    }

    @Override
    public Queue queue() {
      return retry.queue();
    }

    @Override
    public boolean canWait() {
      return true;
    }

    @Override
    public void done() {
      written.run();
    }

    /** Hands the event over again, sooner. */
    @Override
    public void refused() {
      written.run();
    }
  }

  /** Adds a dead letter. */
  record DeadLetter(
      Queue queue, Consumer<ConsumerBacklog> write, Runnable written, Runnable notWritten)
      implements BacklogOp {
    @Override
    public Kind kind() {
      return Kind.DEAD_LETTER;
    }

    @Override
    public void done() {
      written.run();
    }

    @Override
    public void refused() {
      notWritten.run();
    }
  }

  /** Reads whether anything waits in a queue. */
  record Look(Queue queue, Consumer<Boolean> answer, Runnable noAnswer) implements BacklogOp {
    @Override
    public Kind kind() {
      return Kind.LOOK;
    }

    @Override
    public void done() {}

    @Override
    public void refused() {
      noAnswer.run();
    }
  }
}
