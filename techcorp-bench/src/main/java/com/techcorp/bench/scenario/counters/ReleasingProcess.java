package com.techcorp.bench.scenario.counters;

import com.techcorp.bench.contender.Contender;
import com.techcorp.bench.contender.EngineShop;
import com.techcorp.bench.database.BenchDatabase;
import com.techcorp.bench.database.Verification;
import com.techcorp.bench.workload.Provider;
import com.techcorp.bench.workload.Workload;
import com.techcorp.inventory.InventoryReserver;
import com.techcorp.inventory.ReservationResult;
import com.techcorp.inventory.StockLine;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.redis.RedisCache;
import com.techcorp.saga.EngineOptions;
import com.techcorp.servers.process.ChildJvm;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A process that holds all units of a product, each by a hold of its own. Says {@code ready}, and
 * gives one back for each line that it is sent.
 */
public final class ReleasingProcess {
  static final String READY = "ready";
  private static final Duration HOLD = Duration.ofHours(1);

  private ReleasingProcess() {}

  /**
   * Runs the process, until it has no more units.
   *
   * @param args database address, Redis address, units
   */
  public static void main(String[] args) throws InterruptedException {
    BlockingQueue<String> commands = new LinkedBlockingQueue<>();
    ChildJvm.listen(commands::add);
    EngineOptions engine = EngineOptions.DEFAULT;
    try (RedisCache redis = RedisCache.connect(args[1]);
        HikariDataSource pool = BenchDatabase.pool(args[0], Contender.engineConnections(engine));
        EngineShop shop =
            EngineShop.withCounters(
                PostgresStorage.on(pool), new Provider(Duration.ZERO), engine, redis.counters())) {
      InventoryReserver inventory = shop.library().inventory();
      Queue<UUID> holds = holds(inventory, Integer.parseInt(args[2]));
      System.out.println(READY);
      while (!holds.isEmpty()) {
        commands.take();
        done(inventory.release(holds.remove()));
      }
    }
  }

  private static Queue<UUID> holds(InventoryReserver inventory, int units) {
    Queue<UUID> holds = new ArrayDeque<>();
    inventory.restock(Workload.hot(), units);
    for (int i = 0; i < units; i++) {
      UUID hold = UUID.randomUUID();
      done(inventory.reserve(hold, List.of(new StockLine(Workload.hot(), 1)), HOLD));
      holds.add(hold);
    }
    return holds;
  }

  private static void done(ReservationResult result) {
    if (!(result instanceof ReservationResult.Done)) {
      throw new Verification.FailedException("a hold was answered with " + result);
    }
  }
}
