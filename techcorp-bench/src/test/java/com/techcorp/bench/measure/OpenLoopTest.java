package com.techcorp.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Workload;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class OpenLoopTest {
  private static final ClosedLoop.Window NOBODY = new ClosedLoop.Window() {};

  /** None is confirmed before the window closes: clients that wait would place one each. */
  @Test
  void ordersArePlacedWhetherOrNotThoseBeforeAreDone() throws Exception {
    Queue<CompletableFuture<Void>> open = new ConcurrentLinkedQueue<>();
    AtomicBoolean over = new AtomicBoolean();
    OpenLoop loop =
        new OpenLoop(
            draft -> {
              CompletableFuture<Void> order = new CompletableFuture<>();
              open.add(order);
              if (over.get()) {
                order.complete(null);
              }
              return order;
            },
            new Workload(Load.HOT),
            1_000);
    ClosedLoop.Window confirmation =
        new ClosedLoop.Window() {
          @Override
          public void closed() {
            over.set(true);
            open.forEach(order -> order.complete(null));
          }
        };

    OpenLoop.Result result = loop.run(Duration.ofMillis(100), Duration.ofMillis(200), confirmation);

    assertThat(result.all()).isEqualTo(open.size()).isGreaterThan(OpenLoop.THREADS);
    assertThat(result.confirmed()).isZero();
  }

  @Test
  void theRateIsThatWhichIsAskedFor() throws Exception {
    OpenLoop loop =
        new OpenLoop(draft -> CompletableFuture.completedFuture(null), new Workload(Load.HOT), 500);
    long began = System.nanoTime();

    OpenLoop.Result result = loop.run(Duration.ofMillis(50), Duration.ofMillis(400), NOBODY);

    double seconds = (System.nanoTime() - began) / 1e9;
    assertThat(result.all()).isBetween(100L, (long) (500 * seconds) + 1);
    assertThat(result.confirmed()).isPositive().isLessThanOrEqualTo(result.all());
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
