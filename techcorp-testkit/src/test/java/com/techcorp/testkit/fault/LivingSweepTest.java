package com.techcorp.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.testkit.fault.CrashSweep.Point;
import com.techcorp.testkit.fault.CrashSweepTest.Delivery;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A sweep of the living finds what is wrong, and nothing where nothing is. */
class LivingSweepTest {
  @Test
  void findsNothingWhereCallsAreIdempotent() {
    // given
    LivingSweep sweep = LivingSweep.of(() -> new Delivery(true));

    // when
    List<Point> points = sweep.points();

    // then
    assertThat(points)
        .extracting(point -> point.crossing().call())
        .contains("Courier.collect", "UnitOfWork.commit", "Thread.techcorp-relay");
    points.forEach(sweep::play);
  }

  @Test
  void findsTheCallThatIsMadeTwice() {
    // given
    LivingSweep sweep = LivingSweep.of(() -> new Delivery(false));
    Point late =
        sweep.points().stream()
            .filter(point -> point.crossing().call().equals("Courier.collect"))
            .filter(point -> point.fault() == Fault.RETURN_LATE)
            .findFirst()
            .orElseThrow();

    // then
    assertThatExceptionOfType(AssertionError.class)
        .isThrownBy(() -> sweep.play(late))
        .withMessageContaining("RETURN_LATE")
        .withMessageContaining("Courier.collect")
        .withMessageContaining("parcels collected");
  }
}
