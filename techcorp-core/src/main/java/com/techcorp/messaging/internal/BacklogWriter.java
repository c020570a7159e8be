package com.techcorp.messaging.internal;

import com.techcorp.error.Unavailable;
import com.techcorp.error.internal.Reasons;
import com.techcorp.messaging.BusContext;
import com.techcorp.messaging.ConsumerBacklog;
import com.techcorp.messaging.ConsumerBacklog.Handled;
import com.techcorp.messaging.ConsumerBacklog.Move;
import com.techcorp.messaging.ConsumerBacklog.Stream;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.Inbox;
import com.techcorp.saga.Fence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the consumers' backlogs, for all lanes on one thread: while one batch is being written
 * the next one gathers. What cannot be written because the storage is away is written later.
 * Thread-safe; answers come on its own thread.
 *
 * <p>Within a batch moves come first and look-ups last. For one stream that is the order in which
 * they were asked for, or one that ends the same.
 */
final class BacklogWriter {
  private static final Logger log = LoggerFactory.getLogger(BacklogWriter.class);
  private static final Duration PAUSE = Duration.ofMillis(250);

  private final BusContext context;
  private final Inbox inbox;
  private final Complaints complaints;
  private List<Op> waiting = new ArrayList<>();
  private boolean planned;
  private boolean closed;
  private ScheduledExecutorService timer;

  /** What is being written and not settled yet: each is settled once. */
  private Set<Op> open = identitySet();

  BacklogWriter(BusContext context, Inbox inbox, ScheduledExecutorService timer) {
    this.context = context;
    this.inbox = inbox;
    this.timer = timer;
    this.complaints = new Complaints(log, context.threads()::nanoTime);
  }

  /** Something to write, and who is told what became of it. */
  private sealed interface Op {
    void done();

    void refused();
  }

  private record MoveOp(Move move, Runnable kept, Runnable notKept) implements Op {
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
    public void done() {
      gone.run();
    }

    /** It is handed over again. */
    @Override
    public void refused() {
      gone.run();
    }
  }

  /** Anything else about one stream. */
  private record StreamOp(Consumer<ConsumerBacklog> write, Runnable written, Runnable notWritten)
      implements Op {
    @Override
    public void done() {
      written.run();
    }

    @Override
    public void refused() {
      notWritten.run();
    }
  }

  private record LookOp(Stream stream, Consumer<Boolean> answer, Runnable noAnswer) implements Op {
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

  /** Has a stream's first event wait. */
  void retry(Stream stream, int attempts, Duration delay, String reason, Runnable done) {
    add(
        new StreamOp(
            backlog -> {
              Fence holder = context.lease().get();
              if (holder != null) {
                backlog.retry(holder, stream, attempts, delay, reason);
              }
            },
            done,
            done));
  }

  /** Moves an event of a backlog, or all of a stream, to the dead letters. */
  void bury(Stream stream, @Nullable Event event, String reason, Runnable done) {
    add(new StreamOp(backlog -> backlog.bury(stream, event, reason), done, done));
  }

  /** Keeps an event that is not in the backlog as a dead letter. */
  void buryAtOnce(Stream stream, Event event, String reason, Runnable kept, Runnable notKept) {
    add(new StreamOp(backlog -> inbox.bury(stream.consumer(), event, reason), kept, notKept));
  }

  /** Says whether anything waits in a stream. */
  void look(Stream stream, Consumer<Boolean> answer, Runnable noAnswer) {
    add(new LookOp(stream, answer, noAnswer));
  }

  private void add(Op op) {
    synchronized (this) {
      if (!closed) {
        waiting.add(op);
        plan(Duration.ZERO);
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
    List<List<Op>> kinds = new ArrayList<>();
    kinds.add(of(batch, MoveOp.class));
    kinds.add(of(batch, HandledOp.class));
    of(batch, StreamOp.class).forEach(op -> kinds.add(List.of(op)));
    kinds.add(of(batch, LookOp.class));
    List<Op> left = new ArrayList<>();
    for (List<Op> ops : kinds) {
      if (!left.isEmpty() || !writeAll(ops)) {
        left.addAll(ops);
      }
    }
    return left;
  }

  private static List<Op> of(List<Op> batch, Class<? extends Op> kind) {
    return batch.stream().filter(kind::isInstance).toList();
  }

  /** False if the storage is away. What it refuses for itself does not hold up the others. */
  private boolean writeAll(List<Op> ops) {
    if (ops.isEmpty()) {
      return true;
    }
    try {
      if (ops.get(0) instanceof LookOp) {
        look(ops);
      } else {
        writeOnce(ops);
      }
    } catch (Unavailable e) {
      complaints.about("Consumers' backlogs cannot be written", e);
      return false;
    } catch (RuntimeException e) {
      if (ops.size() == 1) {
        log.error("A consumer's backlog refuses what is to be written", e);
        refused(ops.get(0));
        return true;
      }
      return writeSingly(ops);
    } catch (Error e) {
      complaints.about("Consumers' backlogs cannot be written", e);
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
    if (ops.get(0) instanceof MoveOp) {
      backlog.add(context.lease().get(), merged(ops));
    } else if (ops.get(0) instanceof HandledOp) {
      backlog.remove(ops.stream().map(op -> ((HandledOp) op).handled()).toList());
    } else {
      ((StreamOp) ops.get(0)).write().accept(backlog);
    }
  }

  /** One move for each stream. */
  private static List<Move> merged(List<Op> ops) {
    Map<Stream, Move> moves = new LinkedHashMap<>();
    for (Op op : ops) {
      Move move = ((MoveOp) op).move();
      moves.merge(
          move.stream(),
          move,
          (first, next) -> {
            List<Event> events = new ArrayList<>(first.events());
            events.addAll(next.events());
            return new Move(
                first.stream(), events, first.attempts(), first.delay(), first.reason());
          });
    }
    return List.copyOf(moves.values());
  }

  private void look(List<Op> ops) {
    Set<Stream> found =
        context.backlog().waitingIn(ops.stream().map(op -> ((LookOp) op).stream()).toList());
    for (Op op : ops) {
      LookOp look = (LookOp) op;
      if (settles(op)) {
        look.answer().accept(found.contains(look.stream()));
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
