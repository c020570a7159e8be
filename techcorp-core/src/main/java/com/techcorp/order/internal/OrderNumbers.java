package com.techcorp.order.internal;

import com.techcorp.error.TechCorpException;
import com.techcorp.order.OrderStore.NumberBlock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out order numbers from reserved blocks, so that placing an order reserves none itself. Who
 * takes the number in the middle of a block reserves the next one, while others go on with the rest
 * of this one: nobody waits for the storage behind a lock.
 */
final class OrderNumbers {
  private static final Logger log = LoggerFactory.getLogger(OrderNumbers.class);
  private static final String ZEROS = "000000";

  private final Supplier<NumberBlock> storage;
  private @Nullable NumberBlock block;
  private @Nullable NumberBlock following;
  private boolean reserving;
  private int used;

  OrderNumbers(Supplier<NumberBlock> storage) {
    this.storage = storage;
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
      now = following == null ? storage.get() : following;
      block = now;
      following = null;
      used = 0;
    }
    return text(now.year(), now.first() + used++);
  }

  private synchronized boolean reservesAhead() {
    boolean low = block != null && used >= block.count() / 2;
    if (!low || reserving || following != null) {
      return false;
    }
    reserving = true;
    return true;
  }

  private void reserveAhead() {
    NumberBlock reserved = null;
    try {
      reserved = storage.get();
    } catch (TechCorpException e) {
      // This order has its number. Whoever finds the block used up tries again, and is told.
      log.debug("No numbers could be reserved ahead", e);
    } finally {
      reserved(reserved);
    }
  }

  private synchronized void reserved(@Nullable NumberBlock ahead) {
    following = ahead;
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
    following = null;
  }
}
