package com.techcorp.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Workload;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
  private static final ClosedLoop.Window NOBODY = new ClosedLoop.Window() {};

  /** Clients that wait would place sixteen orders and no more. */
  @Test
  void ordersArePlacedWhetherOrNotThoseBeforeAreDone() throws Exception {
    Queue<CompletableFuture<Void>> open = new ConcurrentLinkedQueue<>();
    OpenLoop loop =
        new OpenLoop(
            draft -> {
              CompletableFuture<Void> order = new CompletableFuture<>();
              open.add(order);
              return order;
            },
            new Workload(Load.HOT),
            1_000);
    CompletableFuture<Void> done =
        CompletableFuture.runAsync(
            () -> open.forEach(order -> order.complete(null)),
            CompletableFuture.delayedExecutor(600, TimeUnit.MILLISECONDS));

    OpenLoop.Result result = loop.run(Duration.ofMillis(100), Duration.ofMillis(200), NOBODY);

    done.join();
    assertThat(result.all()).isEqualTo(open.size()).isBetween(100L, 400L);
    assertThat(result.confirmed()).isZero();
  }

  @Test
  void theRateIsThatWhichIsAskedFor() throws Exception {
    OpenLoop loop =
        new OpenLoop(draft -> CompletableFuture.completedFuture(null), new Workload(Load.HOT), 500);

    OpenLoop.Result result = loop.run(Duration.ofMillis(50), Duration.ofMillis(400), NOBODY);

    assertThat(result.perSecond()).isBetween(300.0, 700.0);
    assertThat(result.all()).isGreaterThanOrEqualTo(result.confirmed());
  }

  @Test
  void anOrderThatFailsEndsTheLoop() {
    OpenLoop loop =
        new OpenLoop(
            draft -> CompletableFuture.failedFuture(new IllegalStateException("no")),
            new Workload(Load.HOT),
            100);

    assertThatThrownBy(() -> loop.run(Duration.ofSeconds(10), Duration.ofSeconds(10), NOBODY))
        .hasMessageContaining("an order failed")
        .hasRootCauseMessage("no");
  }
}
