package com.techcorp.amqp;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A stream that can send what one thread writes in a row at once, however often it flushes. */
final class GatheringStream extends BufferedOutputStream {
  /** Holds back no more than this. */
  static final int BYTES = 64 << 10;

  private volatile @Nullable Thread gatherer;

  GatheringStream(OutputStream target) {
    super(target, BYTES);
  }

  /**
   * Ignores this thread's flushes while it writes, and flushes at the end. Another thread that
   * flushes sends what there is. One thread at a time.
   *
   * @throws IOException if it could not be sent in the end
   */
  void gather(Runnable writes) throws IOException {
    gatherer = Thread.currentThread();
    try {
      writes.run();
    } finally {
      gatherer = null;
      flush();
    }
  }

  @Override
  public synchronized void flush() throws IOException {
    if (gatherer != Thread.currentThread()) {
      super.flush();
    }
  }
}
