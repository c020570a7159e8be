package com.techcorp.messaging.internal;

import com.techcorp.messaging.spi.BusContext;
import com.techcorp.messaging.spi.ConsumerBacklog;
import com.techcorp.messaging.spi.ConsumerBacklog.Move;
import com.techcorp.messaging.spi.ConsumerBacklog.Queue;
import com.techcorp.messaging.spi.ConsumerBacklog.Retry;
import com.techcorp.storage.Fence;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** Groups a batch's writes: by kind across queues, and in the requested order for each queue. */
final class BacklogBatch {
  private BacklogBatch() {}

  /** Returns the groups to write, in order. */
  static List<List<BacklogOp>> together(List<BacklogOp> batch) {
    List<List<BacklogOp>> all = new ArrayList<>();
    for (Map<BacklogOp.Kind, List<BacklogOp>> part : inSequence(batch)) {
      part.forEach(
          (kind, ops) -> {
            if (kind == BacklogOp.Kind.DEAD_LETTER) {
              ops.forEach(op -> all.add(List.of(op)));
            } else {
              all.add(ops);
            }
          });
    }
    return all;
  }

  /** Begins a part where a queue's next one would be written before its last one. */
  private static List<Map<BacklogOp.Kind, List<BacklogOp>>> inSequence(List<BacklogOp> batch) {
    List<Map<BacklogOp.Kind, List<BacklogOp>>> parts = new ArrayList<>();
    Map<Queue, BacklogOp.Kind> last = new HashMap<>();
    Map<BacklogOp.Kind, List<BacklogOp>> part = new EnumMap<>(BacklogOp.Kind.class);
    for (BacklogOp op : batch) {
      BacklogOp.Kind before = last.get(op.queue());
      if (before != null && op.kind().compareTo(before) < 0) {
        parts.add(part);
        part = new EnumMap<>(BacklogOp.Kind.class);
        last.clear();
      }
      last.put(op.queue(), op.kind());
      part.computeIfAbsent(op.kind(), kind -> new ArrayList<>()).add(op);
    }
    parts.add(part);
    return parts;
  }

  /** Writes what {@link #together} put together; {@code onFound} receives each look's answer. */
  static void write(
      List<BacklogOp> ops, BusContext context, BiConsumer<BacklogOp.Look, Boolean> onFound) {
    ConsumerBacklog backlog = context.backlog();
    switch (ops.get(0).kind()) {
      case MOVE -> backlog.add(context.lease().get(), merged(ops));
      case HANDLED ->
          backlog.remove(ops.stream().map(op -> ((BacklogOp.RemoveHandled) op).handled()).toList());
      case RETRY -> retry(backlog, context.lease().get(), ops);
      case DEAD_LETTER -> ((BacklogOp.DeadLetter) ops.get(0)).write().accept(backlog);
      case LOOK -> look(backlog, ops, onFound);
    }
  }

  /** A node without a lease holds no queue. */
  private static void retry(ConsumerBacklog backlog, @Nullable Fence holder, List<BacklogOp> ops) {
    if (holder != null) {
      Map<Queue, Retry> retries = new LinkedHashMap<>();
      ops.forEach(op -> retries.put(op.queue(), ((BacklogOp.Delay) op).retry()));
      backlog.retry(holder, retries.values());
    }
  }

  /** Merges moves, so that each queue has one, and leaves out what a later one supersedes. */
  private static List<Move> merged(List<BacklogOp> ops) {
    Map<Queue, Move> moves = new LinkedHashMap<>();
    for (BacklogOp op : ops) {
      Move move = ((BacklogOp.MoveEvents) op).move();
      moves.merge(move.queue(), move, Move::followedBy);
    }
    return Move.latest(moves.values());
  }

  private static void look(
      ConsumerBacklog backlog, List<BacklogOp> ops, BiConsumer<BacklogOp.Look, Boolean> onFound) {
    Set<Queue> found = backlog.waitingIn(ops.stream().map(BacklogOp::queue).toList());
    for (BacklogOp op : ops) {
      onFound.accept((BacklogOp.Look) op, found.contains(op.queue()));
    }
  }
}
