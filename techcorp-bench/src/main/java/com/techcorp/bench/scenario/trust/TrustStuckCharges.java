package com.techcorp.bench.scenario.trust;

import com.techcorp.bench.database.BenchServer;
import com.techcorp.bench.measure.SliceTimes;
import com.techcorp.bench.scenario.DatabaseShop;
import com.techcorp.bench.scenario.TolerantClients;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Provider;
import com.techcorp.bench.workload.Workload;
import com.techcorp.saga.EngineOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Eight charges hang and ignore interruption; 64 clients wait for theirs, eight of them in vain.
 */
final class TrustStuckCharges implements Trouble {
  private static final int CLIENTS = 64;
  private static final int STUCK = 8;

  private final BenchServer server;
  private final EngineOptions engine;
  private final SliceTimes times;
  private final int rounds;

  TrustStuckCharges(BenchServer server, EngineOptions engine, SliceTimes times, int rounds) {
    this.server = server;
    this.engine = engine;
    this.times = times;
    this.rounds = rounds;
  }

  @Override
  public List<TrustRow> run() throws InterruptedException {
    List<Double> alone = new ArrayList<>();
    List<Double> stuck = new ArrayList<>();
    Hanging hanging = new Hanging();
    try (DatabaseShop trust =
        DatabaseShop.open(server, engine, new Provider(Duration.ZERO, hanging, () -> {}))) {
      try (TolerantClients clients =
          TolerantClients.start(trust.shop(), new Workload(Load.UNIFORM), CLIENTS, Duration.ZERO)) {
        clients.warmUp(times.warmUp());
        for (int round = 0; round < rounds; round++) {
          alone.add(clients.watch(times.measured()).confirmedPerSecond());
          hanging.begin();
          stuck.add(clients.watch(times.measured()).confirmedPerSecond());
          hanging.end();
          clients.watch(times.warmUp());
        }
      } finally {
        hanging.end();
      }
      trust.verify();
    }
    return List.of(
        TrustRow.rates("eight charges that hang: 64 clients", alone, stuck, "ratio near 56 / 64"));
  }

  /** The next eight charges; ignores interruption, as a blocked native call does. */
  private static final class Hanging implements Runnable {
    private final AtomicInteger left = new AtomicInteger();
    private volatile CountDownLatch latch = new CountDownLatch(0);

    void begin() {
      latch = new CountDownLatch(1);
      left.set(STUCK);
    }

    void end() {
      left.set(0);
      latch.countDown();
    }

    @Override
    public void run() {
      if (left.getAndDecrement() > 0) {
        CountDownLatch until = latch;
        while (until.getCount() > 0) {
          try {
            until.await();
          } catch (InterruptedException ignored) {
            // this is what it is for
          }
        }
      }
    }
  }
}
