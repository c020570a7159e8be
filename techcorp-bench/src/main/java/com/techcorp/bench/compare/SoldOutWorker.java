package com.techcorp.bench.compare;

import com.techcorp.bench.contender.EngineShop;
import com.techcorp.bench.workload.Provider;
import com.techcorp.error.SoldOutException;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.order.OrderOptions;
import com.techcorp.order.SoldOutOptions;
import com.techcorp.saga.EngineOptions;
import org.jspecify.annotations.Nullable;

/** A {@link RefusalWorker} whose engine throws {@link SoldOutException} and records nothing. */
final class SoldOutWorker {
  private static final OrderOptions THROWN =
      OrderOptions.DEFAULT.withSoldOut(SoldOutOptions.DEFAULT.withRecorded(false));

  private SoldOutWorker() {}

  /** By clients that wait, or by clients that hold no thread. */
  record Thrown(boolean threads) implements RefusalWorker.Refusal {
    @Override
    public EngineShop open(PostgresStorage storage, Provider provider, EngineOptions engine) {
      return EngineShop.withoutRelay(storage, provider, engine, THROWN);
    }

    @Override
    public boolean is(@Nullable Throwable cause) {
      return cause instanceof SoldOutException;
    }

    @Override
    public boolean recorded() {
      return false;
    }
  }

  /**
   * Runs the worker.
   *
   * @param args address of an empty database
   */
  public static void main(String[] args) throws Exception {
    RefusalWorker.run(args[0], new Thrown(true));
  }
}
