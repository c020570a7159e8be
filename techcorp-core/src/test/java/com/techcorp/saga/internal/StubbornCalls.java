package com.techcorp.saga.internal;

import com.techcorp.saga.RemoteCall;
import com.techcorp.saga.StepResult;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Calls that take no notice of an interruption, as a read from a silent socket does. */
final class StubbornCalls implements RemoteCall<String> {
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger under = new AtomicInteger();

  @Override
  public StepResult<String> call(String data, Context context) {
    under.incrementAndGet();
    while (true) {
      try {
        release.await();
        under.decrementAndGet();
        return StepResult.done(data);
      } catch (InterruptedException e) {
        // A socket would not notice.
      }
    }
  }

  /** How many have not come back. */
  int under() {
    return under.get();
  }

  void release() {
    release.countDown();
  }
}
