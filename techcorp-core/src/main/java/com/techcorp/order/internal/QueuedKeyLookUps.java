package com.techcorp.order.internal;

import com.techcorp.error.UnavailableException;
import com.techcorp.order.spi.IdempotencyKeys;
import com.techcorp.order.spi.IdempotencyKeys.Used;
import com.techcorp.saga.spi.CommandExecutor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Looks keys up for callers whose threads must not wait, those that are asked for meanwhile
 * together. Callers that wait have {@link KeyLookUps}, which does the same on their own threads.
 * Thread-safe.
 */
final class QueuedKeyLookUps {
  private static final int MOST = 256;

  /** A query waits for the server most of the time, and a processor would wait with it. */
  private static final int QUERIES = 2;

  /** A query costs as much as some tens of keys: for fewer a second one does not pay. */
  private static final int WORTH_A_SECOND = 64;

  private final IdempotencyKeys keys;
  private final CommandExecutor commands;
  private final Deque<Asked> waiting = new ArrayDeque<>();
  private int queries;

  QueuedKeyLookUps(IdempotencyKeys keys, CommandExecutor commands) {
    this.keys = keys;
    this.commands = commands;
  }

  private record Asked(IdempotencyKeys.Key key, CompletableFuture<Optional<Used>> answer) {}

  /** A query and its result or failure. */
  private record Look(List<Asked> batch, CompletableFuture<Map<IdempotencyKeys.Key, Used>> found) {}

  /**
   * Looks a key up.
   *
   * @return completes with what it was used for, on a thread that may block; fails with {@link
   *     Unavailable} if that takes longer than a caller has
   */
  CompletableFuture<Optional<Used>> find(UUID caller, String key) {
    Asked asked = new Asked(new IdempotencyKeys.Key(caller, key), new CompletableFuture<>());
    Look next;
    synchronized (this) {
      waiting.add(asked);
      next = next();
    }
    begin(next);
    return asked.answer();
  }

  /**
   * Returns the next query for waiting keys; null if they wait for a query under way. Under the
   * lock.
   */
  private @Nullable Look next() {
    int least = queries == 0 ? 1 : WORTH_A_SECOND;
    if (queries == QUERIES || waiting.size() < least) {
      return null;
    }
    List<Asked> batch = new ArrayList<>();
    while (batch.size() < MOST && !waiting.isEmpty()) {
      batch.add(waiting.remove());
    }
    queries++;
    return new Look(batch, new CompletableFuture<>());
  }

  private void begin(@Nullable Look look) {
    if (look == null) {
      return;
    }
    // A query that hangs fails its own waiters and does not affect later callers.
    look.found().whenComplete((found, fault) -> end(look, found, fault));
    commands.limit(look.found());
    commands.run(() -> query(look));
  }

  private void query(Look look) {
    try {
      look.found().complete(keys.findAll(look.batch().stream().map(Asked::key).toList()));
    } catch (Throwable e) {
      look.found().completeExceptionally(e);
      if (e instanceof Error) {
        throw e; // the engine must know of it
      }
    }
  }

  private void end(
      Look look, @Nullable Map<IdempotencyKeys.Key, Used> found, @Nullable Throwable fault) {
    Look next;
    synchronized (this) {
      queries--;
      next = next();
    }
    begin(next);
    for (Asked asked : look.batch()) {
      if (found != null) {
        asked.answer().complete(Optional.ofNullable(found.get(asked.key())));
      } else {
        asked
            .answer()
            .completeExceptionally(fault instanceof RuntimeException ? fault : failed(fault));
      }
    }
  }

  private static UnavailableException failed(@Nullable Throwable fault) {
    return new UnavailableException("looking up an idempotency key failed", fault);
  }
}
