package com.techcorp.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import com.techcorp.TechCorp;
import com.techcorp.jdbc.internal.batch.StatementBatch;
import com.techcorp.jdbc.internal.batch.StatementTexts;
import com.techcorp.jdbc.internal.batch.TransactionSetup;
import com.techcorp.jdbc.internal.read.JournalSql;
import com.techcorp.retry.RetryPolicy;
import com.techcorp.saga.EngineOptions;
import com.techcorp.saga.RemoteStep;
import com.techcorp.saga.SagaDefinition;
import com.techcorp.saga.StepResult;
import java.lang.management.ManagementFactory;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Very many sagas wait: for a time that comes later, or for an answer by event. */
@Tag("slow")
class WaitingSagasIT {
  private static final int DUE = 500;
  private static final long MEGABYTE = 1 << 20;

  /** The number of a saga is in its id, so that a test can name it. */
  private static final String WAITING =
      """
      insert into saga.instances (id, definition, version, step, state, revision, attempt,
        undecided, next_run_at, deadline, data, created_at, updated_at)
      select lpad(to_hex(n), 32, '0')::uuid, 'waiting', 1, 'ask', 'RUNNING', 3, 1, true,
        saga.clock() + case when n % 2 = 0 then interval '1 hour' + n % 80000 * interval '1 s'
          else interval '30 days' end,
        case when n % 2 = 1 then saga.clock() + interval '30 days' end,
        '{"n":' || n || '}', saga.clock(), saga.clock()
      from generate_series(1, :count) n
      """;

  record Question(int n) {}

  private final Map<Integer, Long> answeredAt = new ConcurrentHashMap<>();
  private final AtomicLong asked = new AtomicLong();
  private volatile boolean undecided;
  private TestShop shop;

  @BeforeEach
  void open() {
    shop = TestShop.fresh();
  }

  @AfterEach
  void close() {
    shop.close();
  }

  private SagaDefinition<Question> waiting() {
    return SagaDefinition.named("waiting", Question.class)
        .step(
            RemoteStep.<Question>named(
                    "ask",
                    (question, call) -> {
                      asked.incrementAndGet();
                      if (undecided) {
                        return StepResult.unknown("not yet");
                      }
                      answeredAt.put(question.n(), System.nanoTime());
                      return StepResult.done(question);
                    })
                .retrying(RetryPolicy.every(Duration.ofMillis(50), Integer.MAX_VALUE)))
        .build();
  }

  private TechCorp started() {
    return shop.start(
        builder ->
            builder
                .saga(waiting())
                .engine(
                    EngineOptions.DEFAULT
                        .withLease(Duration.ofSeconds(10))
                        .withPollInterval(Duration.ofMillis(100))));
  }

  private void insert(int count) {
    shop.sql().useHandle(handle -> handle.createUpdate(WAITING).bind("count", count).execute());
    TestShop.execute(shop.database(), "vacuum analyze saga.instances");
  }

  private static UUID id(long n) {
    return new UUID(0, n);
  }

  @Test
  @Tag("T20")
  @DisplayName("T20: 50,000 waiting sagas hold no thread, no connection and no memory")
  void manyWait() {
    wait(50_000);
  }

  @Test
  @Tag("soak")
  @Tag("T20")
  @DisplayName("T20: 1,000,000 waiting sagas hold no thread, no connection and no memory")
  void aMillionWait() {
    wait(1_000_000);
  }

  private void wait(int count) {
    // given
    insert(count);
    long heapBefore = heapAfterGc();
    int threadsBefore = Thread.activeCount();
    TechCorp library = started();
    TestShop.eventually(() -> assertThat(claims()).as("looks at what is due").isGreaterThan(20));
    int threads = Thread.activeCount() - threadsBefore;
    assertThat(asked).hasValue(0);

    // when: some become due, and an answer comes for one
    List<Integer> due = new ArrayList<>();
    for (int i = 1; i <= DUE; i++) {
      due.add(2 * i);
    }
    long dueAt = System.nanoTime() + Duration.ofSeconds(2).toNanos();
    shop.sql()
        .useHandle(
            handle ->
                handle
                    .createUpdate(
                        """
                        update saga.instances set next_run_at = saga.clock() + interval '2 s'
                        where id = any (:ids)
                        """)
                    .bindArray("ids", UUID.class, due.stream().map(n -> id(n)).toArray())
                    .execute());
    long signalled = System.nanoTime();
    library.admin().retry(id(1), "the warehouse", "the answer has come");

    // then
    TestShop.eventually(() -> assertThat(answeredAt).containsKey(1));
    Duration answer = Duration.ofNanos(answeredAt.get(1) - signalled);
    TestShop.eventually(() -> assertThat(answeredAt.keySet()).containsAll(due));
    long last = due.stream().mapToLong(answeredAt::get).max().orElseThrow();
    Duration late = Duration.ofNanos(last - dueAt);
    TestShop.eventually(() -> assertThat(shop.count("saga.instances")).isEqualTo(count - DUE - 1));
    long heapAfter = heapAfterGc();
    System.out.printf(
        "%,d waiting sagas: heap %,.1f MB before the start, %,.1f MB with them; %d threads; the last"
            + " of %d due ran %d ms after its time, one that was signalled after %d ms%n",
        count,
        (double) heapBefore / MEGABYTE,
        (double) heapAfter / MEGABYTE,
        threads,
        DUE,
        late.toMillis(),
        answer.toMillis());
    assertThat(answeredAt).as("nobody else ran").hasSize(DUE + 1);
    assertThat(library.inFlight()).isZero();
    assertThat(heapAfter - heapBefore).as("bytes for all of them").isLessThan(16 * MEGABYTE);
    assertThat(late).as("none runs before its time").isGreaterThan(Duration.ofMillis(-500));
    assertThat(threads).as("threads of an engine that waits").isLessThan(30);
    TestShop.eventually(
        () ->
            assertThat(shop.database().pool().getHikariPoolMXBean().getActiveConnections())
                .as("connections while nothing is due")
                .isZero());
    assertByIndex(explain(""));
  }

  @Test
  @Tag("T21")
  @DisplayName("T21: a reader left open keeps dead tuples: claims still go by the index")
  void aReaderIsLeftOpen() throws SQLException {
    churn(20_000, 300, 6_000);
  }

  @Test
  @Tag("soak")
  @Tag("T21")
  @DisplayName("T21: a reader left open for long keeps dead tuples: claims still go by the index")
  void aReaderIsLeftOpenForLong() throws SQLException {
    churn(1_000_000, 2_000, 60_000);
  }

  private void churn(int count, int busy, int calls) throws SQLException {
    // given
    insert(count);
    String before = explain("(analyze, buffers) ");
    try (Connection reader = shop.database().pool().getConnection()) {
      reader.setAutoCommit(false);
      reader.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      reader.createStatement().execute("select count(*) from saga.instances");

      // when: some are tried again and again
      undecided = true;
      started();
      TestShop.execute(
          shop.database(),
          "update saga.instances set next_run_at = saga.clock() where id <= '" + id(busy) + "'");
      TestShop.eventually(() -> assertThat(asked.get()).isGreaterThanOrEqualTo(calls));

      // then
      TestShop.execute(shop.database(), "vacuum saga.instances");
      String after = explain("(analyze, buffers) ");
      long dead = deadTuples();
      System.out.printf(
          "%,d waiting sagas, %,d calls, a reader open: %,d dead tuples; a claim took %s ms before,"
              + " %s ms after%n",
          count, asked.get(), dead, executionTime(before), executionTime(after));
      assertThat(dead).as("the reader keeps them").isGreaterThan(calls);
      assertByIndex(after);
      reader.rollback();
    }
    undecided = false;
    TestShop.eventually(() -> assertThat(answeredAt).hasSizeGreaterThanOrEqualTo(busy));
  }

  private static void assertByIndex(String plan) {
    assertThat(plan).contains("Index Scan using instances_due").doesNotContain("Seq Scan on inst");
  }

  /** As the engine would claim now, and taken back. */
  private String explain(String how) {
    try (Handle handle = Jdbi.open(shop.database().pool())) {
      handle.begin();
      StringBuilder plan = new StringBuilder();
      StatementBatch statements = new StatementBatch(new StatementTexts(SchemaNames.DEFAULT));
      new TransactionSetup(Duration.ofMinutes(1), null).addTo(statements);
      statements.query(
          rows -> {
            while (rows.next()) {
              plan.append(rows.getString(1)).append('\n');
            }
          },
          "explain " + how + JournalSql.CLAIM,
          Statements.texts(List.of("order", "reversal", "waiting"), name -> name),
          Statements.longs(List.of(1L, 1L, 1L), version -> version),
          Statements.longs(List.of(5_000L, 5_000L, 5_000L), moveWithin -> moveWithin),
          Statements.uuids(List.of()),
          256,
          1,
          1L);
      statements.executeOn(handle);
      handle.rollback();
      return plan.toString();
    }
  }

  private static String executionTime(String plan) {
    Matcher time = Pattern.compile("Execution Time: ([0-9.]+) ms").matcher(plan);
    return time.find() ? time.group(1) : "?";
  }

  private long deadTuples() {
    return shop.sql()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        select n_dead_tup from pg_stat_user_tables
                        where schemaname = 'saga' and relname = 'instances'
                        """)
                    .mapTo(Long.class)
                    .one());
  }

  /** How often the index of what is due was looked at. */
  private long claims() {
    return shop.sql()
        .withHandle(
            h ->
                h.createQuery(
                        """
                        select idx_scan from pg_stat_user_indexes
                        where schemaname = 'saga' and indexrelname = 'instances_due'
                        """)
                    .mapTo(Long.class)
                    .one());
  }

  private static long heapAfterGc() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  @Test
  @Tag("T21")
  @DisplayName("T21: after an outage everything is due at once: a claim reads what it takes")
  void everythingIsDue() {
    // given
    insert(20_000);
    TestShop.execute(
        shop.database(),
        "update saga.instances set next_run_at = saga.clock() - interval '1 s' * (attempt % 60)");
    TestShop.execute(shop.database(), "vacuum analyze saga.instances");

    // when
    String plan = explain("(analyze, buffers) ");

    // then
    assertByIndex(plan);
    Matcher read =
        Pattern.compile("Index Scan using instances_due.*actual time=\\S+ rows=(\\d+)")
            .matcher(plan);
    assertThat(read.find()).as(plan).isTrue();
    assertThat(Integer.parseInt(read.group(1))).as(plan).isLessThanOrEqualTo(256);
    System.out.printf("20,000 sagas due at once: a claim of 256 took %s ms%n", executionTime(plan));
  }
}
