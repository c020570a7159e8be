package com.techcorp.messaging.internal;

import com.techcorp.error.Reasons;
import com.techcorp.error.UnavailableException;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Inbox;
import com.techcorp.messaging.spi.BusContext;
import com.techcorp.messaging.spi.ConsumerBacklog;
import com.techcorp.messaging.spi.ConsumerBacklog.Handled;
import com.techcorp.messaging.spi.ConsumerBacklog.Move;
import com.techcorp.messaging.spi.ConsumerBacklog.Queue;
import com.techcorp.messaging.spi.ConsumerBacklog.Retry;
import com.techcorp.storage.Fence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

  /** Written at once when there are so many. */
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
  private List<Op> waiting = new ArrayList<>();

  /** A run comes at once, or when the storage may be back. */
  private boolean planned;

  /** A run comes when enough has gathered. */
  private boolean gathering;

  private boolean closed;
  private ScheduledExecutorService timer;

  /** What is being written and not settled yet: each is settled once. */
  private Set<Op> open = identitySet();

  BacklogWriter(BusContext context, Inbox inbox, ScheduledExecutorService timer) {
    this.context = context;
    this.inbox = inbox;
    this.timer = timer;
    this.limitedLog = new RateLimitedLog(log, context.threads()::nanoTime);
  }

  /** What is written together, in the order of a batch. */
  private enum Kind {
    MOVE,
    HANDLED,
    RETRY,
    DEAD_LETTER,
    LOOK
  }

  /** Something to write, and who is told what became of it. */
  private sealed interface Op {
    Kind kind();

    Queue queue();

    /** Whether nothing waits for it to be written. */
    default boolean canWait() {
      return false;
    }

    void done();

    void refused();
  }

  private record MoveOp(Move move, Runnable kept, Runnable notKept) implements Op {
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
      return !move.delay().isZero();
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

  private record HandledOp(Handled handled, Runnable gone) implements Op {
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

    /** It is handed over again. */
    @Override
    public void refused() {
      gone.run();
    }
  }

  private record RetryOp(Retry retry, Runnable written) implements Op {
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

    /** It is handed over again, sooner. */
    @Override
    public void refused() {
      written.run();
    }
  }

  private record DeadLetterOp(
      Queue queue, Consumer<ConsumerBacklog> write, Runnable written, Runnable notWritten)
      implements Op {
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

  private record LookOp(Queue queue, Consumer<Boolean> answer, Runnable noAnswer) implements Op {
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

  /** Moves events to the backlog. */
  void move(Move move, Runnable kept, Runnable notKept) {
    add(new MoveOp(move, kept, notKept));
  }

  /** Removes what was handled. */
  void handled(Handled handled, Runnable gone) {
    add(new HandledOp(handled, gone));
  }

  /** Has a queue's first event wait. */
  void retry(Retry retry, Runnable done) {
    add(new RetryOp(retry, done));
  }

  /** Moves an event of a backlog, or all of a queue, to the dead letters. */
  void moveToDeadLetters(Queue queue, @Nullable Event event, String reason, Runnable done) {
    add(
        new DeadLetterOp(
            queue, backlog -> backlog.moveToDeadLetters(queue, event, reason), done, done));
  }

  /** Keeps an event that is not in the backlog as a dead letter. */
  void addDeadLetter(Queue queue, Event event, String reason, Runnable kept, Runnable notKept) {
    add(
        new DeadLetterOp(
            queue, backlog -> inbox.addDeadLetter(queue.consumer(), event, reason), kept, notKept));
  }

  /** Says whether anything waits in a queue. */
  void look(Queue queue, Consumer<Boolean> answer, Runnable noAnswer) {
    add(new LookOp(queue, answer, noAnswer));
  }

  private void add(Op op) {
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

  private static Set<Op> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private void run() {
    List<Op> batch;
    synchronized (this) {
      planned = false;
      batch = waiting;
      waiting = new ArrayList<>();
      open.addAll(batch);
    }
    List<Op> left = write(batch);
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
    Set<Op> stuck;
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
    stuck.forEach(Op::refused);
  }

  private synchronized boolean settles(Op op) {
    return open.remove(op);
  }

  private void done(Op op) {
    if (settles(op)) {
      op.done();
    }
  }

  private void refused(Op op) {
    if (settles(op)) {
      op.refused();
    }
  }

  /** What could not be written because the storage is away. */
  private List<Op> write(List<Op> batch) {
    List<Op> left = new ArrayList<>();
    for (List<Op> ops : together(batch)) {
      if (!left.isEmpty() || !writeAll(ops)) {
        left.addAll(ops);
      }
    }
    return left;
  }

  /** What is written at once, in turn. */
  private static List<List<Op>> together(List<Op> batch) {
    List<List<Op>> all = new ArrayList<>();
    for (Map<Kind, List<Op>> part : inSequence(batch)) {
      part.forEach(
          (kind, ops) -> {
            if (kind == Kind.DEAD_LETTER) {
              ops.forEach(op -> all.add(List.of(op)));
            } else {
              all.add(ops);
            }
          });
    }
    return all;
  }

  /** Begins a part where a queue's next one would be written before its last one. */
  private static List<Map<Kind, List<Op>>> inSequence(List<Op> batch) {
    List<Map<Kind, List<Op>>> parts = new ArrayList<>();
    Map<Queue, Kind> last = new HashMap<>();
    Map<Kind, List<Op>> part = new EnumMap<>(Kind.class);
    for (Op op : batch) {
      Kind before = last.get(op.queue());
      if (before != null && op.kind().compareTo(before) < 0) {
        parts.add(part);
        part = new EnumMap<>(Kind.class);
        last.clear();
      }
      last.put(op.queue(), op.kind());
      part.computeIfAbsent(op.kind(), kind -> new ArrayList<>()).add(op);
    }
    parts.add(part);
    return parts;
  }

  /** False if the storage is away. What it refuses for itself does not hold up the others. */
  private boolean writeAll(List<Op> ops) {
    try {
      writeOnce(ops);
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

  private boolean writeSingly(List<Op> ops) {
    boolean reached = true;
    for (Op op : ops) {
      if (!reached || !writeAll(List.of(op))) {
        reached = false;
        if (settles(op)) {
          add(op);
        }
      }
    }
    return true;
  }

  private void writeOnce(List<Op> ops) {
    ConsumerBacklog backlog = context.backlog();
    switch (ops.get(0).kind()) {
      case MOVE -> backlog.add(context.lease().get(), merged(ops));
      case HANDLED -> backlog.remove(ops.stream().map(op -> ((HandledOp) op).handled()).toList());
      case RETRY -> retry(backlog, ops);
      case DEAD_LETTER -> ((DeadLetterOp) ops.get(0)).write().accept(backlog);
      case LOOK -> look(backlog, ops);
    }
  }

  /** A node without a lease holds no queue. */
  private void retry(ConsumerBacklog backlog, List<Op> ops) {
    Fence holder = context.lease().get();
    if (holder != null) {
      Map<Queue, Retry> retries = new LinkedHashMap<>();
      ops.forEach(op -> retries.put(op.queue(), ((RetryOp) op).retry()));
      backlog.retry(holder, retries.values());
    }
  }

  /** One move for each queue. */
  private static List<Move> merged(List<Op> ops) {
    Map<Queue, Move> moves = new LinkedHashMap<>();
    for (Op op : ops) {
      Move move = ((MoveOp) op).move();
      moves.merge(
          move.queue(),
          move,
          (first, next) -> {
            List<Event> events = new ArrayList<>(first.events());
            events.addAll(next.events());
            return new Move(first.queue(), events, first.attempts(), first.delay(), first.reason());
          });
    }
    return List.copyOf(moves.values());
  }

  private void look(ConsumerBacklog backlog, List<Op> ops) {
    Set<Queue> found = backlog.waitingIn(ops.stream().map(Op::queue).toList());
    for (Op op : ops) {
      LookOp look = (LookOp) op;
      if (settles(op)) {
        look.answer().accept(found.contains(look.queue()));
      }
    }
  }

  /** Writes what is left, once. Its timer must have been shut down. */
  void close() {
    List<Op> batch;
    synchronized (this) {
      closed = true;
      batch = waiting;
      waiting = new ArrayList<>();
      open.addAll(batch);
    }
    List<Op> left;
    try {
      left = write(batch);
    } catch (Throwable e) {
      log.warn("What was to be written to consumers' backlogs is lost: {}", Reasons.of(e));
      left = batch;
    }
    left.forEach(this::refused);
  }
}
