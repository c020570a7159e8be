package com.techcorp.bench.micro;

import com.techcorp.bench.contender.EngineShop;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Provider;
import com.techcorp.bench.workload.Workload;
import com.techcorp.saga.EngineOptions;
import com.techcorp.testkit.MemoryStorage;
import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/** An order from {@code place} to CONFIRMED without a database: what the engine itself takes. */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@Threads(16)
public class EngineMicrobenchmark {
  /** One engine for all threads, on tables that are empty again in each iteration. */
  @State(Scope.Benchmark)
  public static class Engine {
    private @Nullable EngineShop shop;

    /** Starts the engine. */
    @Setup(Level.Iteration)
    public void start() {
      MemoryStorage storage = MemoryStorage.create();
      MemoryGoods.fill(storage);
      shop = EngineShop.withoutRelay(storage, new Provider(Duration.ZERO), EngineOptions.DEFAULT);
    }

    EngineShop shop() {
      return Objects.requireNonNull(shop, "the engine is started before each iteration");
    }

    /** Stops the engine. */
    @TearDown(Level.Iteration)
    public void stop() {
      shop().close();
    }
  }

  /** Each thread's own choice of products. */
  @State(Scope.Thread)
  public static class Customer {
    private final SplittableRandom random = new SplittableRandom();
    private final Workload workload = new Workload(Load.UNIFORM);
  }

  /**
   * One order.
   *
   * @param engine takes it
   * @param customer places it
   */
  @Benchmark
  public void placeToConfirmed(Engine engine, Customer customer) {
    engine.shop().order(customer.workload.next(customer.random));
  }
}
