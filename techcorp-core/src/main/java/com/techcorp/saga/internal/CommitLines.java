package com.techcorp.saga.internal;

import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.WriteSet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Write sets that wait for a group commit, each in the line of its kind, and which line goes next.
 * Guarded by its {@link CommitQueue}.
 */
final class CommitLines {
  /** Sagas that are refused at their beginning. */
  final Line refused = new Line(true);

  private final Line beginning = new Line(false);
  private final Line goingOn = new Line(false);
  private final Line careful = new Line(true);
  final List<Line> all = List.of(goingOn, beginning, refused, careful);
  private final Predicate<WriteSet> needsCare;

  /** Write sets of one kind, in their order. */
  static final class Line {
    final Deque<PendingCommit> waiting = new ArrayDeque<>();

    /** Whether what else waits has its turn first. */
    final boolean side;

    private int passedOver;

    private Line(boolean side) {
      this.side = side;
    }

    /** Removes the first ones, but of several with one id only the first. */
    CommitBatch take(int most) {
      List<PendingCommit> batch = new ArrayList<>();
      Set<UUID> ids = new HashSet<>();
      Iterator<PendingCommit> next = waiting.iterator();
      Throwable fault = null;
      try {
        while (batch.size() < most && next.hasNext()) {
          PendingCommit item = next.next();
          if (ids.add(item.writeSet().id())) {
            batch.add(item);
            next.remove();
          }
        }
      } catch (Throwable e) {
        fault = e; // no memory for more: what was taken so far is not to be lost
      }
      return new CommitBatch(batch, side, fault);
    }
  }

  CommitLines(Predicate<WriteSet> needsCare) {
    this.needsCare = needsCare;
  }

  Line lineOf(PendingCommit item) {
    if (item.refused()) {
      return refused;
    }
    if (needsCare.test(item.writeSet())) {
      return careful;
    }
    return begins(item.writeSet()) ? beginning : goingOn;
  }

  private static boolean begins(WriteSet writeSet) {
    return writeSet.effects().stream()
        .anyMatch(
            effect ->
                effect instanceof SagaEffect.Create create && create.id().equals(writeSet.id()));
  }

  /**
   * The line that was passed over most often, then the longest; the sides not before their turn.
   *
   * @return null if none waits that may begin
   */
  @Nullable Line next(Predicate<Line> mayBegin) {
    Line next = null;
    for (Line line : all) {
      boolean there = !line.waiting.isEmpty() && mayBegin.test(line);
      if (there && (next == null || goesBefore(line, next))) {
        next = line;
      }
    }
    if (next != null) {
      for (Line line : all) {
        boolean waits = line != next && !line.waiting.isEmpty() && mayBegin.test(line);
        line.passedOver = waits ? line.passedOver + 1 : 0;
      }
    }
    return next;
  }

  private static boolean goesBefore(Line one, Line other) {
    if (one.passedOver != other.passedOver) {
      return one.passedOver > other.passedOver;
    }
    return one.side == other.side ? one.waiting.size() > other.waiting.size() : other.side;
  }

  boolean remove(PendingCommit item) {
    return all.stream().anyMatch(line -> line.waiting.remove(item));
  }

  /** Removes and returns all. */
  List<PendingCommit> clear() {
    List<PendingCommit> items = new ArrayList<>();
    for (Line line : all) {
      items.addAll(line.waiting);
      line.waiting.clear();
    }
    return items;
  }

  int size() {
    return all.stream().mapToInt(line -> line.waiting.size()).sum();
  }
}
