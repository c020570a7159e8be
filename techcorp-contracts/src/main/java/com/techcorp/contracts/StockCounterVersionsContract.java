package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.f4b6a3.uuid.UuidCreator;
import com.techcorp.inventory.StockCount;
import com.techcorp.inventory.StockCounter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The newest version counts, however writes are repeated, overtaken or lost. */
public abstract class StockCounterVersionsContract extends Contract<StockCounterUnderTest> {
  /** For subclasses. */
  protected StockCounterVersionsContract() {}

  private StockCounter counter() {
    return adapter().counter();
  }

  private void write(StockCount... counts) {
    counter().write(List.of(counts));
  }

  private static UUID newProduct() {
    return UuidCreator.getTimeOrderedEpoch();
  }

  @Test
  void keepsWhatWasWritten() {
    StockCount one = new StockCount(newProduct(), 0, 1);
    StockCount other = new StockCount(newProduct(), Long.MAX_VALUE, Long.MAX_VALUE);
    UUID never = newProduct();

    write(one, other);

    assertThat(counter().read(List.of(one.productId(), never, other.productId())))
        .isEqualTo(Map.of(one.productId(), one, other.productId(), other));
  }

  @Test
  void nothingIsReadAndNothingIsWrittenOfNoProducts() {
    counter().write(List.of());

    assertThat(counter().read(List.of())).isEmpty();
  }

  @Test
  void aNewerVersionReplacesAnOlderOne() {
    UUID product = newProduct();
    StockCount newer = new StockCount(product, 3, 8);

    write(new StockCount(product, 4, 7));
    write(newer);

    assertThat(counter().read(List.of(product))).containsEntry(product, newer);
  }

  @Test
  void anOlderVersionThatComesLaterChangesNothing() {
    UUID product = newProduct();
    StockCount newer = new StockCount(product, 3, 8);

    write(newer);
    write(new StockCount(product, 4, 7), new StockCount(product, 5, 8));

    assertThat(counter().read(List.of(product))).containsEntry(product, newer);
  }

  /** As texts or as floating-point numbers these would come in another order, or be equal. */
  @Test
  void versionsAreComparedAsWholeNumbers() {
    long large = 1L << 54;
    for (long[] pair : new long[][] {{9, 10}, {99, 100}, {large, large + 1}}) {
      UUID product = newProduct();
      StockCount newer = new StockCount(product, 1, pair[1]);
      write(newer);
      write(new StockCount(product, 2, pair[0]));
      assertThat(counter().read(List.of(product))).containsEntry(product, newer);

      UUID other = newProduct();
      write(new StockCount(other, 2, pair[0]));
      write(new StockCount(other, 1, pair[1]));
      assertThat(counter().read(List.of(other)))
          .containsEntry(other, new StockCount(other, 1, pair[1]));
    }
  }

  @Test
  void theOrderOfWritesDoesNotMatter() {
    long seed = Long.getLong("seed", System.nanoTime());
    Random random = new Random(seed);
    Map<UUID, StockCount> newest = new HashMap<>();
    List<StockCount> writes = new ArrayList<>();
    for (int product = 0; product < 50; product++) {
      UUID id = newProduct();
      for (int version = 1; version <= 20; version++) {
        StockCount count = new StockCount(id, random.nextInt(100), version * 1_000L);
        boolean lost = random.nextInt(4) == 0;
        if (!lost) {
          writes.add(count);
          newest.put(id, count);
        }
        if (random.nextInt(4) == 0) {
          writes.addAll(newest.containsKey(id) ? List.of(newest.get(id)) : List.of()); // repeated
        }
      }
    }

    Collections.shuffle(writes, random);
    for (int from = 0; from < writes.size(); from += 100) {
      counter().write(writes.subList(from, Math.min(writes.size(), from + 100)));
    }

    assertThat(counter().read(newest.keySet())).as("seed " + seed).isEqualTo(newest);
  }

  @Test
  void ofManyWritersTheNewestVersionWins() throws Exception {
    List<UUID> products = List.of(newProduct(), newProduct(), newProduct());

    Threads.together(
        4,
        thread ->
            () -> {
              for (int i = 0; i < 100; i++) {
                long version = i * 4L + thread;
                counter()
                    .write(
                        products.stream()
                            .map(product -> new StockCount(product, version * 2, version))
                            .toList());
              }
              return thread;
            });

    assertThat(counter().read(products).values())
        .hasSize(3)
        .allSatisfy(
            count -> {
              assertThat(count.version()).isEqualTo(399);
              assertThat(count.available()).isEqualTo(798);
            });
  }

  @Test
  void oneReadAndOneWriteTakeManyProducts() {
    List<StockCount> counts = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      counts.add(new StockCount(newProduct(), i, i + 1));
    }

    counter().write(counts);

    List<UUID> products = counts.stream().map(StockCount::productId).toList();
    assertThat(counter().read(products).values()).containsExactlyInAnyOrderElementsOf(counts);
  }
}
