package com.techcorp.search.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techcorp.error.NotFoundException;
import com.techcorp.error.OverloadedException;
import com.techcorp.search.IndexOptions;
import com.techcorp.search.ProductDocument;
import com.techcorp.search.SearchUnavailableException;
import com.techcorp.search.elasticsearch.EngineStub.Answer;
import com.techcorp.search.spi.IndexWrite;
import com.techcorp.search.spi.SearchAnswer;
import com.techcorp.search.spi.WriteResult;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An engine that fails, hangs, or succeeds in part. */
class EngineTroubleTest {
  private static final ElasticOptions OPTIONS =
      ElasticOptions.DEFAULT
          .withSearchTimeout(Duration.ofSeconds(30))
          .withBreakerPause(Duration.ofMillis(300));
  private static final String TARGET = "products-first";

  private final EngineStub engine = EngineStub.start();
  private final List<ElasticIndex> open = new ArrayList<>();

  @AfterEach
  void close() {
    open.forEach(ElasticIndex::close);
    engine.close();
  }

  private ElasticIndex index(ElasticOptions options) {
    ElasticIndex index = engine.open(options);
    open.add(index);
    return index;
  }

  private static IndexWrite put(int number) {
    return new IndexWrite.Put(
        ProductDocument.builder(new UUID(0, number), "shirt", new BigDecimal("1.00"), Instant.EPOCH)
            .build(),
        7);
  }

  private static Answer items(String... items) {
    List<String> all = new ArrayList<>();
    for (String item : items) {
      all.add("{\"index\":" + item + "}");
    }
    return new Answer(200, "{\"items\":[" + String.join(",", all) + "]}");
  }

  private static String item(int status, String type) {
    return "{\"status\":" + status + ",\"error\":{\"type\":\"" + type + "\"}}";
  }

  @Test
  void aTimedOutSearchIsNoPage() {
    ElasticIndex index = index(OPTIONS);
    engine.answer(
        "/_search",
        new Answer(
            200, EngineStub.NO_HITS.body().replace("\"timed_out\":false", "\"timed_out\":true")));

    assertThatThrownBy(() -> index.search(Plans.words("shirt")))
        .isInstanceOf(SearchUnavailableException.class);
    assertThatThrownBy(() -> index.suggest("shirt", 3))
        .isInstanceOf(SearchUnavailableException.class);
    assertThatThrownBy(() -> index.scan(TARGET, null, 3))
        .isInstanceOf(SearchUnavailableException.class);
  }

  @Test
  void aSearchOfSomeShardsIsNoPage() {
    ElasticIndex index = index(OPTIONS);
    engine.answer(
        "/_search",
        new Answer(200, EngineStub.NO_HITS.body().replace("\"failed\":0", "\"failed\":1")));

    assertThatThrownBy(() -> index.search(Plans.words("shirt")))
        .isInstanceOf(SearchUnavailableException.class);
  }

  @Test
  void eachItemOfABulkHasItsOwnResult() {
    ElasticIndex index = index(OPTIONS);
    engine.answer(
        request ->
            request.path().endsWith("/_mget")
                ? new Answer(
                    200,
                    "{\"docs\":[{\"_id\":\""
                        + new UUID(0, 2)
                        + "\",\"found\":true,\"_version\":9,\"_source\":{\"id\":\"x\"}}]}")
                : items(
                    "{\"status\":201}",
                    item(409, "version_conflict_engine_exception"),
                    item(400, "document_parsing_exception"),
                    item(429, "es_rejected_execution_exception"),
                    item(403, "cluster_block_exception"),
                    "{\"status\":200}"));

    List<WriteResult> results =
        index.write(TARGET, List.of(put(1), put(2), put(3), put(4), put(5), put(6)));

    assertThat(results.get(0)).isInstanceOf(WriteResult.Written.class);
    assertThat(results.get(1)).isEqualTo(new WriteResult.Conflict(9));
    assertThat(results.get(2)).isInstanceOf(WriteResult.Refused.class);
    assertThat(results.get(3)).isInstanceOf(WriteResult.Busy.class);
    assertThat(results.get(4)).isInstanceOf(WriteResult.Busy.class);
    assertThat(results.get(5)).isInstanceOf(WriteResult.Written.class);
  }

  @Test
  void aBulkWhoseAliasIsMissingIsRefused() {
    ElasticIndex index = index(OPTIONS);
    engine.answer("/_bulk", items(item(404, "index_not_found_exception")));

    assertThatThrownBy(() -> index.write(TARGET, List.of(put(1))))
        .isInstanceOf(NotFoundException.class);
  }

  @Test
  void anItemThatFailsOtherwiseIsNotTakenForWritten() {
    ElasticIndex index = index(OPTIONS);
    engine.answer("/_bulk", items(item(503, "unavailable_shards_exception")));

    assertThatThrownBy(() -> index.write(TARGET, List.of(put(1))))
        .isInstanceOf(SearchUnavailableException.class);
  }

  @Test
  void aBulkWithTooFewItemsIsNotTakenForWritten() {
    ElasticIndex index = index(OPTIONS);
    engine.answer("/_bulk", items("{\"status\":201}"));

    assertThatThrownBy(() -> index.write(TARGET, List.of(put(1), put(2))))
        .isInstanceOf(SearchUnavailableException.class);
  }

  @Test
  void aBusyEngineIsSaidToBeBusy() {
    ElasticIndex index = index(OPTIONS);
    engine.answer(request -> Answer.error(429));

    assertThat(index.write(TARGET, List.of(put(1), put(2))))
        .hasSize(2)
        .allSatisfy(result -> assertThat(result).isInstanceOf(WriteResult.Busy.class));
    assertThatThrownBy(() -> index.search(Plans.words("shirt")))
        .isInstanceOf(OverloadedException.class);
  }

  @Test
  void aDocumentThatIsTooLargeHoldsUpNoOther() {
    ElasticIndex index = index(OPTIONS);
    String large = new UUID(0, 2).toString();
    engine.answer(
        request -> {
          if (request.body().contains(large)) {
            return Answer.error(413);
          }
          long lines = request.body().lines().count();
          String[] written = new String[(int) lines / 2];
          Arrays.fill(written, "{\"status\":201}");
          return items(written);
        });

    List<WriteResult> results = index.write(TARGET, List.of(put(1), put(2), put(3), put(4)));

    assertThat(results.get(1)).isInstanceOf(WriteResult.Refused.class);
    assertThat(results).filteredOn(WriteResult.Written.class::isInstance).hasSize(3);
  }

  @Test
  void bulksAreBoundedByBytes() {
    ElasticIndex index = index(OPTIONS.withBulkBytes(1_024));
    engine.answer(
        request -> {
          String[] written = new String[(int) request.body().lines().count() / 2];
          Arrays.fill(written, "{\"status\":201}");
          return items(written);
        });
    List<IndexWrite> writes = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      writes.add(put(i));
    }

    assertThat(index.write(TARGET, writes)).hasSize(50);

    assertThat(engine.asked()).hasSizeGreaterThan(5);
    assertThat(engine.asked())
        .allSatisfy(request -> assertThat(request.body().length()).isLessThan(3_000));
    assertThat(engine.asked())
        .allSatisfy(request -> assertThat(request.query()).contains("require_alias=true"));
  }

  @Test
  void noMessageHasTextOfTheEngine() {
    ElasticIndex index = index(OPTIONS);

    for (int status : new int[] {400, 401, 403, 404, 409, 429, 500, 503}) {
      engine.answer(request -> Answer.error(status));
      assertThatThrownBy(() -> index.search(Plans.words("shirt")))
          .satisfies(EngineTroubleTest::hasNoTextOfTheEngine);
      assertThatThrownBy(() -> index.read(TARGET, List.of(new UUID(0, 1))))
          .satisfies(EngineTroubleTest::hasNoTextOfTheEngine);
    }
    engine.answer(request -> null);
    ElasticIndex other = index(OPTIONS);
    engine.answer(request -> new Answer(200, EngineStub.ENGINE_TEXT));
    assertThatThrownBy(() -> other.search(Plans.words("shirt")))
        .isInstanceOf(SearchUnavailableException.class)
        .satisfies(EngineTroubleTest::hasNoTextOfTheEngine);
  }

  private static void hasNoTextOfTheEngine(Throwable thrown) {
    for (Throwable each = thrown; each != null; each = each.getCause()) {
      assertThat(each.toString()).doesNotContain(EngineStub.ENGINE_TEXT);
    }
  }

  @Test
  void aHungEngineIsGivenUpInTime() {
    ElasticIndex index = index(OPTIONS.withSearchTimeout(Duration.ofMillis(200)));
    CountDownLatch over = new CountDownLatch(1);
    engine.answer(request -> waitFor(over));

    long begin = System.nanoTime();
    assertThatThrownBy(() -> index.search(Plans.words("shirt")))
        .isInstanceOf(SearchUnavailableException.class);

    assertThat(Duration.ofNanos(System.nanoTime() - begin))
        .isBetween(Duration.ofMillis(200), Duration.ofSeconds(10));
    over.countDown();
  }

  private static Answer waitFor(CountDownLatch latch) {
    try {
      latch.await(60, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return EngineStub.NO_HITS;
  }

  @Test
  void onlySoManyRequestsRunAtOnce() throws Exception {
    ElasticIndex index = index(OPTIONS.withConcurrentRequests(2));
    CountDownLatch over = new CountDownLatch(1);
    CountDownLatch both = new CountDownLatch(2);
    engine.answer(
        request -> {
          both.countDown();
          return waitFor(over);
        });
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        running.add(threads.submit(() -> index.search(Plans.words("shirt"))));
      }
      both.await();

      assertThatThrownBy(() -> index.search(Plans.words("shirt")))
          .isInstanceOf(OverloadedException.class);

      over.countDown();
      for (Future<?> each : running) {
        each.get();
      }
      index.search(Plans.words("shirt"));
    } finally {
      threads.shutdownNow();
    }
  }

  private void fiveSearchesFail(ElasticIndex index) {
    engine.answer(request -> Answer.error(500));
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> index.search(Plans.words("shirt")))
          .isInstanceOf(SearchUnavailableException.class);
    }
    engine.asked().clear();
  }

  @Test
  void afterFailuresNothingIsAsked() {
    ElasticIndex index = index(OPTIONS.withBreakerPause(Duration.ofMinutes(1)));
    fiveSearchesFail(index);

    assertThatThrownBy(() -> index.search(Plans.words("shirt")))
        .isInstanceOf(SearchUnavailableException.class);

    assertThat(engine.asked()).isEmpty();
  }

  @Test
  void afterThePauseOneRequestProbes() throws Exception {
    ElasticIndex index = index(OPTIONS.withBreakerPause(Duration.ofMillis(10)));
    fiveSearchesFail(index);
    CountDownLatch over = new CountDownLatch(1);
    CountDownLatch probing = new CountDownLatch(1);
    engine.answer(
        request -> {
          probing.countDown();
          return waitFor(over);
        });
    ExecutorService threads = Executors.newSingleThreadExecutor();
    try {
      Future<?> probe = threads.submit(() -> searchUntilAllowed(index));
      probing.await();
      assertThatThrownBy(() -> index.search(Plans.words("shirt")))
          .isInstanceOf(SearchUnavailableException.class);
      assertThat(engine.asked()).hasSize(1);
      over.countDown();
      probe.get();
    } finally {
      threads.shutdownNow();
    }
    index.search(Plans.words("shirt"));
    assertThat(engine.asked()).hasSize(2);
  }

  /** The pause may not be over yet. */
  private static SearchAnswer searchUntilAllowed(ElasticIndex index) {
    while (true) {
      try {
        return index.search(Plans.words("shirt"));
      } catch (SearchUnavailableException e) {
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void anotherNodeAnswersForOneThatIsGone() {
    EngineStub gone = EngineStub.start();
    String dead = gone.uri();
    gone.close();
    ElasticIndex index = ElasticIndex.builder(dead, engine.uri()).options(OPTIONS).build();
    open.add(index);
    index.open(IndexOptions.DEFAULT);

    for (int i = 0; i < 5; i++) {
      assertThat(index.search(Plans.words("shirt")).total()).isZero();
    }
  }

  @Test
  void aClosedIndexAnswersNothing() {
    ElasticIndex index = index(OPTIONS);
    index.close();
    index.close();

    assertThatThrownBy(() -> index.search(Plans.words("shirt")))
        .isInstanceOf(SearchUnavailableException.class);
  }
}
