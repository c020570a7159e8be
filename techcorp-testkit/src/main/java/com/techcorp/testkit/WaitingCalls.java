package com.techcorp.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Calls that wait until a test lets them go on. */
final class WaitingCalls {
  private final List<CountDownLatch> calls = new ArrayList<>();

  void await() throws InterruptedException {
    CountDownLatch call = new CountDownLatch(1);
    synchronized (calls) {
      calls.add(call);
    }
    try {
      call.await();
    } finally {
      synchronized (calls) {
        calls.remove(call);
      }
    }
  }

  int count() {
    synchronized (calls) {
      return calls.size();
    }
  }

  int release() {
    synchronized (calls) {
      int released = calls.size();
      calls.forEach(CountDownLatch::countDown);
      calls.clear();
      return released;
    }
  }
}
