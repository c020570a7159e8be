package com.techcorp.amqp;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/** A stream that can send several writes of one thread together, although each is flushed. */
final class GatheringStream extends BufferedOutputStream {
  /** Holds back no more than this. */
  static final int BYTES = 64 << 10;

  private volatile @Nullable Thread gatherer;

  GatheringStream(OutputStream target) {
    super(target, BYTES);
  }

  /**
   * Runs what writes, ignores this thread's flushes meanwhile, and flushes at the end. A flush of
   * another thread sends all that was written so far. Only one thread may gather at a time.
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
