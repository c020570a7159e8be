package com.techcorp.inventory.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.concurrent.FaultBoundary;
import com.techcorp.error.UnavailableException;
import com.techcorp.inventory.InProcessStockCounter;
import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.StockCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Which counters are looked at, and what they can change. */
class PolledShortagesTest {
  private static final UUID PRODUCT = new UUID(0, 1);
  private static final UUID OTHER = new UUID(0, 2);

  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000); // it may overflow
  private final FaultBoundary faults = new FaultBoundary();
  private final Reads counter = new Reads();
  private final PolledShortages known =
      new PolledShortages(new RecentShortages(nanos::get), counter, nanos::get);

  /** Notes what is read. */
  private static final class Reads implements StockCounter {
    private final StockCounter inner = new InProcessStockCounter();
    final List<Collection<UUID>> reads = new ArrayList<>();
    Throwable fault;

    @Override
    public void write(List<StockCount> counts) {
      inner.write(counts);
    }

    @Override
    public Map<UUID, StockCount> read(Collection<UUID> products) {
      reads.add(products);
      if (fault instanceof Error error) {
        throw error;
      } else if (fault != null) {
        throw (RuntimeException) fault;
      }
      return inner.read(products);
    }

    @Override
    public void replace(StockCount wrong, StockCount right) {
      inner.replace(wrong, right);
    }
  }

  private void pass(long millis) {
    nanos.addAndGet(Duration.ofMillis(millis).toNanos());
  }

  private void counted(long available, long version) {
    counter.write(List.of(new StockCount(PRODUCT, available, version)));
  }

  @Test
  void nothingIsReadUnlessAnOrderWasRefused() {
    known.poll(faults);
    assertThat(counter.reads).isEmpty();

    known.refused(PRODUCT, 0);
    known.refused(OTHER, 2);
    known.poll(faults);

    assertThat(counter.reads).hasSize(1);
    assertThat(counter.reads.get(0)).containsExactlyInAnyOrder(PRODUCT, OTHER);
  }

  @Test
  void aProductIsReadForSomeSecondsAfterItsLastRefusal() {
    known.refused(PRODUCT, 0);
    pass(4_000);
    known.refused(PRODUCT, 0);
    pass(4_999);
    known.poll(faults);
    assertThat(counter.reads).hasSize(1);

    pass(1);
    known.poll(faults);
    assertThat(counter.reads).hasSize(1);
  }

  @Test
  void whatCameBackIsForgotten() {
    known.refused(PRODUCT, 0);
    counted(1, 7);

    known.poll(faults);

    assertThat(known.atMost(PRODUCT)).isEmpty();
  }

  @Test
  void aCounterThatIsNoHigherChangesNothing() {
    known.refused(PRODUCT, 3);
    pass(999);
    counted(2, 7);

    known.poll(faults);

    assertThat(known.atMost(PRODUCT)).hasValue(3);
    pass(1);
    assertThat(known.atMost(PRODUCT)).as("a look prolongs nothing").isEmpty();
  }

  @Test
  @Tag("T07")
  @DisplayName("T07 what a counter says blocks no product")
  void aCounterAloneRefusesNothing() {
    counted(0, 7);
    known.refused(OTHER, 0);

    known.poll(faults);

    assertThat(known.atMost(PRODUCT)).isEmpty();
  }

  @Test
  void aCounterThatIsWronglyHighLetsOrdersThroughOnce() {
    counted(5, 7);
    known.refused(PRODUCT, 0);
    known.poll(faults);
    assertThat(known.atMost(PRODUCT)).isEmpty();

    for (int i = 0; i < 20; i++) {
      known.refused(PRODUCT, 0);
      pass(100);
      known.poll(faults);
      assertThat(known.atMost(PRODUCT)).as("after look " + i).hasValue(0);
    }

    counted(1, 8);
    known.poll(faults);
    assertThat(known.atMost(PRODUCT)).as("news").isEmpty();
  }

  @Test
  void withoutCountersItsOwnKnowledgeRemains() {
    known.refused(PRODUCT, 0);
    counter.fault = new UnavailableException("away");

    known.poll(faults);
    assertThat(known.atMost(PRODUCT)).hasValue(0);

    counter.fault = null;
    counted(1, 7);
    known.poll(faults);
    assertThat(known.atMost(PRODUCT)).isEmpty();
  }

  @Test
  void aCounterThatThrowsIsReadAgain() {
    known.refused(PRODUCT, 0);
    counted(1, 7);

    counter.fault = new IllegalStateException("odd");
    known.poll(faults);
    counter.fault = new StackOverflowError("deep");
    known.poll(faults);
    assertThat(known.atMost(PRODUCT)).hasValue(0);

    counter.fault = null;
    known.poll(faults);
    assertThat(known.atMost(PRODUCT)).isEmpty();
    assertThat(faults.fatal()).isZero();
  }

  @Test
  void aFatalErrorOfACounterIsPassedOn() {
    known.refused(PRODUCT, 0);

    counter.fault = new OutOfMemoryError("none left");
    known.poll(faults);

    assertThat(faults.fatal()).isEqualTo(1);
  }

  @Test
  void itsSizeHasABound() {
    for (int i = 0; i < 5_000; i++) {
      known.refused(new UUID(1, i), 0);
    }

    known.poll(faults);

    assertThat(counter.reads.get(0)).hasSize(1_000);
  }
}
