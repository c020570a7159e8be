package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.testkit.SimulatedGateway;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Far more is asked for than can be done. */
@Tag("alone")
class OverloadIT {
  private static final int CALLERS = 1_000;
  private static final int IN_FLIGHT = 500;

  private Fleet fleet;

  @BeforeEach
  void open() {
    fleet =
        // 256 calls at once: 640 orders a second are what can be done, and leave time to refuse
        Fleet.fresh(SimulatedGateway.builder().latency(Duration.ofMillis(400)))
            .with("inFlight", IN_FLIGHT);
  }

  @AfterEach
  void close() {
    fleet.close();
  }

  @Test
  @Tag("T24")
  @DisplayName("T24 1,000 callers ask for ten times as much as can be done, for 8 s")
  void overloaded() {
    overloaded(Duration.ofSeconds(8));
  }

  @Test
  @Tag("soak")
  @DisplayName("1,000 callers ask for ten times as much as can be done, for 60 s")
  void overloadedForLong() {
    overloaded(Duration.ofSeconds(60));
  }

  private void overloaded(Duration time) {
    // given: a process that knows its work
    Worker worker = fleet.start("busy");
    worker.tell("place 500 32 warm");
    worker.await("done");
    fleet.awaitRest(TestShop.PATIENCE);
    long before = heap(worker);

    // when
    worker.load(CALLERS, Duration.ofMillis(20));
    pass(time.dividedBy(2));
    long half = heap(worker);
    pass(time.dividedBy(2));
    long end = heap(worker);
    long[] figures = worker.stopLoad();
    fleet.judge();
    long after = heap(worker);

    // then
    long accepted = worker.placed().size() - 500;
    System.out.printf(
        "%d callers for %s: %d attempts, %d accepted, %d refused after %d µs (mean; longest %d µs)%n",
        CALLERS, time, figures[0] - 500, accepted, figures[1], figures[2], figures[3]);
    System.out.printf(
        "used heap: %d MB before, %d and %d MB under load, %d MB after%n",
        before >> 20, half >> 20, end >> 20, after >> 20);
    // Who is refused comes again after 20 ms; who waited for a place would come again as seldom as
    // those who got one. How long a refusal takes, and how many there are, is for a quiet machine
    // to say: both are printed.
    assertThat(figures[0] - 500).isGreaterThan(10 * accepted);
    assertThat(worker.failed()).as("errors other than Overloaded").isEmpty();
    assertThat(end - half).isLessThan(24 << 20);
    assertThat(after - before).isLessThan(16 << 20);
  }

  private static long heap(Worker worker) {
    worker.tell("heap");
    return Long.parseLong(worker.await("heap").substring("heap ".length()));
  }

  /** How long a load lasts is what is tried here, so this is a wait for time. */
  private static void pass(Duration time) {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() - end < 0) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }
}
