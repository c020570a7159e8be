package com.techcorp.messaging.internal;

import com.techcorp.error.Reasons;
import com.techcorp.error.UnavailableException;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Inbox;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.messaging.spi.ConsumerBacklog.Handled;
import com.techcorp.messaging.spi.ConsumerBacklog.Move;
import com.techcorp.messaging.spi.ConsumerBacklog.Queue;
import com.techcorp.messaging.spi.ConsumerBacklog.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the consumers' backlogs, for all lanes on one thread: while one batch is being written
 * the next one gathers. What a consumer failed on waits anyway, so it gathers for longer. What
 * cannot be written because the storage is away is written later. Thread-safe; answers come on its
 * own thread.
 *
 * <p>What is asked for one queue is written in that order. Across queues, what is of one kind is
 * written together.
 */
final class BacklogWriter {
  private static final Logger log = LoggerFactory.getLogger(BacklogWriter.class);
  private static final Duration PAUSE = Duration.ofMillis(250);

  /** Above this number, gathered writes go out at once. */
  private static final int MOST_GATHERED = 256;

  /**
   * A commit for each failure would slow down the other consumers. The time is drawn between the
   * two, so that it keeps no step with what comes regularly.
   */
  private static final Duration SHORTEST_GATHERING = Duration.ofMillis(150);

  private static final Duration LONGEST_GATHERING = Duration.ofMillis(250);

  private final BusContext context;
  private final Inbox inbox;
  private final RateLimitedLog limitedLog;
  private List<BacklogOp> waiting = new ArrayList<>();

  /** A run comes at once, or when the storage may be back. */
  private boolean planned;

  /** A run comes when enough has gathered. */
  private boolean gathering;

  private boolean closed;
  private ScheduledExecutorService timer;

  /** The writes that are not settled yet; each is settled once. */
  private Set<BacklogOp> open = identitySet();

  BacklogWriter(BusContext context, Inbox inbox, ScheduledExecutorService timer) {
    this.context = context;
    this.inbox = inbox;
    this.timer = timer;
    this.limitedLog = new RateLimitedLog(log, context.threads()::nanoTime);
  }

  /** Moves events to the backlog. */
  void move(Move move, Runnable kept, Runnable notKept) {
    add(new BacklogOp.MoveEvents(move, kept, notKept));
  }

  /** Removes what was handled. */
  void handled(Handled handled, Runnable gone) {
    add(new BacklogOp.RemoveHandled(handled, gone));
  }

  /** Has a queue's first event wait. */
  void retry(Retry retry, Runnable done) {
    add(new BacklogOp.Delay(retry, done));
  }

  /** Moves an event of a backlog, or all of a queue, to the dead letters. */
  void moveToDeadLetters(Queue queue, @Nullable Event event, String reason, Runnable done) {
    add(
        new BacklogOp.DeadLetter(
            queue, backlog -> backlog.moveToDeadLetters(queue, event, reason), done, done));
  }

  /** Keeps an event that is not in the backlog as a dead letter. */
  void addDeadLetter(Queue queue, Event event, String reason, Runnable kept, Runnable notKept) {
    add(
        new BacklogOp.DeadLetter(
            queue, backlog -> inbox.addDeadLetter(queue.consumer(), event, reason), kept, notKept));
  }

  /** Says whether anything waits in a queue. */
  void look(Queue queue, Consumer<Boolean> answer, Runnable noAnswer) {
    add(new BacklogOp.Look(queue, answer, noAnswer));
  }

  private void add(BacklogOp op) {
    synchronized (this) {
      if (!closed) {
        waiting.add(op);
        if (op.canWait() && waiting.size() < MOST_GATHERED) {
          gather();
        } else {
          plan(Duration.ZERO);
        }
        return;
      }
    }
    op.refused();
  }

  private void plan(Duration in) {
    if (!planned) {
      planned = true;
      if (in.isZero()) {
        timer.execute(this::run);
      } else {
        timer.schedule(this::run, in.toNanos(), TimeUnit.NANOSECONDS);
      }
    }
  }

  private void gather() {
    if (!planned && !gathering) {
      gathering = true;
      long millis =
          ThreadLocalRandom.current()
              .nextLong(SHORTEST_GATHERING.toMillis(), LONGEST_GATHERING.toMillis());
      timer.schedule(this::gathered, millis, TimeUnit.MILLISECONDS);
    }
  }

  private void gathered() {
    synchronized (this) {
      gathering = false;
      if (planned) {
        return; // the storage is away, or another run has just been planned
      }
    }
    run();
  }

  private static Set<BacklogOp> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private void run() {
    List<BacklogOp> batch;
    synchronized (this) {
      planned = false;
      batch = waiting;
      waiting = new ArrayList<>();
      open.addAll(batch);
    }
    List<BacklogOp> left = write(batch);
    synchronized (this) {
      left.removeIf(op -> !open.remove(op)); // refused meanwhile, because this took too long
      if (!left.isEmpty()) {
        left.addAll(waiting);
        waiting = left;
        plan(PAUSE);
      }
    }
  }

  /**
   * Goes on with another timer, because the thread of the last one does not come back. What that
   * one is writing is refused: what follows it must not wait for ever, and it may be written twice.
   */
  void goOnWith(ScheduledExecutorService other) {
    Set<BacklogOp> stuck;
    synchronized (this) {
      stuck = open;
      open = identitySet();
      timer = other;
      planned = false;
      gathering = false;
      if (!waiting.isEmpty()) {
        plan(Duration.ZERO);
      }
    }
    stuck.forEach(BacklogOp::refused);
  }

  private synchronized boolean settles(BacklogOp op) {
    return open.remove(op);
  }

  private void done(BacklogOp op) {
    if (settles(op)) {
      op.done();
    }
  }

  private void found(BacklogOp.Look look, boolean waits) {
    if (settles(look)) {
      look.answer().accept(waits);
    }
  }

  private void refused(BacklogOp op) {
    if (settles(op)) {
      op.refused();
    }
  }

  /** Writes a batch; returns what could not be written because the storage is unreachable. */
  private List<BacklogOp> write(List<BacklogOp> batch) {
    List<BacklogOp> left = new ArrayList<>();
    for (List<BacklogOp> ops : BacklogBatch.together(batch)) {
      if (!left.isEmpty() || !writeAll(ops)) {
        left.addAll(ops);
      }
    }
    return left;
  }

  /** False if the storage is away. What it refuses for itself does not hold up the others. */
  private boolean writeAll(List<BacklogOp> ops) {
    try {
      BacklogBatch.write(ops, context, this::found);
    } catch (UnavailableException e) {
      limitedLog.about("Consumers' backlogs cannot be written", e);
      return false;
    } catch (RuntimeException e) {
      if (ops.size() == 1) {
        log.error("A consumer's backlog refuses what is to be written", e);
        refused(ops.get(0));
        return true;
      }
      return writeSingly(ops);
    } catch (Error e) {
      limitedLog.about("Consumers' backlogs cannot be written", e);
      context.faults().caught(e);
      return false;
    }
    ops.forEach(this::done);
    return true;
  }

  private boolean writeSingly(List<BacklogOp> ops) {
    boolean reached = true;
    for (BacklogOp op : ops) {
      if (!reached || !writeAll(List.of(op))) {
        reached = false;
        if (settles(op)) {
          add(op);
        }
      }
    }
    return true;
  }

  /** Writes what is left, once. Its timer must have been shut down. */
  void close() {
    List<BacklogOp> batch;
    synchronized (this) {
      closed = true;
      batch = waiting;
      waiting = new ArrayList<>();
      open.addAll(batch);
    }
    List<BacklogOp> left;
    try {
      left = write(batch);
    } catch (Throwable e) {
      log.warn("What was to be written to consumers' backlogs is lost: {}", Reasons.of(e));
      left = batch;
    }
    left.forEach(this::refused);
  }
}
