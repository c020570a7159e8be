package com.techcorp.search.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.techcorp.error.NotFoundException;
import com.techcorp.error.OverloadedException;
import com.techcorp.json.JsonObject;
import com.techcorp.messaging.ConsumerPausedException;
import com.techcorp.messaging.Event;
import com.techcorp.messaging.EventOutcome;
import com.techcorp.messaging.EventStream;
import com.techcorp.messaging.Subscription;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.IndexingOptions;
import com.techcorp.search.SearchUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IndexConsumerTest {
  private final List<String> calls = new ArrayList<>();
  private final RecordingIndex index = new RecordingIndex(calls);
  private final GenerationJournal journal = new GenerationJournal(calls);
  private final StepTime time = new StepTime();
  private final IndexWiring wiring =
      new IndexWiring(
          index, journal, new NoProducts(), IndexOptions.DEFAULT, IndexingOptions.DEFAULT, time);
  private final IndexOpening opening = new IndexOpening(wiring, new TargetRoles(wiring));
  private final GenerationMover generation =
      new GenerationMover(wiring, opening, (name, number) -> {}, Duration.ofSeconds(5));
  private final Subscription subscription =
      new IndexConsumer(
              wiring,
              opening,
              new Indexer(wiring, new IndexCounts(), generation),
              new AheadProducts(time::nanoTime),
              generation)
          .subscription();

  private List<EventOutcome> handle() throws Exception {
    UUID product = UUID.randomUUID();
    Event event =
        new Event(
            UUID.randomUUID(),
            new EventStream("product", product),
            Event.UNORDERED,
            "product.updated",
            JsonObject.builder().put("product_id", product).build());
    return Objects.requireNonNull(subscription.batching()).handler().handle(List.of(event));
  }

  private Duration pause() {
    List<Duration> waits = new ArrayList<>();
    assertThatExceptionOfType(ConsumerPausedException.class)
        .isThrownBy(this::handle)
        .satisfies(e -> waits.add(e.retryAfter()));
    return waits.get(0);
  }

  @Test
  void takesAnEventOnceItsProductIsWritten() throws Exception {
    assertThat(handle()).containsExactly(EventOutcome.handled());
    assertThat(calls).containsExactly("open", "write");
  }

  @Test
  void pausesWhileTheEngineIsAwayForLongerAndLongerUpToHalfAMinute() throws Exception {
    // given
    handle();

    // when
    index.fault = new SearchUnavailableException("the engine is away");
    List<Long> seconds = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      seconds.add(pause().toSeconds());
    }

    // then
    assertThat(seconds).containsExactly(1L, 2L, 4L, 8L, 16L, 32L, 32L);

    // and when it was back in between
    index.fault = null;
    handle();
    index.fault = new OverloadedException("the engine is busy");

    // then
    assertThat(pause()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void pausesWhileTheEngineLacksATargetThatIsToBeWritten() throws Exception {
    // given
    handle();

    // when: somebody has deleted the index
    index.fault = new NotFoundException("there is no such target");

    // then: no event becomes a dead letter for it
    assertThat(pause()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void pausesUntilTheIndexCanBeOpened() throws Exception {
    index.fault = new SearchUnavailableException("the engine is away");
    assertThat(pause()).isEqualTo(Duration.ofSeconds(1));

    index.fault = null;
    assertThat(handle()).containsExactly(EventOutcome.handled());
  }
}
