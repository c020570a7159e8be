package com.techcorp.order.internal;

import com.techcorp.error.Failure;
import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.KnownShortages;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.order.SoldOutOptions;
import com.techcorp.saga.spi.CommandExecutor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Refuses orders, from memory, for more of a product than was available a moment ago. */
final class SoldOutDoor {
  private final KnownShortages known;
  private final SoldOutOptions options;

  /** Callers inside who were turned away, or of whom it is not known yet. */
  private final AtomicInteger crowd = new AtomicInteger();

  SoldOutDoor(KnownShortages known, SoldOutOptions options) {
    this.known = known;
    this.options = options;
  }

  /** Returns whether refused orders are recorded, and not thrown. */
  boolean records() {
    return options.isRecorded(false);
  }

  /**
   * Returns why an order of these lines is refused without asking the storage; empty if the storage
   * is to be asked. Now and then that is one of many who could be refused.
   */
  Optional<Failure> refusal(List<StockLine> lines) {
    for (StockLine line : lines) {
      OptionalLong most = known.atMost(line.productId());
      if (fallsShort(line, most) && !known.mayAsk(line.productId())) {
        return Optional.of(StockEffect.outOfStock(line.productId(), most.getAsLong()));
      }
    }
    return Optional.empty();
  }

  private static boolean fallsShort(StockLine line, OptionalLong most) {
    return most.isPresent() && most.getAsLong() < line.quantity();
  }

  private boolean knowsShort(List<StockLine> lines) {
    return lines.stream().anyMatch(line -> fallsShort(line, known.atMost(line.productId())));
  }

  Visit visit(CommandExecutor commands) {
    return new Visit(commands);
  }

  /** A caller's visit, from before its permit until its answer. */
  final class Visit {
    private final CommandExecutor commands;
    private final AtomicBoolean inCrowd = new AtomicBoolean(true);
    private volatile boolean turnedAway;

    private Visit(CommandExecutor commands) {
      this.commands = commands;
      crowd.incrementAndGet();
    }

    /**
     * Returns why the order need not begin; null if it begins, be it only to be recorded as
     * cancelled.
     */
    @Nullable Failure known(List<StockLine> order) {
      turnedAway = knowsShort(order);
      if (!turnedAway) {
        leaveCrowd();
      }
      return records() ? null : refusal(order).orElse(null);
    }

    /** Ends the visit: the caller has its answer and its permit is released. */
    void over() {
      leaveCrowd();
    }

    private void leaveCrowd() {
      if (inCrowd.compareAndSet(true, false)) {
        crowd.decrementAndGet();
      }
    }

    /** Makes a refused caller wait on its own thread, holding nothing that others need. */
    void pace() {
      over();
      if (waits()) {
        commands.pause(options.pace());
      }
    }

    /** Delays an answer as {@link #pace} does, without a thread. */
    <T> CompletableFuture<T> paced(CompletableFuture<T> answer) {
      if (answer.isDone()) {
        over();
      }
      boolean waits = waits();
      answer.whenComplete((value, fault) -> over());
      if (!waits) {
        return answer;
      }
      CompletableFuture<T> later = new CompletableFuture<>();
      answer.whenComplete(
          (value, fault) -> commands.later(options.pace(), () -> complete(later, value, fault)));
      return later;
    }

    /** If all callers are refused ones, there is no other work to leave a share to. */
    private boolean waits() {
      return turnedAway && !options.pace().isZero() && commands.inFlight() > crowd.get();
    }

    private static <T> void complete(
        CompletableFuture<T> future, T value, @Nullable Throwable fault) {
      if (fault == null) {
        future.complete(value);
      } else {
        future.completeExceptionally(fault);
      }
    }
  }
}
