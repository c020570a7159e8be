package com.techcorp.bench.scenario.counters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.UnavailableException;
import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.StockCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class CounterLagTest {
  private static final UUID PRODUCT = new UUID(7, 1);
  private static final Duration REPLY = Duration.ofMillis(20);

  private final Slow counter = new Slow();
  private final CounterLag lag = new CounterLag(counter);
  private final List<StockCount> heard = new ArrayList<>();

  /** Answers after a while, or fails. */
  private static final class Slow implements StockCounter {
    private boolean away;

    @Override
    public void write(List<StockCount> counts) {
      if (away) {
        throw new UnavailableException("away");
      }
      long until = System.nanoTime() + REPLY.toNanos();
      while (System.nanoTime() - until < 0) {
        LockSupport.parkNanos(until - System.nanoTime());
      }
    }

    @Override
    public Map<UUID, StockCount> read(Collection<UUID> products) {
      return Map.of();
    }

    @Override
    public void replace(StockCount wrong, StockCount right) {}
  }

  @Test
  void aChangeLastsUntilItsWriteIsAnswered() {
    lag.measure(true);

    commit(1);
    lag.write(List.of(count(1)));

    assertThat(heard).containsExactly(count(1));
    assertThat(lag.seen().getTotalCount()).isEqualTo(1);
    assertThat(lag.seen().getMinValue()).isGreaterThanOrEqualTo((long) (0.99 * REPLY.toNanos()));
    assertThat(lag.waiting()).isZero();
  }

  @Test
  void aNewerCountCoversOlderChangesAndNoNewerOnes() {
    lag.measure(true);

    commit(1);
    commit(2);
    commit(3);
    lag.write(List.of(count(2)));

    assertThat(lag.seen().getTotalCount()).isEqualTo(2);
    assertThat(lag.waiting()).isEqualTo(1);
  }

  @Test
  void aChangeWaitsWhileWritesFail() {
    lag.measure(true);
    commit(1);
    counter.away = true;

    assertThatThrownBy(() -> lag.write(List.of(count(1)))).isInstanceOf(UnavailableException.class);

    assertThat(lag.seen().getTotalCount()).isZero();
    assertThat(lag.waiting()).isEqualTo(1);
  }

  @Test
  void whatWasCommittedInTheWindowCountsAlsoIfItIsWrittenLater() {
    commit(1);
    lag.measure(true);
    commit(2);
    lag.measure(false);
    commit(3);
    lag.write(List.of(count(3)));

    assertThat(lag.seen().getTotalCount()).isEqualTo(1);
    assertThat(lag.waiting()).isZero();
  }

  private void commit(long version) {
    lag.noted(heard::addAll).changed(List.of(count(version)));
  }

  private static StockCount count(long version) {
    return new StockCount(PRODUCT, 5, version);
  }
}
