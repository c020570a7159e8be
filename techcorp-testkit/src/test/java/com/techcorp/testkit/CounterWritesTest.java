package com.techcorp.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.concurrent.OwnThreads;
import com.techcorp.error.UnavailableException;
import com.techcorp.health.Finding;
import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.StockCounter;
import com.techcorp.inventory.internal.CounterWrites;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** What is written to counters, when, and what waits while they are away. */
class CounterWritesTest {
  private static final Duration GATHERING = Duration.ofMillis(10);

  private final SteppedClock clock = SteppedClock.create();
  private final SteppedThreads threads = SteppedThreads.on(clock);
  private final Kept counter = new Kept();
  private final CounterWrites writes = new CounterWrites(counter, threads, new FaultBoundary());

  /** Fails while it is told to. */
  private static final class Kept implements StockCounter {
    final Map<UUID, StockCount> counts = new HashMap<>();
    final List<Integer> sizes = new ArrayList<>();
    Throwable fault;
    Runnable during = () -> {};

    @Override
    public void write(List<StockCount> changed) {
      during.run();
      if (fault instanceof Error error) {
        throw error;
      } else if (fault != null) {
        throw (RuntimeException) fault;
      }
      sizes.add(changed.size());
      changed.forEach(count -> counts.merge(count.productId(), count, StockCount::newer));
    }

    @Override
    public Map<UUID, StockCount> read(Collection<UUID> products) {
      return counts;
    }

    @Override
    public void replace(StockCount wrong, StockCount right) {}
  }

  private static StockCount count(long product, long version) {
    return new StockCount(new UUID(7, product), version % 100, version);
  }

  private void pass(Duration time) {
    clock.advance(time);
    threads.run();
  }

  @Test
  void aCommitIsOneWrite() {
    writes.changed(List.of(count(1, 5), count(2, 6)));
    assertThat(counter.sizes).as("off the path of the commit").isEmpty();

    threads.run();

    assertThat(counter.sizes).containsExactly(2);
    assertThat(writes.counters()).containsEntry("counters.written", 2L);
  }

  @Test
  void onlyTheNewestCountOfAProductIsWritten() {
    writes.changed(List.of(count(1, 5)));
    writes.changed(List.of(count(1, 7)));
    writes.changed(List.of(count(1, 6)));

    threads.run();

    assertThat(counter.counts).containsEntry(new UUID(7, 1), count(1, 7));
    assertThat(counter.sizes).containsExactly(1);
  }

  /** Each write costs both sides, so a busy shop's commits share them. */
  @Test
  void whatChangesSoonAfterAWriteGoesIntoOne() {
    // given
    writes.changed(List.of(count(1, 5)));
    threads.run();
    assertThat(counter.sizes).as("at once").containsExactly(1);

    // when
    writes.changed(List.of(count(1, 6)));
    writes.changed(List.of(count(2, 1)));
    threads.run();
    writes.changed(List.of(count(3, 1)));
    assertThat(counter.sizes).as("a moment later").hasSize(1);
    pass(GATHERING);

    // then
    assertThat(counter.sizes).containsExactly(1, 3);

    // and: after a rest, again at once
    pass(GATHERING);
    writes.changed(List.of(count(4, 1)));
    threads.run();
    assertThat(counter.sizes).containsExactly(1, 3, 1);
  }

  @Test
  void aBacklogIsWrittenWithoutPauses() {
    counter.fault = new UnavailableException("away");
    for (int i = 0; i < 5_500; i++) {
      writes.changed(List.of(count(i, 1)));
    }
    threads.run();
    counter.fault = null;

    pass(Duration.ofSeconds(3));
    assertThat(counter.sizes).containsExactly(1_000, 1_000, 1_000, 1_000, 1_000);

    pass(GATHERING);
    assertThat(counter.sizes).hasSize(6).last().isEqualTo(500);
  }

  @Test
  void whatFailedIsWrittenLaterUnlessItIsOldByThen() {
    counter.fault = new UnavailableException("away");
    writes.changed(List.of(count(1, 5), count(2, 5)));
    threads.run();
    writes.changed(List.of(count(2, 9)));
    counter.fault = null;

    pass(Duration.ofSeconds(3));

    assertThat(counter.counts.values()).containsExactlyInAnyOrder(count(1, 5), count(2, 9));
  }

  @Test
  void anErrorOfTheCounterEndsNothing() {
    counter.fault = new StackOverflowError();
    writes.changed(List.of(count(1, 5)));
    threads.run();
    counter.fault = null;

    pass(Duration.ofSeconds(3));

    assertThat(counter.counts.values()).containsExactly(count(1, 5));
  }

  @Test
  void anOutageIsReportedAndNothingGrows() {
    counter.fault = new UnavailableException("away");
    for (int i = 0; i < 120_000; i++) {
      writes.changed(List.of(count(i % 60_000, i + 1)));
    }
    threads.run();
    assertThat(writes.findings()).isEmpty();

    pass(Duration.ofSeconds(11));
    assertThat(writes.findings()).extracting(Finding::code).containsExactly("COUNTERS_AWAY");
    assertThat(writes.counters().get("counters.left-out")).isEqualTo(20_000);

    counter.fault = null;
    pass(Duration.ofSeconds(3));
    assertThat(writes.findings()).isEmpty();
    assertThat(counter.counts).hasSize(50_000);
    assertThat(counter.sizes).allMatch(size -> size <= 1_000);
  }

  @Test
  void whatWaitsIsWrittenWhenItCloses() {
    writes.changed(List.of(count(1, 5)));

    writes.close();

    assertThat(counter.counts.values()).containsExactly(count(1, 5));
  }

  @Test
  void closingDoesNotWaitForCountersThatAreAway() {
    counter.fault = new UnavailableException("away");
    writes.changed(List.of(count(1, 5)));
    threads.run();

    writes.close();

    assertThat(counter.counts).isEmpty();
  }

  @Test
  void closingWaitsForAWriteUnderWay() throws InterruptedException {
    // given
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Void> goesOn = new CompletableFuture<>();
    counter.during =
        () -> {
          begun.countDown();
          goesOn.join();
        };
    CounterWrites onThreads = new CounterWrites(counter, new OwnThreads(), new FaultBoundary());
    onThreads.changed(List.of(count(1, 5)));
    begun.await();

    // when
    Thread closing = new Thread(onThreads::close);
    closing.start();
    closing.join(100);
    boolean waited = closing.isAlive();
    goesOn.complete(null);
    closing.join();

    // then
    assertThat(waited).isTrue();
    assertThat(counter.counts.values()).containsExactly(count(1, 5));
  }

  /** Whatever fails and however changes come, in the end the newest counts are there. */
  @Test
  void theNewestCountsAreThereInTheEnd() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    Map<UUID, StockCount> newest = new HashMap<>();
    for (int round = 0; round < 500; round++) {
      counter.fault = random.nextInt(3) == 0 ? new UnavailableException("away") : null;
      for (int i = 0; i < random.nextInt(4); i++) {
        StockCount count = count(random.nextInt(5), 1 + round * 10L + random.nextInt(30));
        writes.changed(List.of(count));
        newest.merge(count.productId(), count, StockCount::newer);
      }
      if (random.nextBoolean()) {
        pass(Duration.ofMillis(random.nextInt(500)));
      }
    }
    counter.fault = null;
    pass(Duration.ofSeconds(3));

    assertThat(counter.counts).as("seed " + seed).isEqualTo(newest);
  }
}
