package com.techcorp.order.internal;

import com.techcorp.error.TechCorpException;
import com.techcorp.order.spi.OrderStore.NumberBlock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out order numbers from reserved blocks, so that placing an order reserves none itself. The
 * caller that takes the middle number of the last block reserves more, while others use the rest of
 * the block; no caller waits for the storage under a lock. Where a reservation does not last for
 * long, the next one is of twice as many blocks, so that a busy process asks now and then and a
 * quiet one leaves small gaps. Thread-safe.
 */
final class OrderNumbers {
  private static final Logger log = LoggerFactory.getLogger(OrderNumbers.class);
  private static final String ZEROS = "000000";

  /** The time for which a reservation should last, about. */
  private static final long LASTS_NANOS = TimeUnit.SECONDS.toNanos(1);

  private static final int MOST_BLOCKS = 16;

  private final IntFunction<List<NumberBlock>> storage;
  private final LongSupplier nanoTime;
  private final Deque<NumberBlock> ahead = new ArrayDeque<>();
  private @Nullable NumberBlock block;
  private boolean reserving;
  private int used;
  private int blocks = 1;
  private long reservedAt;

  /**
   * Creates a source that has reserved no numbers.
   *
   * @param storage reserves a number of blocks
   * @param nanoTime a monotonic time
   */
  OrderNumbers(IntFunction<List<NumberBlock>> storage, LongSupplier nanoTime) {
    this.storage = storage;
    this.nanoTime = nanoTime;
    this.reservedAt = nanoTime.getAsLong() - LASTS_NANOS;
  }

  String next() {
    String number = taken();
    if (reservesAhead()) {
      reserveAhead();
    }
    return number;
  }

  private synchronized String taken() {
    NumberBlock now = block;
    if (now == null || used == now.count()) {
      if (ahead.isEmpty()) {
        ahead.addAll(storage.apply(1));
      }
      now = ahead.remove();
      block = now;
      used = 0;
    }
    return text(now.year(), now.first() + used++);
  }

  private synchronized boolean reservesAhead() {
    boolean low = block != null && used >= block.count() / 2;
    if (!low || reserving || !ahead.isEmpty()) {
      return false;
    }
    reserving = true;
    long now = nanoTime.getAsLong();
    boolean soon = now - reservedAt < LASTS_NANOS;
    blocks = soon ? Math.min(2 * blocks, MOST_BLOCKS) : Math.max(blocks / 2, 1);
    reservedAt = now;
    return true;
  }

  private void reserveAhead() {
    List<NumberBlock> reserved = List.of();
    try {
      reserved = storage.apply(wanted());
    } catch (TechCorpException e) {
      // This order has its number. A caller that finds the block used up tries again.
      log.debug("No numbers could be reserved ahead", e);
    } finally {
      reserved(reserved);
    }
  }

  private synchronized int wanted() {
    return blocks;
  }

  private synchronized void reserved(List<NumberBlock> more) {
    ahead.addAll(more);
    reserving = false;
  }

  private static String text(int year, long number) {
    String digits = Long.toString(number);
    String zeros = ZEROS.substring(Math.min(ZEROS.length(), digits.length()));
    return "TC-" + year + "-" + zeros + digits;
  }

  /** The year has changed: what is left of the blocks is not used. */
  synchronized void discard() {
    block = null;
    ahead.clear();
  }
}
