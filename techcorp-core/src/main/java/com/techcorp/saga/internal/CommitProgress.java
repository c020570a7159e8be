package com.techcorp.saga.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stands between a group commit and its storage and knows whether it still commits: it does not
 * once no batch was committed for as long as a lease lasts although some wait. Batches that the
 * storage refuses with an answer count: it is there, and the others can go on.
 */
final class CommitProgress implements UnitOfWork {
  private final UnitOfWork storage;
  private final Threads threads;
  private final long limitNanos;
  private final Map<Thread, Long> inside = new ConcurrentHashMap<>();
  private final AtomicLong committed = new AtomicLong();
  private volatile IntSupplier waiting = () -> 0;
  private long seen;
  private long fineAt;

  /** The thread that has been in one commit for longest, and for how long. */
  record Longest(String thread, Duration since) {}

  CommitProgress(UnitOfWork storage, Duration limit, Threads threads) {
    this.storage = storage;
    this.threads = threads;
    this.limitNanos = limit.toNanos();
    this.fineAt = threads.nanoTime();
  }

  /** How many write sets wait for a batch. */
  void waiting(IntSupplier works) {
    waiting = works;
  }

  @Override
  public List<CommitResult> commit(@Nullable Fence fence, List<WriteSet> batch) {
    inside.put(Thread.currentThread(), threads.nanoTime());
    try {
      List<CommitResult> results = storage.commit(fence, batch);
      committed.incrementAndGet();
      return results;
    } catch (UnstorableDataException | NotWrittenException e) {
      committed.incrementAndGet(); // the storage answered
      throw e;
    } finally {
      inside.remove(Thread.currentThread());
    }
  }

  @Override
  public boolean needsCare(WriteSet writeSet) {
    return storage.needsCare(writeSet);
  }

  /** Returns how long nothing was committed although write sets wait; zero if all is well. */
  synchronized Duration stuckFor() {
    long now = threads.nanoTime();
    long commits = committed.get();
    boolean waits = waiting.getAsInt() > 0 || !inside.isEmpty();
    if (!waits || commits != seen) {
      seen = commits;
      fineAt = now;
    }
    return Duration.ofNanos(now - fineAt);
  }

  /** Null while it commits. */
  @Nullable String obstacle() {
    Duration stuck = stuckFor();
    if (stuck.toNanos() <= limitNanos) {
      return null;
    }
    Longest longest = longest();
    String where =
        longest == null
            ? ""
            : "; thread " + longest.thread() + " has been in one commit for " + longest.since();
    return "no batch was committed for " + stuck + " although some wait" + where;
  }

  @Nullable Longest longest() {
    long now = threads.nanoTime();
    Longest longest = null;
    for (Map.Entry<Thread, Long> entry : inside.entrySet()) {
      Duration since = Duration.ofNanos(now - entry.getValue());
      if (longest == null || since.compareTo(longest.since()) > 0) {
        longest = new Longest(entry.getKey().getName(), since);
      }
    }
    return longest;
  }

  /** Returns how many batches were committed. */
  long committed() {
    return committed.get();
  }
}
