package com.techcorp.error.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.error.TokenRedaction;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** So many lines a minute of one kind; the rest are counted. */
class FaultLogTest {
  private final AtomicLong time = new AtomicLong(Long.MAX_VALUE - 5);
  private final FaultLog faults =
      new FaultLog(LoggerFactory.getLogger(FaultLogTest.class), 2, time::get);

  private void fail(String step, Throwable fault) {
    faults.warn("step " + step + " failed", step, fault, TokenRedaction.NONE);
  }

  @Test
  void ofOneKindSoManyAreLoggedAndTheRestCounted() {
    for (int i = 0; i < 5; i++) {
      fail("pay", new IllegalStateException("503"));
    }

    assertThat(faults.logged()).isEqualTo(2);
    assertThat(faults.suppressed()).isEqualTo(3);
  }

  @Test
  void anotherClassOrStepIsAKindOfItsOwn() {
    for (int i = 0; i < 3; i++) {
      fail("pay", new IllegalStateException("503"));
      fail("pay", new NoClassDefFoundError("com/host/Points"));
      fail("points", new IllegalStateException("503"));
    }

    assertThat(faults.logged()).isEqualTo(6);
    assertThat(faults.suppressed()).isEqualTo(3);
  }

  @Test
  void aMinuteLaterTheyAreLoggedAgain() {
    fail("pay", new IllegalStateException("503"));
    fail("pay", new IllegalStateException("503"));
    fail("pay", new IllegalStateException("503"));

    time.addAndGet(TimeUnit.MINUTES.toNanos(1));
    fail("pay", new IllegalStateException("503"));

    assertThat(faults.logged()).isEqualTo(3);
    assertThat(faults.suppressed()).isEqualTo(1);
  }

  @Test
  void kindsWithoutEndFillNoMemory() {
    for (int i = 0; i < 5_000; i++) {
      fail("step " + i, new IllegalStateException("503"));
    }
    assertThat(faults.logged()).isEqualTo(1_000);
    assertThat(faults.suppressed()).isEqualTo(4_000);

    time.addAndGet(TimeUnit.MINUTES.toNanos(1));
    fail("a step of later", new IllegalStateException("503"));

    assertThat(faults.logged()).isEqualTo(1_001);
  }
}
