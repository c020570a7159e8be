package com.techcorp.search.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.search.IndexOptions;
import com.techcorp.search.IndexingOptions;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.ProductSource;
import com.techcorp.search.SearchUnavailableException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class GenerationMoverTest {
  private static final UUID SHIRT = new UUID(0, 1);
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final List<String> MOVE =
      List.of("refresh products-1", "next generation", "moved");

  private final List<String> calls = new ArrayList<>();
  private final StepTime time = new StepTime();
  private Runnable duringRefresh = () -> {};
  private final RecordingIndex index =
      new RecordingIndex(calls) {
        @Override
        public void refresh(String target) {
          super.refresh(target);
          duringRefresh.run();
        }
      };
  private final GenerationJournal journal = new GenerationJournal(calls);
  private final Map<UUID, ProductDocument> products = new HashMap<>();
  private final IndexWiring wiring =
      new IndexWiring(
          index,
          journal,
          new Catalogue(products),
          IndexOptions.DEFAULT,
          IndexingOptions.DEFAULT,
          time);
  private final IndexOpening opening = new IndexOpening(wiring, new TargetRoles(wiring));
  private long known;
  private final GenerationMover mover =
      new GenerationMover(
          wiring,
          opening,
          (name, generation) -> {
            if (generation > known) {
              known = generation;
              calls.add("moved");
            }
          },
          INTERVAL);
  private final Indexer indexer = new Indexer(wiring, new IndexCounts(), mover);

  private record Catalogue(Map<UUID, ProductDocument> products) implements ProductSource {
    @Override
    public Map<UUID, ProductDocument> load(Collection<UUID> ids) {
      Map<UUID, ProductDocument> found = new HashMap<>(products);
      found.keySet().retainAll(ids);
      return found;
    }

    @Override
    public List<UUID> idsAfter(@Nullable UUID after, int limit) {
      return List.of();
    }
  }

  private void product(boolean inStock) {
    products.put(
        SHIRT,
        ProductDocument.builder(SHIRT, "Shirt", BigDecimal.ONE, Instant.EPOCH)
            .inStock(inStock)
            .build());
  }

  @BeforeEach
  void start() {
    opening.tryOpen();
    mover.tick();
    calls.clear();
  }

  /** A process that died may have made a change visible, and not moved. */
  @Test
  void beginsWithAMove() {
    assertThat(known).isEqualTo(1);
  }

  /** T68: the other way round, a query in between keeps the old page in the new generation. */
  @Test
  void refreshesBeforeItMoves() {
    mover.changed(true);
    assertThat(calls).isEmpty();

    mover.tick();

    assertThat(calls).isEqualTo(MOVE);
  }

  @Test
  void movesOncePerIntervalForChangesThatCanWait() {
    product(true);
    indexer.index(List.of(SHIRT));
    mover.tick();
    time.pass(INTERVAL.minusNanos(1));
    indexer.index(List.of(SHIRT));
    mover.tick();
    assertThat(calls).containsOnly("write");
    calls.clear();

    time.pass(Duration.ofNanos(1));
    mover.tick();
    time.pass(INTERVAL);
    mover.tick();

    assertThat(calls).isEqualTo(MOVE);
  }

  @Test
  void movesAtOnceForAProductThatIsGoneOrSoldOut() {
    indexer.index(List.of(SHIRT));
    mover.tick();
    product(false);
    indexer.index(List.of(SHIRT));
    mover.tick();
    product(true);
    indexer.delete(List.of(SHIRT));
    mover.tick();

    assertThat(known).isEqualTo(4);
  }

  @Test
  void movesForAWriteOfWhichTheAnswerWasLost() {
    index.fault = new SearchUnavailableException("lost");
    assertThat(catchIndexing()).isInstanceOf(SearchUnavailableException.class);
    index.fault = null;
    calls.clear();

    mover.tick();

    assertThat(calls).isEqualTo(MOVE);
  }

  private @Nullable Throwable catchIndexing() {
    try {
      indexer.index(List.of(SHIRT));
      return null;
    } catch (SearchUnavailableException e) {
      return e;
    }
  }

  @Test
  void repeatsAMoveThatFailed() {
    mover.changed(true);
    index.fault = new SearchUnavailableException("away");
    mover.tick();
    assertThat(calls).containsExactly("refresh products-1");
    index.fault = null;
    journal.fault = new SearchUnavailableException("away");
    mover.tick();
    journal.fault = null;
    calls.clear();

    mover.tick();
    mover.tick();

    assertThat(calls).isEqualTo(MOVE);
  }

  @Test
  void aChangeDuringAMoveCausesAnother() {
    mover.changed(true);
    duringRefresh = () -> mover.changed(true);
    mover.tick();
    duringRefresh = () -> {};
    calls.clear();

    mover.tick();
    mover.tick();

    assertThat(calls).isEqualTo(MOVE);
  }

  @Test
  void learnsWithinASecondWhatOtherProcessesMoved() {
    journal.nextGeneration("products");
    calls.clear();

    for (int tick = 0; tick < 4; tick++) {
      mover.tick();
    }

    assertThat(calls).containsExactly("moved");
    assertThat(known).isEqualTo(2);
  }

  @Test
  void movesBeforeItEndsWhatHasChanged() {
    mover.flush();
    assertThat(calls).isEmpty();
    mover.changed(false);

    mover.flush();

    assertThat(calls).isEqualTo(MOVE);
  }

  @Test
  void waitsForTheIndexToOpen() {
    IndexOpening closed = new IndexOpening(wiring, new TargetRoles(wiring));
    GenerationMover early = new GenerationMover(wiring, closed, (name, number) -> {}, INTERVAL);

    early.tick();
    early.flush();

    assertThat(calls).isEmpty();
  }
}
