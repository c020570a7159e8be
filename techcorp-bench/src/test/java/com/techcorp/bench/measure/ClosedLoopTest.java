package com.techcorp.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.bench.workload.Draft;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Shop;
import com.techcorp.bench.workload.Workload;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {
  /** A shop on a machine that is busy with something else. */
  private static final class SlowShop implements Shop {
    @Override
    public void order(Draft draft) {
      LockSupport.parkNanos(500_000_000);
    }

    @Override
    public void close() {}
  }

  @Test
  void theWindowStaysOpenUntilAnOrderIsConfirmed() throws Exception {
    ClosedLoop loop = new ClosedLoop(new SlowShop(), new Workload(Load.UNIFORM), 2);

    ClosedLoop.Result result =
        loop.run(Duration.ZERO, Duration.ofMillis(1), new ClosedLoop.Window() {});

    assertThat(result.confirmed()).isPositive();
    assertThat(result.nanos()).isGreaterThan(Duration.ofMillis(1).toNanos());
    assertThat(result.perSecond()).isPositive();
  }
}
