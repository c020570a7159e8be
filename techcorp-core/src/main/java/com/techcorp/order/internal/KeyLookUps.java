package com.techcorp.order.internal;

import com.techcorp.error.UnavailableException;
import com.techcorp.order.spi.IdempotencyKeys;
import com.techcorp.order.spi.IdempotencyKeys.Used;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Looks keys up, those that are asked for meanwhile together: a crowd that asks again and again for
 * what is sold out costs the storage a query for each hundred of them. Thread-safe.
 */
final class KeyLookUps implements IdempotencyKeys {
  private static final int MOST = 256;

  private final IdempotencyKeys keys;
  private final Deque<Asked> waiting = new ArrayDeque<>();
  private final Predicate<CompletableFuture<Boolean>> waits;

  /** The caller that runs the query, or is about to; null if the next caller is to. */
  private @Nullable Asked leader;

  /**
   * @param waits waits as long as a caller may wait and gives the answer, or throws {@link
   *     Unavailable}
   */
  KeyLookUps(IdempotencyKeys keys, Predicate<CompletableFuture<Boolean>> waits) {
    this.keys = keys;
    this.waits = waits;
  }

  /** A caller that waits; its turn is true if it is to look, false if it was answered. */
  private static final class Asked {
    final IdempotencyKeys.Key key;
    final CompletableFuture<Boolean> turn = new CompletableFuture<>();
    @Nullable Used used;
    @Nullable RuntimeException fault;

    Asked(IdempotencyKeys.Key key) {
      this.key = key;
    }

    Optional<Used> answer() {
      if (fault != null) {
        throw fault;
      }
      return Optional.ofNullable(used);
    }
  }

  @Override
  public Optional<Used> find(UUID caller, String key) {
    Asked mine = new Asked(new IdempotencyKeys.Key(caller, key));
    Asked before;
    synchronized (this) {
      before = leader;
      if (before == null) {
        leader = mine;
        waiting.addFirst(mine);
      } else {
        waiting.addLast(mine);
      }
    }
    if (before == null || isToLook(mine, before)) {
      look(mine, next());
    }
    return mine.answer();
  }

  /** A query that hangs fails its own waiters and does not affect later callers. */
  private boolean isToLook(Asked mine, Asked before) {
    try {
      return waits.test(mine.turn);
    } catch (UnavailableException e) {
      synchronized (this) {
        if (leader == mine) {
          return true;
        }
        waiting.remove(mine);
        if (leader == before) {
          leader = null;
        }
      }
      throw e;
    }
  }

  /** Returns how many wait for the next query. */
  synchronized int waiting() {
    return waiting.size();
  }

  private synchronized List<Asked> next() {
    List<Asked> batch = new ArrayList<>();
    while (batch.size() < MOST && !waiting.isEmpty()) {
      batch.add(waiting.removeFirst());
    }
    return batch;
  }

  private void look(Asked mine, List<Asked> batch) {
    batch.forEach(
        asked -> asked.fault = new UnavailableException("looking up an idempotency key failed"));
    try {
      Map<IdempotencyKeys.Key, Used> found =
          keys.findAll(batch.stream().map(asked -> asked.key).toList());
      for (Asked asked : batch) {
        asked.used = found.get(asked.key);
        asked.fault = null;
      }
    } catch (RuntimeException e) {
      batch.forEach(asked -> asked.fault = e);
    } finally {
      handOn(mine, batch);
    }
  }

  private void handOn(Asked mine, List<Asked> answered) {
    Asked next = null;
    synchronized (this) {
      if (leader == mine) {
        next = waiting.peekFirst();
        leader = next;
      }
    }
    if (next != null) {
      next.turn.complete(true);
    }
    answered.forEach(asked -> asked.turn.complete(false));
  }
}
