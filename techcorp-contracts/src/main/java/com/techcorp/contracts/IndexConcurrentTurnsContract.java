package com.techcorp.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductSource;
import com.techcorp.search.spi.IndexJournal.Reading;
import com.techcorp.search.spi.IndexJournal.Turn;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Of two turns of one product, the one that reads later has the higher version. */
public abstract class IndexConcurrentTurnsContract extends IndexJournalScenario {
  private static final int READERS = 4;
  private static final int TURNS = 25;

  /** The common pool may have a single thread, for which all would wait. */
  private final ExecutorService readers = Executors.newCachedThreadPool();

  /** For subclasses. */
  protected IndexConcurrentTurnsContract() {}

  @AfterEach
  final void endReaders() {
    readers.shutdownNow();
  }

  @Test
  void aTurnWaitsForTheOneBeforeAndThenReadsWhatIsCommittedMeanwhile() throws Exception {
    // given: an indexer that has read, and is slow to go on
    product(SHIRT, "old");
    CountDownLatch read = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    ProductSource slow = new Slow(read, goOn);
    CompletableFuture<Turn> first =
        CompletableFuture.supplyAsync(() -> journal().turn(INDEX, List.of(SHIRT), slow), readers);
    assertThat(read.await(60, TimeUnit.SECONDS)).isTrue();

    // when: the product changes, and another indexer takes its turn
    product(SHIRT, "new");
    CompletableFuture<Turn> second = CompletableFuture.supplyAsync(() -> turn(SHIRT), readers);
    Turn other = turnOfAnotherProduct();

    // then
    assertThat(other.products()).as("other products do not wait").hasSize(1);
    assertThat(second).isNotDone();
    goOn.countDown();
    assertThat(title(first.get(60, TimeUnit.SECONDS))).isEqualTo("old");
    assertThat(title(second.get(60, TimeUnit.SECONDS))).isEqualTo("new");
    assertThat(version(second.get(), SHIRT)).isGreaterThan(version(first.get(), SHIRT));
  }

  /** Locks are striped, so that two products may share one: not all of these do. */
  private Turn turnOfAnotherProduct() throws Exception {
    List<CompletableFuture<Turn>> others =
        Stream.generate(UUID::randomUUID)
            .limit(4)
            .map(id -> CompletableFuture.supplyAsync(() -> turn(id), readers))
            .toList();
    return (Turn)
        CompletableFuture.anyOf(others.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
  }

  private static @Nullable String title(Turn turn) {
    ProductDocument shirt = Objects.requireNonNull(turn.products().get(SHIRT)).document();
    return shirt == null ? null : shirt.title();
  }

  private final class Slow implements ProductSource {
    private final CountDownLatch read;
    private final CountDownLatch goOn;

    Slow(CountDownLatch read, CountDownLatch goOn) {
      this.read = read;
      this.goOn = goOn;
    }

    @Override
    public Map<UUID, ProductDocument> load(Collection<UUID> ids) {
      Map<UUID, ProductDocument> loaded = products.load(ids);
      read.countDown();
      try {
        goOn.await(60, TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return loaded;
    }

    @Override
    public List<UUID> idsAfter(@Nullable UUID after, int limit) {
      return List.of();
    }
  }

  @Test
  void manyReadersOfTheSameProductsInAnyOrderNeverWaitForEachOtherForGood() throws Exception {
    // given: a counter that each reading takes the next value of, as a product's state
    long seed = System.nanoTime();
    List<UUID> ids = Stream.generate(UUID::randomUUID).limit(20).toList();
    AtomicInteger states = new AtomicInteger();

    // when
    List<List<Turn>> turns =
        Threads.together(
            READERS,
            reader ->
                () -> {
                  Random random = new Random(seed + reader);
                  List<Turn> mine = new ArrayList<>();
                  for (int i = 0; i < TURNS; i++) {
                    List<UUID> some = new ArrayList<>(ids);
                    Collections.shuffle(some, random);
                    mine.add(journal().turn(INDEX, some.subList(0, 10), new Counting(states)));
                  }
                  return mine;
                });

    // then: for each product, versions go as its states go
    for (UUID id : ids) {
      List<Reading> readings =
          turns.stream()
              .flatMap(List::stream)
              .filter(turn -> turn.products().containsKey(id))
              .map(turn -> Objects.requireNonNull(turn.products().get(id)))
              .sorted(Comparator.comparingLong(Reading::version))
              .toList();
      assertThat(readings).as("seed %d", seed).hasSizeGreaterThan(1);
      assertThat(readings.stream().map(IndexConcurrentTurnsContract::state))
          .as("seed %d", seed)
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  private static int state(Reading reading) {
    return Integer.parseInt(Objects.requireNonNull(reading.document()).title());
  }

  private final class Counting implements ProductSource {
    private final AtomicInteger states;

    Counting(AtomicInteger states) {
      this.states = states;
    }

    @Override
    public Map<UUID, ProductDocument> load(Collection<UUID> ids) {
      Map<UUID, ProductDocument> loaded = new HashMap<>();
      for (UUID id : ids) {
        loaded.put(id, product(id, String.valueOf(states.incrementAndGet())));
      }
      return loaded;
    }

    @Override
    public List<UUID> idsAfter(@Nullable UUID after, int limit) {
      return List.of();
    }
  }
}
