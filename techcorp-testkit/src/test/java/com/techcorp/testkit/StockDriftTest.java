package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.StockDrift;
import com.techcorp.error.UnavailableException;
import com.techcorp.inventory.DriftReport;
import com.techcorp.inventory.InProcessStockCounter;
import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.StockCounter;
import com.techcorp.inventory.spi.StockEffect;
import com.techcorp.inventory.spi.StockEffect.MovementType;
import com.techcorp.storage.WriteSet;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Counters that differ from the stock are found, told apart and put right. */
class StockDriftTest {
  private final MemoryStorage storage = MemoryStorage.create(SteppedClock.create());
  private final StockCounter counter = new InProcessStockCounter();
  private final StockDrift drift = StockDrift.between(storage.stock(), counter);
  private final AtomicBoolean lost = new AtomicBoolean();

  private UUID stocked(long units) {
    UUID product = UUID.randomUUID();
    restock(product, units);
    return product;
  }

  private void restock(UUID product, long units) {
    MovementType type = units < 0 ? MovementType.ADJUSTMENT : MovementType.RECEIPT;
    storage
        .countingUnitOfWork(
            counts -> {
              if (!lost.get()) {
                counter.write(counts);
              }
            })
        .commit(
            null,
            List.of(WriteSet.of(UUID.randomUUID(), new StockEffect.Restock(product, units, type))));
  }

  private StockCount stock(UUID product) {
    return storage.stock().counts(List.of(product)).get(product);
  }

  private StockCount counted(UUID product) {
    return counter.read(List.of(product)).get(product);
  }

  @Test
  void thereIsNoneWhereNothingWasLost() {
    for (int i = 0; i < 2_500; i++) {
      stocked(i + 1);
    }

    DriftReport report = drift.measure();

    assertThat(report.isClean()).isTrue();
    assertThat(report.products()).isEqualTo(2_500);
  }

  @Test
  void whatWasLostIsFoundAndRepaired() {
    // given
    UUID behind = stocked(5);
    stocked(7);
    lost.set(true);
    restock(behind, -2);
    UUID absent = stocked(3);

    // when
    DriftReport before = drift.repair();

    // then
    assertThat(before.behind()).isEqualTo(1);
    assertThat(before.absent()).isEqualTo(1);
    assertThat(before.wrong()).isZero();
    assertThat(before.differences())
        .extracting(DriftReport.Difference::stock)
        .containsExactlyInAnyOrder(stock(behind), stock(absent));
    assertThat(counted(behind)).isEqualTo(stock(behind));
    assertThat(counted(absent)).isEqualTo(stock(absent));
    assertThat(drift.measure().isClean()).isTrue();
  }

  @Test
  void aPlantedValueIsFoundAndRepairedWhateverItsVersion() {
    for (long version : new long[] {1, 2, 3, Long.MAX_VALUE}) {
      // given
      UUID product = stocked(5);
      restock(product, 1);
      StockCount right = stock(product);
      counter.replace(right, new StockCount(product, 99, version));

      // when, then
      assertThat(drift.measure().isClean()).as("version " + version).isFalse();
      assertThat(counted(product).available()).as("only measured").isEqualTo(99);
      drift.repair();
      assertThat(counted(product)).isEqualTo(right);
      restock(product, 1);
      assertThat(counted(product)).isEqualTo(stock(product));
      assertThat(drift.measure().isClean()).isTrue();
    }
  }

  @Test
  void whatDiffersAtBothLooksIsReported() {
    // given
    UUID behind = stocked(5);
    UUID wrong = stocked(7);
    stocked(9);
    lost.set(true);
    restock(behind, -2);
    counter.replace(stock(wrong), new StockCount(wrong, 99, stock(wrong).version()));
    for (int i = 0; i < 2_500; i++) {
      stocked(1);
    }

    // when
    DriftReport report = drift.measureTwice(Duration.ZERO);

    // then
    assertThat(report.products()).isEqualTo(2_503);
    assertThat(report.absent()).isEqualTo(2_500);
    assertThat(report.behind()).isEqualTo(1);
    assertThat(report.wrong()).isEqualTo(1);
    assertThat(report.total()).isEqualTo(2_502);
    assertThat(report.differences()).hasSize(DriftReport.SHOWN);
    assertThat(counted(wrong).available()).as("only measured").isEqualTo(99);
  }

  @Test
  void aCounterWhoseWritesAreLateIsNoDifferenceAtTheSecondLook() {
    UUID product = stocked(5);
    lost.set(true);
    Deque<StockCount> underWay = new ArrayDeque<>();
    for (int i = 0; i < 3; i++) {
      restock(product, 1);
      underWay.add(stock(product));
    }
    Runnable another =
        () -> {
          restock(product, 1);
          underWay.add(stock(product));
          counter.write(List.of(underWay.remove()));
        };
    StockDrift late =
        StockDrift.between(storage.stock(), new StockCounterThatIsBusy(counter, another));

    assertThat(late.measure().behind()).isEqualTo(1);
    assertThat(late.measureTwice(Duration.ZERO).isClean()).isTrue();
    assertThat(drift.measureTwice(Duration.ZERO).behind()).as("no more writes").isEqualTo(1);
  }

  @Test
  void anInterruptEndsTheWaitForTheSecondLook() {
    lost.set(true);
    stocked(5);
    Thread.currentThread().interrupt();

    assertThatExceptionOfType(UnavailableException.class)
        .isThrownBy(() -> drift.measureTwice(Duration.ofMinutes(1)));
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void aRepairTakesNothingBackThatWasWrittenMeanwhile() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    List<UUID> products = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      products.add(stocked(50));
    }
    StockCounter busy = new StockCounterThatIsBusy(counter, () -> change(products, random));
    StockDrift underWay = StockDrift.between(storage.stock(), busy);

    for (int round = 0; round < 200; round++) {
      lost.set(random.nextInt(4) == 0);
      change(products, random);
      UUID planted = products.get(random.nextInt(products.size()));
      if (random.nextInt(4) == 0 && counted(planted) != null) {
        counter.replace(counted(planted), new StockCount(planted, 99, random.nextInt(10_000)));
      }
      lost.set(false);
      underWay.repair();
    }

    underWay.repair();
    assertThat(drift.measure().differences()).as("seed " + seed).isEmpty();
  }

  private void change(List<UUID> products, Random random) {
    restock(products.get(random.nextInt(products.size())), 1 + random.nextInt(3));
  }

  /** Between any two calls somebody buys or returns. */
  private record StockCounterThatIsBusy(StockCounter inner, Runnable meanwhile)
      implements StockCounter {
    @Override
    public void write(List<StockCount> counts) {
      meanwhile.run();
      inner.write(counts);
      meanwhile.run();
    }

    @Override
    public Map<UUID, StockCount> read(Collection<UUID> products) {
      meanwhile.run();
      Map<UUID, StockCount> counts = inner.read(products);
      meanwhile.run();
      return counts;
    }

    @Override
    public void replace(StockCount wrong, StockCount right) {
      meanwhile.run();
      inner.replace(wrong, right);
      meanwhile.run();
    }
  }
}
