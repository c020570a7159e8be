package com.techcorp.saga.internal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Calls to one service that wait for a place, in two lines: those of due work, such as refunds, and
 * those of what begins. Each line is served in its order and gets every other place while both
 * wait, so that no number of new orders keeps a refund waiting. Not thread-safe.
 */
final class CallQueue {
  private final Deque<LimitedCall<?>> due = new ArrayDeque<>();
  private final Deque<LimitedCall<?>> fresh = new ArrayDeque<>();
  private boolean dueWasLast;

  void add(LimitedCall<?> call) {
    lineOf(call).addLast(call);
  }

  boolean isEmpty() {
    return due.isEmpty() && fresh.isEmpty();
  }

  /** The next to get a place; there must be one. */
  LimitedCall<?> removeNext() {
    boolean takesDue = fresh.isEmpty() || (!due.isEmpty() && !dueWasLast);
    dueWasLast = takesDue;
    return (takesDue ? due : fresh).removeFirst();
  }

  void remove(LimitedCall<?> call) {
    lineOf(call).removeFirstOccurrence(call); // mostly the first one
  }

  /** Removes and returns all waiting calls. */
  List<LimitedCall<?>> clear() {
    List<LimitedCall<?>> all = new ArrayList<>(due);
    all.addAll(fresh);
    due.clear();
    fresh.clear();
    return all;
  }

  private Deque<LimitedCall<?>> lineOf(LimitedCall<?> call) {
    return call.request.due() ? due : fresh;
  }
}
