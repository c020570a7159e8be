package com.techcorp.bench.micro;

import com.techcorp.bench.floor.FloorOrder;
import com.techcorp.bench.workload.Draft;
import com.techcorp.bench.workload.Load;
import com.techcorp.bench.workload.Workload;
import com.techcorp.inventory.StockLine;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.jdbc.PostgresStorage;
import com.techcorp.order.CartContents;
import com.techcorp.order.OrderLine;
import com.techcorp.order.spi.KeyEffect;
import com.techcorp.order.spi.OrderEffect;
import com.techcorp.payment.Amount;
import com.techcorp.payment.spi.PaymentEffect;
import com.techcorp.saga.SagaPosition;
import com.techcorp.saga.SagaState;
import com.techcorp.saga.spi.SagaEffect;
import com.techcorp.storage.CommitResult;
import com.techcorp.storage.Fence;
import com.techcorp.storage.UnitOfWork;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The client's side of an order's first commit: from the effects of a batch to the parameters of
 * its statements, on a connection that takes everything and does nothing.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BatchMicrobenchmark {
  private static final Fence FENCE = new Fence(1, 1);
  private static final Duration HOLD = Duration.ofMinutes(15);

  /** Orders in a batch. */
  @Param({"1", "16", "256"})
  public int orders;

  private final UnitOfWork unitOfWork = PostgresStorage.on(NowhereDataSource.create()).unitOfWork();
  private List<WriteSet> batch = List.of();

  /** Makes the batch. */
  @Setup
  public void setUp() {
    Workload workload = new Workload(Load.UNIFORM);
    SplittableRandom random = new SplittableRandom(1);
    batch =
        Stream.generate(() -> workload.next(random))
            .limit(orders)
            .map(BatchMicrobenchmark::placed)
            .toList();
  }

  /**
   * One batch.
   *
   * @return its results
   */
  @Benchmark
  public List<CommitResult> write() {
    return unitOfWork.commit(FENCE, batch);
  }

  /** What the engine writes when an order is placed. */
  private static WriteSet placed(Draft draft) {
    FloorOrder order = new FloorOrder(draft, "TC-2026-000001");
    List<OrderLine> lines =
        draft.lines().stream()
            .map(line -> new OrderLine(line.productId(), line.quantity(), line.unitPrice()))
            .toList();
    List<StockLine> held =
        draft.lines().stream()
            .map(line -> new StockLine(line.productId(), line.quantity()))
            .toList();
    String data = order.created();
    return WriteSet.of(
        order.id(),
        new KeyEffect.Claim(
            draft.userId(),
            "cart:" + draft.cartId(),
            "00".repeat(32),
            new CartContents("00".repeat(32), null),
            order.id()),
        new OrderEffect.Create(
            order.id(),
            order.number(),
            draft.userId(),
            draft.cartId(),
            draft.addressId(),
            new Amount(order.amount(), Draft.CURRENCY),
            lines,
            data,
            null),
        new StockEffect.Hold(order.id(), held, HOLD),
        new PaymentEffect.Open(
            order.transactionId(), order.id(), order.amount(), Draft.CURRENCY, Draft.METHOD),
        new SagaEffect.Create(
            order.id(),
            "order",
            1,
            false,
            new SagaPosition("pay", SagaState.RUNNING, 0, false, null, HOLD, data, null, null)));
  }
}
