package com.techcorp.search.internal;

import com.techcorp.concurrent.Threads;
import com.techcorp.search.spi.IndexJournal;
import java.time.Instant;
import java.time.InstantSource;

/**
 * The journal's time, read once and measured from then on: it is the same in all processes,
 * whatever their own clocks say, and costs no call. Thread-safe.
 */
public final class JournalTime implements InstantSource {
  private final Threads threads;
  private final Instant read;
  private final long readAt;

  /**
   * Reads the journal's time.
   *
   * @param journal whose time
   * @param threads measures
   */
  public JournalTime(IndexJournal journal, Threads threads) {
    this.threads = threads;
    this.read = journal.now();
    this.readAt = threads.nanoTime();
  }

  @Override
  public Instant instant() {
    return read.plusNanos(threads.nanoTime() - readAt);
  }
}
